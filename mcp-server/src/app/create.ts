import { type Personal, readPersonal } from '../domain/conventions/layer.ts';
import { withConventions } from '../domain/conventions/start.ts';
import { inputFault } from '../domain/fault.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { stricterTrack } from '../domain/policy/demand.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import type { Track } from '../domain/stage.ts';
import { readAnswers } from '../domain/template/answers.ts';
import { instantiate } from '../domain/template/instantiate.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { record } from './append.ts';
import { layersOf } from './layers.ts';
import { checkId, loadPolicy } from './load.ts';
import type { Templates } from './ports/templates.ts';
import type { Ports } from './ports.ts';

export interface NewDelivery {
  id: string;
  title?: string | undefined;
  /** The template to start from, among these. */
  template?: { name: string; among: Templates } | undefined;
  /** Text of a file with answers to the template's questions. */
  answers?: string | undefined;
  track?: Track | undefined;
  actor: Actor;
}

/**
 * Starts a delivery: its folder, its first event, a requirements.md to begin with.
 *
 * @throws Fault `bad-delivery-id`, `delivery-exists`, `unknown-template`, `answers-do-not-fit`,
 *   `broken-conventions`, `broken-policy`
 */
export function createDelivery(ports: Ports, input: NewDelivery): Answer<{ delivery: string; artifact: string }> {
  const { id, actor, template } = input;
  checkId(id);
  const draft = template === undefined ? blankRequirements() : templateText(template);
  const answered = input.answers === undefined ? undefined : withAnswers(draft, input.answers);
  const title = input.title ?? answered?.title ?? id;
  // The track of policy is where deliveries start; asking for a laxer one takes a decision later.
  const policy = loadPolicy(ports);
  const personal = personalOf(ports);
  const track = [personal?.track, input.track].reduce<Track>(
    (strictest, one) => stricterTrack(strictest, one ?? 'light'),
    policy.track,
  );
  ports.deliveries.prepare(id);
  const body = { nonce: ports.nonce(), title, track, ...(template === undefined ? {} : { template: template.name }) };
  ports.deliveries.locked(id, () => {
    refuseStarted(ports, id);
    record(ports, id, { type: 'created', actor, body }, []);
    const titled = withTitle(answered?.text ?? draft, title, answered === undefined ? ownerOf(actor) : undefined);
    ports.deliveries.writeArtifact(id, 'requirements.md', asConventionsAsk(ports, titled));
  });
  redraw(ports, id);
  return {
    said: `Started ${id} on track ${track}.`,
    blocks: [],
    next: `write the requirements (/spec ${id}), then submit requirements`,
    data: { delivery: id, artifact: `deliveries/${id}/requirements.md` },
  };
}

/**
 * First requirements with what the policy's layers and the person who starts them ask of new ones.
 *
 * @throws Fault `broken-conventions`, `broken-policy`
 */
export function asConventionsAsk(ports: Ports, text: string): string {
  const personal = personalOf(ports);
  const layers = layersOf(loadPolicy(ports), (path) => ports.files.read(path), POLICY_FILE);
  const all = [...layers, ...(personal === undefined ? [] : [personal])];
  return withConventions(
    text,
    all.map((one) => one.requirements),
  );
}

/** @throws Fault `broken-conventions` */
function personalOf(ports: Ports): Personal | undefined {
  const file = ports.conventions();
  if (file === undefined) return undefined;
  const result = readPersonal(file.text);
  if ('personal' in result) return result.personal;
  throw inputFault({
    code: 'broken-conventions',
    message: `${file.path}: ${result.problem}`,
    expected: 'name nothing but track and requirements: gates are for the repository (docs/policy.md)',
    next: `mend ${file.path}, or move it away`,
  });
}

/** Under the lock: two first events would be two deliveries in one folder. A folder without events was never started. */
function refuseStarted(ports: Ports, id: string): void {
  if (!ports.deliveries.exists(id) || ports.deliveries.ledgerFiles(id).length === 0) return;
  throw inputFault({
    code: 'delivery-exists',
    message: `there is already a delivery ${id}`,
    next: `countersign status ${id}, or choose another id`,
  });
}

function templateText({ name, among }: NonNullable<NewDelivery['template']>): string {
  const there = among.list();
  const problem = there.find((template) => template.name === name)?.problem;
  const text = problem === undefined ? among.requirements(name) : undefined;
  if (text !== undefined) return text;
  throw inputFault({
    code: 'unknown-template',
    message: problem === undefined ? `there is no template ${JSON.stringify(name)}` : `template ${name}: ${problem}`,
    expected: `one of: ${there.map((template) => template.name).join(', ')}`,
    next: 'countersign new --list shows what each is for',
  });
}

function withAnswers(draft: string, file: string): { title: string; text: string } {
  const read = readAnswers(file);
  const filled = 'problem' in read ? { text: '', problems: [read.problem] } : instantiate(draft, read.answers);
  if ('answers' in read && filled.problems.length === 0) return { title: read.answers.title, text: filled.text };
  throw inputFault({
    code: 'answers-do-not-fit',
    message: filled.problems.join('\n'),
    expected: 'answers to questions of the template, as docs/templates.md describes them',
    next: 'countersign new --list NAME shows its questions',
  });
}

const ownerOf = (actor: Actor) => (actor.kind === 'human' ? actor.name : 'Unassigned');

/** The title and owner of the new delivery in place of the template's. */
function withTitle(draft: string, title: string, owner: string | undefined): string {
  const titled = draft.replace(/^title:.*$/m, () => `title: ${JSON.stringify(title)}`);
  return owner === undefined ? titled : titled.replace(/^owner:.*$/m, () => `owner: ${JSON.stringify(owner)}`);
}

function blankRequirements(): string {
  const sections = [
    'Problem',
    'Goal',
    'Scope',
    'Capabilities',
    'Systems',
    'Requirements',
    'Risks',
    'Limits',
    'Constraints',
    'Questions',
  ];
  const scope = '### In scope\n\n### Out of scope\n';
  const body = sections.map((section) => `## ${section}\n${section === 'Scope' ? `\n${scope}` : ''}`).join('\n');
  return `---\ncountersign: requirements/1\ntitle: ""\nowner: ""\nrisk: standard\n---\n\n${body}`;
}
