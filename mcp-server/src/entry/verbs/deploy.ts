import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Answer } from '../../app/answer.ts';
import { applyDeploy } from '../../app/deploy/apply.ts';
import { authorizeDeploy } from '../../app/deploy/authorize.ts';
import { type DeployView, planDeploy } from '../../app/deploy/plan.ts';
import { recordDeploy, SAID } from '../../app/deploy/record.ts';
import { rollbackDeploy } from '../../app/deploy/rollback.ts';
import { deployStatus } from '../../app/deploy/status.ts';
import { inputFault } from '../../domain/fault.ts';
import { personAtCli } from '../person.ts';
import { deployText } from '../render/deploy.ts';
import type { Verb, VerbContext, VerbInput } from './verb.ts';

const STEPS = ['status', 'plan', 'apply', 'rollback', 'authorize', 'record'] as const;

export const deployVerb: Verb = {
  usage: `deploy <id> <env> [${STEPS.join('|')}] [--set NAME=VALUE]`,
  options: {
    set: {
      type: 'string',
      takes: 'NAME=VALUE',
      summary: 'an input that the environment declares; may be repeated',
      multiple: true,
    },
    to: { type: 'string', takes: 'EVENT', summary: 'with rollback: the deploy whose state comes back' },
    plan: { type: 'string', takes: 'FILE', summary: 'with authorize and record: the plan that is applied elsewhere' },
    outcome: { type: 'string', takes: SAID.join('|'), summary: 'with record: what came of it' },
    text: { type: 'string', takes: 'TEXT', summary: 'with record: the reason' },
    log: { type: 'string', takes: 'FILE', summary: 'with record: what the apply printed' },
  },
  examples: [
    'deploy office-vlans staging plan',
    'deploy office-vlans prod plan --set vlan=210',
    'deploy office-vlans prod apply',
    'deploy office-vlans prod authorize --plan plan.json',
    'deploy office-vlans prod record --outcome succeeded --plan plan.json --log apply.log',
  ],
  arity: [2, 3],
  async run(input, context) {
    const answer = await step(input, context);
    return { answer, text: deployText(answer, context.terminal) };
  },
};

async function step({ args, options }: VerbInput, context: VerbContext): Promise<Answer<DeployView>> {
  const ports = context.ports();
  const [id, environment, name = 'status'] = args as [string, string, string?];
  const sets = (options['set'] ?? []) as string[];
  const file = (option: 'plan' | 'log') =>
    options[option] === undefined ? undefined : readNamed(resolve(context.cwd, options[option] as string));
  const actor = () => personAtCli(ports);
  switch (name) {
    case 'status':
      return deployStatus(ports, id, environment);
    case 'plan':
      return planDeploy(ports, id, environment, { sets, actor: await actor() });
    case 'apply':
      return applyDeploy(ports, id, environment, { sets, actor: await actor() });
    case 'rollback':
      return rollbackDeploy(ports, id, environment, { to: options['to'] as string | undefined, actor: await actor() });
    case 'authorize': {
      const plan = file('plan');
      if (plan !== undefined) return authorizeDeploy(ports, id, environment, plan);
      throw inputFault({
        code: 'bad-usage',
        message: 'authorize needs --plan FILE',
        next: 'countersign deploy --help',
      });
    }
    case 'record':
      return recordDeploy(ports, id, environment, {
        outcome: String(options['outcome'] ?? ''),
        reason: String(options['text'] ?? ''),
        plan: file('plan'),
        log: file('log')?.toString('utf8') ?? '',
        actor: await actor(),
      });
    default:
      throw inputFault({
        code: 'unknown-action',
        message: `there is no step ${JSON.stringify(name)} of a deploy`,
        expected: `one of: ${STEPS.join(', ')}`,
      });
  }
}

/** A file that a person names on the command line, wherever it lies. */
function readNamed(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw inputFault({ code: 'no-such-path', message: `${JSON.stringify(path)} cannot be read`, cause });
  }
}
