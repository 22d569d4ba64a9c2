import{inputFault}from"./chunk-5OZ35EZK.mjs";import"./chunk-I6SLY6UU.mjs";import{existsSync,mkdirSync,readFileSync,writeFileSync}from"node:fs";import{dirname,resolve}from"node:path";function shimFor(self){return`#!/bin/sh
# countersign: runs the command line of the installed Countersign plugin, whatever its version.
root="\${CLAUDE_CONFIG_DIR:-$HOME/.claude}/plugins"
own=${self.startsWith("node ")?self.slice(5):"''"}
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
`}function writeExecutable(path,content,cwd){let full=resolve(cwd,path);if(existsSync(full)&&!readFileSync(full,"utf8").includes("# countersign:"))throw inputFault({code:"file-exists",message:`${full} is something else`,next:"choose another path"});return mkdirSync(dirname(full),{recursive:!0}),writeFileSync(full,content,{mode:493}),full}export{shimFor,writeExecutable};
