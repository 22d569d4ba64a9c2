import { makeTemplate } from '../../app/template.ts';
import { inputFault } from '../../domain/fault.ts';
import type { Verb } from './verb.ts';

export const templateVerb: Verb = {
  usage: 'template from <id> [--name NAME] [--title TEXT] [--replace]',
  options: {
    name: { type: 'string', takes: 'NAME', summary: 'what the template is called; the delivery’s id without it' },
    title: { type: 'string', takes: 'TEXT', summary: 'its title; the delivery’s without it' },
    replace: { type: 'boolean', summary: 'write over a template of this name' },
  },
  examples: ['template from office-vlans --name campus-vlan'],
  arity: [2, 2],
  run({ args: [step, id], options }, context) {
    if (step !== 'from')
      throw inputFault({
        code: 'bad-usage',
        message: `template has no step ${JSON.stringify(step)}`,
        expected: `countersign ${templateVerb.usage}`,
      });
    const answer = makeTemplate(context.ports(), {
      id: id!,
      name: options['name'] as string | undefined,
      title: options['title'] as string | undefined,
      replace: options['replace'] === true,
    });
    return { answer };
  },
};
