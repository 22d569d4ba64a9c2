import { short } from '../../../domain/decision/subject.ts';
import type { Proof } from '../../../domain/report/matrix.ts';
import { type Html, html } from './html.ts';

/** How well something stands; each has a colour, and never colour alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'plain';

const TONES: Readonly<Record<string, Tone>> = {
  open: 'good',
  passed: 'good',
  verified: 'good',
  present: 'good',
  resolved: 'good',
  approve: 'good',
  signed: 'good',
  external: 'good',
  hosted: 'good',
  feasible: 'good',
  ADDED: 'good',
  APPLIED: 'good',
  FAILED: 'bad',
  PROPOSED: 'warn',
  PLANNED: 'warn',
  failed: 'bad',
  'no-check': 'bad',
  rejected: 'bad',
  reject: 'bad',
  revoke: 'bad',
  void: 'bad',
  denied: 'bad',
  'break-glass': 'bad',
  'not-feasible': 'bad',
  REMOVED: 'bad',
  error: 'bad',
  stale: 'warn',
  'not-run': 'warn',
  'to-confirm': 'warn',
  withhold: 'warn',
  undetermined: 'warn',
  MODIFIED: 'warn',
};

/** The word for a state that people read; others are their own word. */
const WORDS: Readonly<Record<string, string>> = {
  'no-check': 'no check',
  'not-designed': 'no design yet',
  'not-run': 'not run',
  'to-confirm': 'a person confirms',
  'not-testable': 'not testable',
  'not-probed': 'not probed',
} satisfies Partial<Record<Proof | 'not-probed', string>>;

const SIGNS: Record<Tone, string> = { good: '✓', bad: '✕', warn: '!', plain: '·' };

export const toneOf = (state: string): Tone => TONES[state] ?? 'plain';
export const wordOf = (state: string): string => WORDS[state] ?? state;

/** A state as a label with a sign, so that it is told apart without colour. */
export function badge(state: string, says = wordOf(state)): Html {
  const tone = toneOf(state);
  return html`<span class="badge ${tone}"><span aria-hidden="true">${SIGNS[tone]}</span> ${says}</span>`;
}

/** A time as people read it, in UTC; the exact one for machines. What is no time is shown as it is. */
export function time(at: string): Html {
  const parsed = Date.parse(at);
  if (Number.isNaN(parsed)) return html`${at}`;
  const exact = new Date(parsed).toISOString();
  return html`<time datetime="${exact}">${exact.slice(0, 10)} ${exact.slice(11, 16)}</time>`;
}

/** A hash, short; the whole one for who copies it. */
export const hash = (digest: string): Html =>
  digest === '' ? html`` : html`<code class="hash" title="${digest}">${short(digest)}</code>`;

/** A link to an entry of this page: ids are letters, digits, hyphens and dots, so they are their own anchors. */
export const link = (id: string, says = id): Html => html`<a href="#${encodeURIComponent(id)}">${says}</a>`;

export const count = (number: number, one: string, more = `${one}s`) => `${number} ${number === 1 ? one : more}`;
