import { declaredIds, readRequirements } from '../domain/artifact/requirements.ts';
import { inputFault } from '../domain/fault.ts';
import type { Actor, Body } from '../domain/ledger/event.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';

/**
 * Records a fact that nobody could probe, as the word of a named person. It counts for less than a probe: the need it is
 * about then wants a constraint.
 *
 * @throws Fault `unknown-need`, `nobody`
 */
export function stateFact(ports: Ports, id: string, fact: Body<'stated'>, actor: Actor): Answer<{ evidence: string }> {
  const { read } = load(ports, id);
  const known = declaredIds(readRequirements(read.artifacts['requirements.md'] ?? '')).map((entry) => entry.id);
  if (!known.includes(fact.need))
    throw inputFault({
      code: 'unknown-need',
      message: `the requirements have no ${JSON.stringify(fact.need)}`,
      expected: `one of: ${known.filter((one) => /^(?:CAP|SYS)-/.test(one)).join(', ')}`,
    });
  if (fact.by.trim() === '' || /^(?:user|agent|claude|assistant|me)$/i.test(fact.by.trim()))
    throw inputFault({
      code: 'nobody',
      message: `${JSON.stringify(fact.by)} is nobody who can be asked again`,
      expected: 'the name of the person who said it',
      next: 'ask the person for their name',
    });
  append(ports, id, () => ({ type: 'stated', actor, body: fact }));
  redraw(ports, id);
  return {
    said: `Recorded that ${fact.by} stated ${fact.need}.`,
    blocks: [],
    next: `cite it in feasibility.md as stated:${fact.by}, with a constraint that answers ${fact.need}`,
    data: { evidence: `stated:${fact.by}` },
  };
}
