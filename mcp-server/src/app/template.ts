import type { Requirements } from '../domain/artifact/requirements.ts';
import { inputFault } from '../domain/fault.ts';
import type { Finding } from '../domain/finding.ts';
import { oneLine } from '../domain/one-line.ts';
import { RULES } from '../domain/rules/catalogue.ts';
import { ruleInput, runRules } from '../domain/rules/rule.ts';
import { readAnswers } from '../domain/template/answers.ts';
import { type Generalised, generalise } from '../domain/template/generalise.ts';
import { instantiate } from '../domain/template/instantiate.ts';
import { TEMPLATE_NAME } from '../domain/template/template.ts';
import type { Answer } from './answer.ts';
import { type Loaded, load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';
import { validate } from './validate.ts';

export interface TemplateRequest {
  id: string;
  /** Name of the template; the delivery's id without it. */
  name?: string | undefined;
  title?: string | undefined;
  /** Whether a template of this name that is in the repository is written over. */
  replace: boolean;
}

export interface MadeTemplate extends Pick<Generalised, 'questions' | 'reopened' | 'leftOut'> {
  template: string;
  /** Paths that were written, relative to the project. */
  files: string[];
}

/**
 * Turns a delivered spec into a template of the repository, from which `new --template` starts further deliveries. Nothing is
 * written where something blocks: the delivery is not finished, or its spec has findings that a strict validation counts.
 *
 * @throws Fault `bad-template-name`, `template-exists`, `unknown-delivery`
 */
export function makeTemplate(ports: Ports, request: TemplateRequest): Answer<MadeTemplate> {
  const { id } = request;
  const name = request.name ?? id;
  if (!TEMPLATE_NAME.test(name))
    throw inputFault({
      code: 'bad-template-name',
      message: `${JSON.stringify(name)} is not a template's name`,
      expected: 'lower-case letters, digits and hyphens, 64 at most',
    });
  const loaded = load(ports, id);
  const spec = loaded.state.requirements;
  const undelivered = whatIsMissing(loaded);
  if (spec === undefined || undelivered.length > 0) return blocked(id, name, undelivered, nextStep(loaded));
  const faulty = counting(validate(ports, id).data.findings.filter((one) => one.path.endsWith('/requirements.md')));
  if (faulty.length > 0)
    return blocked(id, name, faulty, `countersign change ${id} propose, then mend the requirements`);
  const title = oneLine(request.title ?? loaded.state.title);
  const made = generalise(spec, loaded.state.design, { name, title });
  const wrong = whatIsWrong(spec, made);
  if (wrong.length > 0) return blocked(id, name, wrong, nextStep(loaded));
  const files = {
    [`templates/${name}/requirements.md`]: made.requirements,
    [`templates/${name}/answers.yaml`]: made.answers,
    // Last: a folder is a template once it has this file.
    [`templates/${name}/template.yaml`]: made.facts,
  };
  const did = refuseOverwriting(ports, files, request.replace);
  for (const [path, text] of Object.entries(files)) ports.files.write(path, text);
  const { questions, reopened, leftOut } = made;
  const parts = [
    `${questions.length} question${questions.length === 1 ? '' : 's'} added`,
    `${reopened.length} answer${reopened.length === 1 ? '' : 's'} taken out`,
    `${leftOut.length} concluded entr${leftOut.length === 1 ? 'y' : 'ies'} left out`,
  ];
  return {
    said: `${did} the template ${name} from ${id}: ${parts.join(', ')}.`,
    blocks: [],
    next: `read templates/${name}/requirements.md for what else belongs to one site only, then countersign new ID --template ${name}`,
    data: { template: name, files: Object.keys(files), questions, reopened, leftOut },
  };
}

/** Why a template would be of no use: nothing is left in it, or its worked example does not come out as a sound spec. */
function whatIsWrong(spec: Requirements, { requirements, answers, leftOut }: Generalised): string[] {
  if (spec.requirements.every((one) => leftOut.includes(one.id)))
    return ['every requirement was concluded and never said by a person: nothing is left for a template'];
  const read = readAnswers(answers);
  if ('problem' in read) return [`answers.yaml: ${read.problem}`];
  const { text, problems } = instantiate(requirements, read.answers);
  return [...problems, ...counting(findingsIn(text)), ...counting(findingsIn(requirements), 'open-question')];
}

function blocked(id: string, template: string, blocks: string[], next: string): Answer<MadeTemplate> {
  return {
    said: `No template was made from ${id}.`,
    blocks,
    next,
    data: { template, files: [], questions: [], reopened: [], leftOut: [] },
  };
}

/** A template is made from what was delivered: every gate is open, and no change is on its way. */
function whatIsMissing({ state }: Loaded): string[] {
  if (state.requirements === undefined) return ['there are no requirements'];
  if (state.change !== null) return [`change ${state.change.cycle.n} is open: the delivered text is about to move`];
  const { next } = state;
  if (next === null) return [];
  return [
    `it is not delivered: the gate of ${next.covers.join(', ')} is ${next.state}`,
    ...next.reasons.map((one) => one.text),
  ];
}

const findingsIn = (text: string) =>
  runRules(RULES, ruleInput({ 'requirements.md': text }, { platform: undefined, stated: new Map() }));

/** What a strict validation fails on, one sentence each. */
function counting(findings: readonly Finding[], except?: string): string[] {
  return findings
    .filter((one) => one.severity !== 'info' && one.rule !== except)
    .map((one) => `${one.path}:${one.line}: ${one.message} [${one.rule}]`);
}

/** What writing these files is called, where it loses nothing that nobody gave up. @throws Fault `template-exists` */
function refuseOverwriting(ports: Ports, files: Readonly<Record<string, string>>, replace: boolean): string {
  const there = Object.keys(files).filter((path) => ports.files.read(path) !== undefined);
  if (there.length === 0) return 'Made';
  if (there.every((path) => ports.files.read(path) === files[path])) return 'Made again, as it was,';
  if (replace) return 'Replaced';
  throw inputFault({
    code: 'template-exists',
    message: `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there and would be written over`,
    expected: 'a name that is free',
    next: 'choose one with --name NAME, or write over it with --replace',
  });
}
