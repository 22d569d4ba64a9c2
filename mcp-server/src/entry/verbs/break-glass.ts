import { breakGlass, recordDeclaration } from '../../app/declare.ts';
import { signDeclaration } from '../../app/sign.ts';
import { inputFault } from '../../domain/fault.ts';
import { HOUR_MS } from '../../domain/time.ts';
import { whoIsThere } from '../person.ts';
import { requirePerson } from '../person-at-terminal.ts';
import { findKey, firstUse, warnAbout } from '../signing-key.ts';
import type { Verb } from './verb.ts';

export const breakGlassVerb: Verb = {
  usage: 'break-glass <id> --reason TEXT --for TIME [--key PATH]',
  options: {
    reason: { type: 'string', takes: 'TEXT', summary: 'why nobody can be asked; goes into the record' },
    for: { type: 'string', takes: 'TIME', summary: 'how long the guard lets writes and effects pass, at most 24h' },
    key: { type: 'string', takes: 'PATH', summary: 'the SSH key to sign with' },
  },
  examples: ['break-glass office-vlans --reason "core switch down, CHG0041" --for 2h'],
  arity: [1, 1],
  async run({ args, options }, context) {
    requirePerson(context, 'break-glass');
    const ports = context.ports();
    const [id] = args as [string];
    const by = await whoIsThere(ports);
    const openMs = readTime((options['for'] as string | undefined) ?? '');
    const declaration = breakGlass(ports, id, { reason: (options['reason'] as string | undefined) ?? '', openMs, by });
    const key = await findKey(ports, options['key'] as string | undefined);
    if (key !== undefined) await firstUse(ports, context);
    warnAbout(key, context);
    const typed = await context.terminal.ask(
      `This lets writes and effects of ${id} pass without approval. It stays in the record, and verify fails unless what was done is approved in three days. Type ${id} to go on: `,
    );
    if (typed !== id)
      return {
        answer: { said: 'Nothing was broken.', blocks: [`what was typed is not ${id}`], next: '', data: {} },
        exit: 1,
      };
    const signature = key === undefined ? undefined : await signDeclaration(ports, declaration, key.path);
    return { answer: recordDeclaration(ports, id, declaration, signature) };
  },
};

const UNIT_MS = { m: 60_000, h: HOUR_MS } as const;

/** `90m` or `2h`, in milliseconds. */
function readTime(text: string): number {
  const [, number, unit] = /^(\d{1,4})([mh])$/.exec(text) ?? [];
  if (number !== undefined) return Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS];
  throw inputFault({
    code: 'bad-duration',
    message: `${JSON.stringify(text)} is not a time`,
    expected: '--for with minutes or hours, such as 90m or 2h',
  });
}
