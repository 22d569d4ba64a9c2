import { comment, reply } from '../../app/comment.ts';
import { personAtCli } from '../person.ts';
import { requirePerson } from '../person-at-terminal.ts';
import type { Verb } from './verb.ts';

export const commentVerb: Verb = {
  usage: 'comment <id> <anchor> <text>',
  examples: ['comment office-vlans REQ-3 "say what happens on a full range"'],
  arity: [3, 3],
  async run({ args }, context) {
    requirePerson(context, 'comment');
    const ports = context.ports();
    const [id, anchor, text] = args as [string, string, string];
    return { answer: comment(ports, id, anchor, text, { ...(await personAtCli(ports)), via: 'terminal' }) };
  },
};

export const replyVerb: Verb = {
  usage: 'reply <id> <comment> <text>',
  examples: ['reply office-vlans 0f3a91c2be77 "REQ-3 now names the limit"'],
  arity: [3, 3],
  async run({ args }, context) {
    const ports = context.ports();
    const [id, named, text] = args as [string, string, string];
    return { answer: reply(ports, id, named, text, await personAtCli(ports)) };
  },
};
