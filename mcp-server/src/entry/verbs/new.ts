import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDelivery } from '../../app/create.ts';
import type { Ports } from '../../app/ports.ts';
import { inputFault } from '../../domain/fault.ts';
import { TRACKS, type Track } from '../../domain/stage.ts';
import { personAtCli } from '../person.ts';
import type { Verb } from './verb.ts';

export const newVerb: Verb = {
  usage: 'new <id> [--title TEXT] [--template NAME | --from-design FILE] [--track TRACK] | new --list',
  options: {
    title: { type: 'string', takes: 'TEXT', summary: 'what it is called' },
    template: { type: 'string', takes: 'NAME', summary: 'start from a template' },
    'from-design': { type: 'string', takes: 'FILE', summary: 'derive draft requirements from a design or pseudocode' },
    track: { type: 'string', takes: 'TRACK', summary: `one of ${TRACKS.join(', ')}` },
    list: { type: 'boolean', summary: 'show the templates' },
  },
  examples: ['new --list', 'new office-vlans --template vlan-provisioning --title "Office VLANs"'],
  arity: [0, 1],
  async run({ args, options }, context) {
    const ports = context.ports();
    if (options['list'] === true) {
      const templates = await ports.templates.list();
      const text = templates.map((one) => `${one.name}\n    ${one.summary}`).join('\n');
      return { answer: { said: `${templates.length} templates.`, blocks: [], next: '', data: { templates } }, text };
    }
    const [id] = args;
    if (id === undefined)
      throw inputFault({ code: 'bad-usage', message: 'new needs an id', expected: `countersign ${newVerb.usage}` });
    const track = options['track'] as string | undefined;
    if (track !== undefined && !(TRACKS as readonly string[]).includes(track))
      throw inputFault({ code: 'unknown-track', message: `there is no track ${track}`, expected: TRACKS.join(', ') });
    const design = options['from-design'] as string | undefined;
    if (design !== undefined) return fromDesign(ports, id, design, options['title'] as string | undefined, context.cwd);
    const answer = createDelivery(ports, {
      id,
      title: options['title'] as string | undefined,
      template: options['template'] as string | undefined,
      track: track as Track | undefined,
      actor: await personAtCli(ports),
    });
    return { answer };
  },
};

async function fromDesign(ports: Ports, id: string, name: string, title: string | undefined, cwd: string) {
  const file = resolve(cwd, name);
  if (!existsSync(file))
    throw inputFault({ code: 'no-such-path', message: `${name} is not there`, expected: 'a file with a design' });
  const [{ startFromDesign }, { placeInProject, sourceTree }] = await Promise.all([
    import('../../app/import.ts'),
    import('../compose.ts'),
  ]);
  const place = placeInProject(file, cwd);
  const prefix = 'prefix' in place ? place.prefix : place.elsewhere;
  return {
    answer: await startFromDesign(ports, await sourceTree(), {
      id,
      title,
      file,
      prefix,
      actor: await personAtCli(ports),
    }),
  };
}
