import type { TemplateQuestion } from '../../app/list-templates.ts';
import type { TemplateInfo } from '../../app/ports/templates.ts';
import { paint, type Terminal } from '../terminal.ts';
import { padded, wrapped } from './columns.ts';

/** Wider lines than these are hard to read. */
const WIDEST = 100;

/** The templates by group: names in one column, what they are for beside them. */
export function templateList(templates: readonly TemplateInfo[], terminal: Terminal): string {
  const width = Math.min(terminal.width, WIDEST);
  const names = Math.min(28, Math.max(...templates.map(({ name }) => name.length), 4));
  const groups = new Map<string, TemplateInfo[]>();
  for (const one of templates) {
    const group = one.from === 'project' ? 'Of this repository' : titled(one.group || 'others');
    groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  return [...groups]
    .map(([group, members]) => {
      const rows = members.flatMap(({ name, summary, problem }) => {
        const [first = '', ...rest] = wrapped(problem ?? summary, Math.max(20, width - names - 4));
        const label = paint(terminal, problem === undefined ? 'cyan' : 'red', padded(name, names));
        return [`  ${label}  ${first}`, ...rest.map((line) => `${' '.repeat(names + 4)}${line}`)];
      });
      return [paint(terminal, 'bold', group), ...rows].join('\n');
    })
    .join('\n\n');
}

/** One template's questions, with their defaults and how the worked example answers them. */
export function templateQuestions(
  { name, title, summary, problem }: TemplateInfo,
  questions: readonly TemplateQuestion[],
  terminal: Terminal,
): string {
  const width = Math.min(terminal.width, WIDEST);
  const lines = (label: string, text: string) =>
    text === ''
      ? []
      : wrapped(`${label}: ${text}`, width - 8).map((line, at) => `      ${at === 0 ? '' : '  '}${line}`);
  const head = [paint(terminal, 'bold', `${title} (${name})`), ...wrapped(problem ?? summary, width)].join('\n');
  const asked = questions.map(({ id, question, decides, default: usual, choices, example }) =>
    [
      ...wrapped(question, width - 6).map(
        (line, at) => `${at === 0 ? paint(terminal, 'cyan', id.padEnd(6)) : '      '}${line}`,
      ),
      ...lines('Choices', choices.join(' | ')),
      ...lines('Default', usual),
      ...lines('Example', example),
      ...lines('Decides', decides),
    ].join('\n'),
  );
  return [head, ...asked].join('\n\n');
}

const titled = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
