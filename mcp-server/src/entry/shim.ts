import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inputFault } from '../domain/fault.ts';

/**
 * Finds the newest installed plugin at each call, so that an update does not break it. Without a plugin it runs the program
 * that wrote it: a clone, where no client is used.
 *
 * @param self the command that runs this program, as a shell reads it
 */
export function shimFor(self: string): string {
  const own = self.startsWith('node ') ? self.slice('node '.length) : "''";
  return `#!/bin/sh
# countersign: runs the command line of the installed Countersign plugin, whatever its version.
root="\${CLAUDE_CONFIG_DIR:-$HOME/.claude}/plugins"
own=${own}
cli=$(find "$root" -path '*countersign*/mcp-server/dist/cli.mjs' -type f 2>/dev/null | while read -r path; do
  printf '%s %s\\n' "$(stat -c %Y "$path" 2>/dev/null || stat -f %m "$path")" "$path"
done | sort -n | tail -n 1 | cut -d' ' -f2-)
if [ -z "$cli" ] && [ -f "$own" ]; then cli=$own; fi
if [ -z "$cli" ]; then
  echo "countersign: the plugin is not installed below $root" >&2
  echo "next: claude plugin install countersign@countersign" >&2
  exit 4
fi
exec node "$cli" "$@"
`;
}

/**
 * Writes a program where a person asked for it. Never over another program.
 *
 * @returns the path
 * @throws Fault `file-exists`
 */
export function writeExecutable(path: string, content: string, cwd: string): string {
  const full = resolve(cwd, path);
  if (existsSync(full) && !readFileSync(full, 'utf8').includes('# countersign:'))
    throw inputFault({ code: 'file-exists', message: `${full} is something else`, next: 'choose another path' });
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content, { mode: 0o755 });
  return full;
}
