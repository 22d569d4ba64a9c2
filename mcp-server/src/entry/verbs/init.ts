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
    const { shim, yes = false, signed = false } = options as { shim?: string; yes?: boolean; signed?: boolean };
    const written: string[] = [];
    // Who wants the program alone is not asked about this folder, which need not be a repository.
    if (shim === undefined || yes || signed) {
      const ports = context.ports();
      const agreed = async (what: string) =>
        yes || (context.terminal.interactive && /^y(?:es)?$/i.test(await context.terminal.ask(`${what} [y/N] `)));
      if (ports.files.read(POLICY_FILE) === undefined && (await agreed(`Write ${POLICY_FILE} with the defaults?`))) {
        ports.files.write(POLICY_FILE, POLICY);
        written.push(POLICY_FILE);
      }
      if (signed) {
        const { setUpSigning } = await import('../set-up-signing.ts');
        written.push(...(await setUpSigning(ports, context, written)));
      }
    }
    if (shim !== undefined) {
      const { shimFor, writeExecutable } = await import('../shim.ts');
      written.push(writeExecutable(shim, shimFor(context.self), context.cwd));
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
