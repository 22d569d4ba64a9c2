import type { Need, Requirements } from '../artifact/requirements.ts';
import { idsIn } from '../ids.ts';

/** What a stand-in for a missing system has to do, so that the rest can be built and tested without the system. */
export interface StubContract {
  need: string;
  title: string;
  /** What is asked of it, one sentence each, with the id that it comes from. */
  operations: string[];
}

/** Every sentence and criterion of the requirements that names the system, or its purpose where none does. */
export function contractOf({ id, title, purpose }: Need, { requirements }: Requirements): StubContract {
  const named = requirements.flatMap((requirement) => [
    ...requirement.statements
      .filter(({ text }) => idsIn(text).includes(id))
      .map(({ text }) => `${requirement.id}: ${text}`),
    ...requirement.criteria.filter((one) => idsIn(one.title).includes(id)).map((one) => `${one.id}: ${one.title}`),
  ]);
  const operations = named.length > 0 ? named : [`${id}: ${purpose === '' ? title : purpose}`];
  return { need: id, title, operations: operations.map((one) => one.replace(/\s+/g, ' ').trim()) };
}
