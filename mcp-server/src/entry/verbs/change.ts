import { changeStatus } from '../../app/change.ts';
import { changeAction } from '../../app/change-action.ts';
import { CHANGE_ACTIONS, type ChangeAction } from '../../domain/change/actions.ts';
import { inputFault } from '../../domain/fault.ts';
import { personAtCli } from '../person.ts';
import { changeText } from '../render/change.ts';
import type { Verb } from './verb.ts';

export const changeVerb: Verb = {
  usage: `change <id> [${CHANGE_ACTIONS.join('|')}] [--text TEXT] [--restore]`,
  options: {
    text: { type: 'string', takes: 'TEXT', summary: 'what a change is for, or why it is abandoned' },
    restore: { type: 'boolean', summary: 'with abandon: bring the approved texts back' },
  },
  examples: ['change office-vlans', 'change office-vlans propose --text "Second site"', 'change office-vlans plan'],
  arity: [1, 2],
  async run({ args, options }, context) {
    const ports = context.ports();
    const [id, action = 'status'] = args as [string, string?];
    if (!(CHANGE_ACTIONS as readonly string[]).includes(action))
      throw inputFault({
        code: 'unknown-action',
        message: `there is no step ${JSON.stringify(action)} of a change`,
        expected: `one of: ${CHANGE_ACTIONS.join(', ')}`,
      });
    // Looking writes nothing, so it needs nobody's name.
    if (action === 'status') {
      const answer = changeStatus(ports, id);
      return { answer, text: changeText(answer, context.terminal) };
    }
    const answer = await changeAction(ports, id, {
      action: action as ChangeAction,
      text: options['text'] as string | undefined,
      restore: options['restore'] === true,
      actor: await personAtCli(ports),
    });
    return { answer, text: changeText(answer, context.terminal) };
  },
};
