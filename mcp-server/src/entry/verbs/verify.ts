import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readHosted } from '../../app/hosted.ts';
import { load } from '../../app/load.ts';
import type { Ports } from '../../app/ports.ts';
import { verifyTogether } from '../../app/verify.ts';
import { DEMANDED_LEVELS } from '../../domain/decision/level.ts';
import { inputFault } from '../../domain/fault.ts';
import { errorsIn } from '../../domain/finding.ts';
import { sarif } from '../../domain/rules/sarif.ts';
import { VERIFY_RULES } from '../../domain/verify/rules.ts';
import { pullRequest } from '../pull-request.ts';
import { verifyThreads } from '../verify-threads.ts';
import { VERSION } from '../version.ts';
import { findingText, linkRoot } from './validate.ts';
import type { Verb, VerbContext } from './verb.ts';

export const verifyVerb: Verb = {
  usage:
    'verify [--affected REF] [--trust-from REF] [--require LEVEL] [--hosted [--pr N]] [--sarif FILE] [--forget-seen] | --bundle FOLDER [--signers FILE]',
  options: {
    affected: { type: 'string', takes: 'REF', summary: 'only deliveries that what changed since this ref reaches' },
    'trust-from': {
      type: 'string',
      takes: 'REF',
      summary: 'take signers and policy from this ref, and compare with it: the base branch, in CI',
    },
    require: { type: 'string', takes: 'LEVEL', summary: `one of ${DEMANDED_LEVELS.join(', ')}: for every open gate` },
    hosted: { type: 'boolean', summary: 'count reviews on the git host, of the exact bytes' },
    pr: { type: 'string', takes: 'N', summary: 'the pull request of this run; CI says it by itself' },
    sarif: { type: 'string', takes: 'FILE', summary: 'write the findings as SARIF 2.1.0; - for standard output' },
    bundle: { type: 'string', takes: 'FOLDER', summary: 'check an attestation bundle instead; needs no repository' },
    signers: { type: 'string', takes: 'FILE', summary: 'with --bundle: whose keys count, as allowed_signers' },
    'forget-seen': { type: 'boolean', summary: 'accept that events seen here before are gone (asks)' },
  },
  examples: [
    'verify',
    'verify --trust-from origin/main --require signed',
    'verify --sarif countersign.sarif',
    'verify --bundle office-vlans.attestation --signers allowed_signers',
  ],
  arity: [0, 0],
  async run({ options }, context) {
    const bundle = options['bundle'] as string | undefined;
    if (bundle !== undefined) {
      const { verifyBundle } = await import('./verify-bundle.ts');
      return verifyBundle(context, bundle, options['signers'] as string | undefined);
    }
    const required = levelOf(options['require'] as string | undefined);
    const ports = context.ports();
    if (options['forget-seen'] === true) await forget(ports, context);
    const asked = {
      trustFrom: options['trust-from'] as string | undefined,
      affected: options['affected'] as string | undefined,
      require: required,
      hosted: options['hosted'] === true ? await readHosted(ports, pullRequest(options['pr'], context.env)) : undefined,
    };
    const answer = await verifyTogether(ports, asked, verifyThreads(context.cwd));
    const { faults, findings } = answer.data;
    const exit = faults.length > 0 ? 3 : errorsIn(findings).length > 0 ? 1 : 0;
    const target = options['sarif'] as string | undefined;
    const log =
      target === undefined ? '' : JSON.stringify(sarif([...faults, ...findings], VERIFY_RULES, VERSION), null, 2);
    if (target === '-') return { answer, text: log, exit };
    if (target !== undefined) writeFileSync(resolve(context.cwd, target), `${log}\n`);
    const root = await linkRoot(context);
    const lines = [...faults, ...findings].map((one) => findingText(one, context.terminal, root));
    return { answer, text: [...lines, answer.said].join('\n'), exit };
  },
};

function levelOf(name: string | undefined): (typeof DEMANDED_LEVELS)[number] | undefined {
  const level = DEMANDED_LEVELS.find((one) => one === name);
  if (name === undefined || level !== undefined) return level;
  throw inputFault({
    code: 'unknown-level',
    message: `there is no level ${JSON.stringify(name)}`,
    expected: `one of: ${DEMANDED_LEVELS.join(', ')}`,
  });
}

/** A rewound ledger is accepted by a person only. */
async function forget(ports: Ports, context: VerbContext): Promise<void> {
  const typed = context.terminal.interactive
    ? await context.terminal.ask('Type forget to accept the ledgers as they are: ')
    : '';
  if (typed !== 'forget')
    throw inputFault({
      code: 'not-confirmed',
      message: 'nothing was forgotten',
      expected: 'a person typing forget in a terminal',
    });
  const branch = ports.repository.branch();
  if (branch === undefined) return;
  for (const id of ports.deliveries.list()) ports.seen.forget(load(ports, id).read.ledger.first.id, branch);
}
