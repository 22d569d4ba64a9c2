import { type Field, fieldsOf } from '../domain/artifact/fields.ts';
import { readRequirements } from '../domain/artifact/requirements.ts';
import { inputFault } from '../domain/fault.ts';
import { readAnswers } from '../domain/template/answers.ts';
import { GROUPS } from '../domain/template/template.ts';
import type { Answer } from './answer.ts';
import type { TemplateInfo, Templates } from './ports/templates.ts';

export interface TemplateQuestion {
  id: string;
  question: string;
  /** Ids and limits that depend on the answer. */
  decides: string;
  /** What holds if nobody knows better; empty where only the person can know. */
  default: string;
  /** Empty where any answer is possible. */
  choices: string[];
  /** How the worked example answers. */
  example: string;
}

/** The templates whose name, group or tags have a word in them, or all of them; by group, the project's own first. */
export function listTemplates(among: Templates, word?: string): Answer<{ templates: TemplateInfo[] }> {
  const wanted = word?.toLowerCase();
  const has = ({ name, group, title, tags }: TemplateInfo) =>
    wanted === undefined || [name, group, title.toLowerCase(), ...tags].some((text) => text.includes(wanted));
  const templates = among.list().filter(has);
  const order = ({ from, group }: TemplateInfo) => {
    const at = (GROUPS as readonly string[]).indexOf(group);
    return from === 'project' ? -1 : at === -1 ? GROUPS.length : at;
  };
  return {
    said: `${templates.length} ${templates.length === 1 ? 'template' : 'templates'}.`,
    blocks: [],
    next: 'countersign new <id> --template NAME starts from one; new --list NAME shows its questions',
    data: { templates: templates.sort((a, b) => order(a) - order(b)) },
  };
}

/**
 * One template with its questions.
 *
 * @throws Fault `unknown-template`
 */
export function showTemplate(
  among: Templates,
  name: string,
): Answer<{ template: TemplateInfo; questions: TemplateQuestion[] }> {
  const template = among.list().find((one) => one.name === name);
  if (template === undefined)
    throw inputFault({ code: 'unknown-template', message: `there is no template ${JSON.stringify(name)}` });
  const answers = readAnswers(among.answers(name) ?? '');
  const requirements = readRequirements(among.requirements(name) ?? '');
  const questions = requirements.questions.map(({ id, title, block }): TemplateQuestion => {
    const fields = block === undefined ? new Map<string, Field>() : fieldsOf(block);
    const value = (key: string) => fields.get(key)?.value ?? '';
    return {
      id,
      question: title,
      decides: value('decides'),
      default: value('default'),
      choices: value('choices') === '' ? [] : value('choices').split(/\s*\|\s*/),
      example: 'answers' in answers ? (answers.answers.answers[id]?.answer ?? '') : '',
    };
  });
  return {
    said: `${name}: ${template.problem ?? template.summary}`,
    blocks: [],
    next: `countersign new <id> --template ${name}`,
    data: { template, questions },
  };
}
