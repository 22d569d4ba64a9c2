import type { Design } from '../artifact/design.ts';
import { outline, sectionOf } from '../artifact/markdown.ts';
import type { Requirements } from '../artifact/requirements.ts';
import { groupBy } from '../group.ts';
import { byId } from '../ids.ts';
import { oneLine } from '../one-line.ts';
import type { SitePlace } from './site-places.ts';

/** A question that takes the place of something that was fixed in the delivered spec. */
export interface NewQuestion {
  id: string;
  title: string;
  /** Ids and sections that hang on it. */
  decides: string[];
  /** What the delivered spec said. */
  answer: string;
  fallback?: string;
}

type Unnumbered = Omit<NewQuestion, 'id'>;

/** One question for each value, however often it stands there. */
export function valueQuestions(places: readonly SitePlace[]): Unnumbered[] {
  const values = places.filter((one) => one.system === undefined);
  return [...groupBy(values, (one) => one.value)].map(([answer, those]) => {
    const decides = [...new Set(those.map((one) => one.within))].sort(byId);
    return { title: `Which ${those[0]!.kind} is it here, in ${few(decides)}?`, decides, answer };
  });
}

/** The roles that the design bound to a system: another site has other systems. */
export function roleQuestions({ systems }: Requirements, design: Design | undefined): Unnumbered[] {
  return (design?.bindings ?? []).flatMap(({ role, system }) => {
    const filled = systems.find((one) => one.title.toLowerCase() === role.toLowerCase() || one.id === role);
    if (filled === undefined || system === '') return [];
    return [
      { title: `Which system is ${oneLine(filled.title)} (${filled.id}) here?`, decides: [filled.id], answer: system },
    ];
  });
}

export function limitQuestion({ limits }: Requirements): Unnumbered[] {
  const names = limits.map((limit) => limit.name).filter((name) => name !== '');
  if (names.length === 0) return [];
  const fallback = 'the values of the Limits table';
  return [{ title: 'Do the limits hold here?', decides: names.map((name) => `\`${name}\``), answer: 'Yes.', fallback }];
}

const few = (names: readonly string[]) =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and others` : names.join(', ');

/** The new questions behind the last one; in a section of their own where there was none. */
export function withQuestions(text: string, questions: readonly NewQuestion[]): string {
  if (questions.length === 0) return text;
  const blocks = questions.map(({ id, title, decides, fallback }) => {
    const lines = [
      `- Decides: ${decides.join(', ')}`,
      ...(fallback === undefined ? [] : [`- Default: ${fallback}`]),
      '- Answer:',
    ];
    return `### ${id}: ${title}\n\n${lines.join('\n')}\n`;
  });
  const doc = outline(text);
  const section = sectionOf(doc, 'Questions');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = section?.end ?? text.length;
  const added = `${section === undefined ? '## Questions\n\n' : ''}${blocks.join('\n')}`.replaceAll('\n', eol);
  const after = text.slice(end);
  return `${text.slice(0, end).trimEnd()}${eol}${eol}${added}${after === '' ? '' : eol + after}`;
}
