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
`,init={usage:"init [--signed] [--yes] [--shim PATH]",options:{signed:{type:"boolean",summary:"set up signed approvals: a key, the list of signers, the policy"},yes:{type:"boolean",summary:"write the defaults without asking"},shim:{type:"string",takes:"PATH",summary:"write a small countersign program there, such as ~/.local/bin/countersign"}},examples:["init","init --signed","init --yes","init --shim ~/.local/bin/countersign"],arity:[0,0],async run({options},context){let{shim,yes=!1,signed=!1}=options,written=[];if(shim===void 0||yes||signed){let ports=context.ports(),agreed=async what=>yes||context.terminal.interactive&&/^y(?:es)?$/i.test(await context.terminal.ask(`${what} [y/N] `));if(ports.files.read(POLICY_FILE)===void 0&&await agreed(`Write ${POLICY_FILE} with the defaults?`)&&(ports.files.write(POLICY_FILE,POLICY),written.push(POLICY_FILE)),signed){let{setUpSigning}=await import("./set-up-signing-GCXEFA24.mjs");written.push(...await setUpSigning(ports,context,written))}}if(shim!==void 0){let{shimFor,writeExecutable}=await import("./shim-NPLJF2UF.mjs");written.push(writeExecutable(shim,shimFor(context.self),context.cwd))}return{answer:{said:written.length===0?"Nothing was written.":`Wrote ${[...new Set(written)].join(", ")}.`,blocks:[],next:`${context.self} new <id> --template NAME starts a delivery`,data:{written}}}}};export{init};
