import type { Fact, Gap } from '../contract.ts';
import { titleOf } from '../story/entry-points.ts';
import type { Story } from '../story/story.ts';
import { candidatesOf } from './candidates.ts';
import { gapsOf } from './known-gaps.ts';
import { cite, code, list } from './markdown.ts';
import type { DraftSource } from './source.ts';

const mostNamed = 4;

/** What code cannot answer, each kind of it once: who reads many questions answers none. */
export function questions({ stories, prefix }: DraftSource): string {
  const asked: string[] = [
    'What is this automation for, and who owns it?',
    'Who may start it, and who has to agree before it runs in production?',
  ];
  const byHand = stories.filter(({ entry }) => entry.triggers.length === 0).map(({ entry }) => titleOf(entry));
  if (byHand.length > 0) asked.push(`Who or what starts ${some(byHand)}, and how often?`);
  const gaps = gapsOf(stories);
  const from = (rule: string, ask: (where: string, isOne: boolean) => string) => {
    const found = (gaps.get(rule) ?? []).filter((gap) => gap.severity !== 'info');
    if (found.length > 0) asked.push(`${ask(places(found), found.length === 1)} ${cite(firstOf(found), prefix)}`);
  };
  const about = (found: readonly Fact[], ask: (names: string, isOne: boolean) => string) => {
    if (found.length > 0)
      asked.push(
        `${ask(some(found.map(({ name }) => name)), found.length === 1)} ${cite(
          found.flatMap(({ evidence }) => evidence.slice(0, 1)),
          prefix,
        )}`,
      );
  };
  about(maybeReviewed(stories), (names, isOne) =>
    isOne
      ? `Does the environment ${names} ask for reviewers on the host?`
      : `Do the environments ${names} ask for reviewers on the host?`,
  );
  from('secret-in-clear', (_, isOne) =>
    isOne
      ? 'Is the secret in clear here still valid, and where is it to be kept instead?'
      : 'Are the secrets in clear here still valid, and where are they to be kept instead?',
  );
  from('no-rollback', (where) => `How is taken back what is written in ${where}?`);
  from('no-error-path', (where) => `Who notices when a step of ${where} fails, and what do they do?`);
  from('no-verification', (where) => `How does somebody tell that what ${where} wrote is right?`);
  from('ignored-errors', (where) => `Why are failures let through in ${where}?`);
  about(unresolved(stories), (names) => `What may ${names} stand for? It is decided at run time.`);
  about(
    withoutDefault(stories),
    (names, isOne) =>
      `Which values are right for ${names}? ${isOne ? 'It is' : 'They are'} required and not described.`,
  );
  const blocks = asked.map((question, at) => `### Q-${at + 1}: ${question}\n\n- Answer:`);
  return ['## Questions', ...blocks].join('\n\n');
}

function some(names: readonly string[]): string {
  const each = [...new Set(names)];
  const more = each.length - mostNamed;
  return list([...each.slice(0, mostNamed).map(code), ...(more > 0 ? [`${more} more`] : [])]);
}

function places(gaps: readonly Gap[]): string {
  const scopes = [...new Set(gaps.map(({ scope }) => scope))];
  const named = scopes.slice(0, mostNamed).map((where) => (where === '.' ? 'the top folder' : code(where)));
  return list([...named, ...(scopes.length > mostNamed ? [`${scopes.length - mostNamed} more places`] : [])]);
}

const firstOf = (gaps: readonly Gap[]) => gaps.flatMap(({ evidence }) => evidence.slice(0, 1));

function maybeReviewed(stories: readonly Story[]): Fact[] {
  const asked = stories.flatMap((story) => story.approvals);
  const open = asked.filter(({ attributes }) => attributes['rule'] === 'environment-may-require-reviewers');
  return [...new Map(open.map((fact) => [fact.name, fact])).values()];
}

/** Decided at run time, and nothing in the tree shows between what. */
function unresolved(stories: readonly Story[]): Fact[] {
  const found = stories
    .flatMap((story) => story.steps)
    .map(({ fact }) => fact)
    .filter((fact) => fact.status === 'unresolved' && candidatesOf(fact).length === 0);
  return [...new Map(found.map((fact) => [fact.id, fact])).values()];
}

/** Declared without a word; what is only used somewhere is in the list of the design. */
function withoutDefault(stories: readonly Story[]): Fact[] {
  const inputs = stories.flatMap((story) => story.inputs);
  const open = inputs.filter(
    ({ status, attributes }) =>
      status === 'observed' && attributes['required'] === true && attributes['description'] === undefined,
  );
  return [...new Map(open.map((fact) => [fact.name, fact])).values()];
}
