import { POLICY_FILE } from '../../domain/policy/file.ts';
import type { Verb } from './verb.ts';

const POLICY = `# Countersign policy: what a person's decision has to be at each gate.
# Reference: docs/policy.md of the plugin. Unknown keys are refused.
countersign: policy/1
track: standard
gates:
  default:
    level: recorded
    approvers: 1
checks:
  timeout: 120
`;

/** Finds the newest installed plugin at each call, so that an update does not break it. */
const SHIM = `#!/bin/sh
# countersign: runs the command line of the installed Countersign plugin, whatever its version.
root="\${CLAUDE_CONFIG_DIR:-$HOME/.claude}/plugins"
cli=$(find "$root" -path '*countersign*/mcp-server/dist/cli.mjs' -type f 2>/dev/null | while read -r path; do
  printf '%s %s\\n' "$(stat -c %Y "$path" 2>/dev/null || stat -f %m "$path")" "$path"
done | sort -n | tail -n 1 | cut -d' ' -f2-)
if [ -z "$cli" ]; then
  echo "countersign: the plugin is not installed below $root" >&2
  echo "next: claude plugin install countersign@countersign" >&2
  exit 4
fi
exec node "$cli" "$@"
`;

export const init: Verb = {
  usage: 'init [--signed] [--yes] [--shim PATH]',
  options: {
    signed: { type: 'boolean', summary: 'set up signed approvals: a key, the list of signers, the policy' },
    yes: { type: 'boolean', summary: 'write the defaults without asking' },
    shim: {
      type: 'string',
      takes: 'PATH',
      summary: 'write a small countersign program there, such as ~/.local/bin/countersign',
    },
  },
  examples: ['init', 'init --signed', 'init --yes', 'init --shim ~/.local/bin/countersign'],
  arity: [0, 0],
  async run({ options }, context) {
    const ports = context.ports();
    const written: string[] = [];
    const agreed = async (what: string) =>
      options['yes'] === true ||
      (context.terminal.interactive && /^y(?:es)?$/i.test(await context.terminal.ask(`${what} [y/N] `)));
    if (ports.files.read(POLICY_FILE) === undefined && (await agreed(`Write ${POLICY_FILE} with the defaults?`))) {
      ports.files.write(POLICY_FILE, POLICY);
      written.push(POLICY_FILE);
    }
    if (options['signed'] === true) {
      const { setUpSigning } = await import('../set-up-signing.ts');
      written.push(...(await setUpSigning(ports, context, written)));
    }
    const shim = options['shim'] as string | undefined;
    if (shim !== undefined) {
      const { writeExecutable } = await import('../shim.ts');
      written.push(writeExecutable(shim, SHIM, context.cwd));
    }
    const said = written.length === 0 ? 'Nothing was written.' : `Wrote ${[...new Set(written)].join(', ')}.`;
    return {
      answer: {
        said,
        blocks: [],
        next: `${context.self} new <id> --template NAME starts a delivery`,
        data: { written },
      },
    };
  },
};
