import { explainPolicy } from '../../app/explain-policy.ts';
import { inputFault } from '../../domain/fault.ts';
import type { Demand } from '../../domain/policy/demand.ts';
import { paint, printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const policyVerb: Verb = {
  usage: 'policy explain [id]',
  examples: ['policy explain', 'policy explain office-vlans'],
  arity: [1, 2],
  run({ args }, context) {
    if (args[0] !== 'explain')
      throw inputFault({
        code: 'bad-usage',
        message: `policy ${args[0]} is not known`,
        expected: 'policy explain [id]',
      });
    const answer = explainPolicy(context.ports(), args[1]);
    const lines = answer.data.gates.map((gate) => {
      const why = gate.why.map((one) => `\n      ${printable(one)}`).join('');
      const state =
        gate.state === '' ? '' : `  ${paint(context.terminal, gate.state === 'open' ? 'green' : 'yellow', gate.state)}`;
      return `  ${gate.about.padEnd(20)} ${demandText(gate.demand)}${state}${why}`;
    });
    const layers = answer.data.policy.layers.map(({ file }) => `  with ${printable(file)}`);
    return { answer, text: [answer.said, ...layers, ...lines].join('\n'), exit: 0 };
  },
};

function demandText(demand: Demand): string {
  const parts = [`${demand.approvers} approval${demand.approvers === 1 ? '' : 's'} at level ${demand.level}`];
  if (demand.separation) parts.push('not by the author');
  for (const [role, people] of Object.entries(demand.roles ?? {}))
    parts.push(`one of role ${role} (${people.join(', ') || 'nobody fills it'})`);
  if (demand.expires !== undefined) parts.push(`for ${demand.expires} days`);
  return parts.join(', ');
}
