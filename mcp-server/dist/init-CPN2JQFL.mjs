import{POLICY_FILE}from"./chunk-WJAN7FX5.mjs";import"./chunk-I6SLY6UU.mjs";var POLICY=`# Countersign policy: what a person's decision has to be at each gate.
# Reference: docs/policy.md of the plugin. Unknown keys are refused.
countersign: policy/1
track: standard
gates:
  default:
    level: recorded
    approvers: 1
checks:
  timeout: 120
`,SHIM=`#!/bin/sh
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
`,init={usage:"init [--signed] [--yes] [--shim PATH]",options:{signed:{type:"boolean",summary:"set up signed approvals: a key, the list of signers, the policy"},yes:{type:"boolean",summary:"write the defaults without asking"},shim:{type:"string",takes:"PATH",summary:"write a small countersign program there, such as ~/.local/bin/countersign"}},examples:["init","init --signed","init --yes","init --shim ~/.local/bin/countersign"],arity:[0,0],async run({options},context){let ports=context.ports(),written=[],agreed=async what=>options.yes===!0||context.terminal.interactive&&/^y(?:es)?$/i.test(await context.terminal.ask(`${what} [y/N] `));if(ports.files.read(POLICY_FILE)===void 0&&await agreed(`Write ${POLICY_FILE} with the defaults?`)&&(ports.files.write(POLICY_FILE,POLICY),written.push(POLICY_FILE)),options.signed===!0){let{setUpSigning}=await import("./set-up-signing-JZEAQUSJ.mjs");written.push(...await setUpSigning(ports,context,written))}let shim=options.shim;if(shim!==void 0){let{writeExecutable}=await import("./shim-YCC7DJ43.mjs");written.push(writeExecutable(shim,SHIM,context.cwd))}return{answer:{said:written.length===0?"Nothing was written.":`Wrote ${[...new Set(written)].join(", ")}.`,blocks:[],next:`${context.self} new <id> --template NAME starts a delivery`,data:{written}}}}};export{init};
