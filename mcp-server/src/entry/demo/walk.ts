import type { Answer } from '../../app/answer.ts';
import { NEW, readArtifact, writeArtifact } from '../../app/artifacts.ts';
import { makeAsBuilt } from '../../app/as-built.ts';
import { createDelivery } from '../../app/create.ts';
import { decide } from '../../app/decide.ts';
import type { Ports } from '../../app/ports.ts';
import { probe } from '../../app/probe.ts';
import { runCheck } from '../../app/run-check.ts';
import { submit } from '../../app/submit.ts';
import { startTask, tasks } from '../../app/tasks.ts';
import { verify } from '../../app/verify.ts';
import { short } from '../../domain/decision/subject.ts';
import type { Actor } from '../../domain/ledger/event.ts';
import { DESIGN, feasibility, GENERATOR, GENERATOR_FIRST, HOSTS, REQUIREMENTS } from './artifacts.ts';

const ID = 'zone-file';
/** Nobody is asked here, and the record says so. */
const PERSON = { name: 'Demo Person (simulated)', email: 'demo@example.org' };
const AGENT: Actor = { kind: 'agent', name: 'demo agent', via: 'demo' };

/** Where the walk reports what happens. */
export interface Narrator {
  stage(title: string): void;
  step(text: string): void;
  answer(answer: Answer): void;
}

/**
 * A whole delivery from requirements to as-built, with the same use cases that stand behind the plugin; gates refuse
 * before they open, and one check fails before it passes.
 *
 * @throws Error when a step does not come out as it must; the demonstration never pretends
 */
export async function walk(ports: Ports, tell: Narrator): Promise<void> {
  const say = <A extends Answer>(text: string, answer: A, expected: 'goes' | 'refused'): A => {
    tell.step(text);
    tell.answer(answer);
    if (answer.blocks.length > 0 !== (expected === 'refused'))
      throw new Error(`the demonstration went wrong at: ${text}`);
    return answer;
  };
  const write = (artifact: string, text: string) => {
    const { base } = readArtifact(ports, ID, artifact).data;
    return writeArtifact(ports, ID, { artifact, text, base: base === '' ? NEW : base });
  };
  const approve = (digest: string | null) =>
    say(
      `The person (simulated here) types /approve ${short(digest ?? '')}.`,
      decide(ports, {
        decision: 'approve',
        digest: digest ?? '',
        comment: 'demonstration',
        approver: PERSON,
        via: 'demo',
      }),
      'goes',
    );
  const gate = (stage: string) =>
    approve(say(`The agent submits ${stage}.`, submit(ports, ID, stage, AGENT), 'goes').data.digest);

  tell.stage('Requirements');
  say(
    'A delivery begins.',
    createDelivery(ports, { id: ID, title: 'Zone file from a host list', actor: AGENT }),
    'goes',
  );
  say('The agent writes what was asked for.', write('requirements', REQUIREMENTS), 'goes');
  write('design', DESIGN);
  say('It would like to go straight to the design.', submit(ports, ID, 'design', AGENT), 'refused');
  gate('requirements');

  tell.stage('Feasibility');
  const found = say(
    'The probe looks which tools are really here.',
    await probe(ports, ID, { tools: ['node', 'git', 'terraform'] }, AGENT),
    'goes',
  );
  say('The verdict cites the snapshot.', write('feasibility', feasibility(found.data.platform)), 'goes');
  gate('feasibility');

  tell.stage('Design');
  say('Tasks do not exist before the design is approved.', tasks(ports, ID), 'refused');
  gate('design');

  tell.stage('Build');
  say(
    'The generator cannot start before the list it reads is verified.',
    startTask(ports, ID, 'TSK-2.1', AGENT),
    'refused',
  );
  say('The host list comes first.', startTask(ports, ID, 'TSK-1.1', AGENT), 'goes');
  ports.files.write('zone/hosts.json', HOSTS);
  say('The server runs its check.', await runCheck(ports, ID, 'CHK-1', AGENT), 'goes');
  say('Now the generator may start.', startTask(ports, ID, 'TSK-2.1', AGENT), 'goes');
  ports.files.write('zone/generate.mjs', GENERATOR_FIRST);
  say('The first attempt sorts the hosts.', await runCheck(ports, ID, 'CHK-2', AGENT), 'goes');
  say('But it lets a double name through, and says it is done.', await runCheck(ports, ID, 'CHK-3', AGENT), 'refused');
  say('So Build cannot even be submitted.', submit(ports, ID, 'build', AGENT), 'refused');
  ports.files.write('zone/generate.mjs', GENERATOR);
  say(
    'Mended: the old result no longer vouches for the new file, so the check runs again.',
    await runCheck(ports, ID, 'CHK-2', AGENT),
    'goes',
  );
  say('And a double name is refused.', await runCheck(ports, ID, 'CHK-3', AGENT), 'goes');
  say('As-built before Build is approved?', makeAsBuilt(ports, ID), 'refused');
  gate('build');

  tell.stage('As-Built');
  say('The record writes itself from the evidence.', makeAsBuilt(ports, ID), 'goes');
  gate('as-built');
  say('Everything holds together.', verify(ports), 'goes');
}
