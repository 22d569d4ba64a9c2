import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDelivery } from '../../app/create.ts';
import type { Templates } from '../../app/ports/templates.ts';
import type { Ports } from '../../app/ports.ts';
import { inputFault } from '../../domain/fault.ts';
import { TRACKS, type Track } from '../../domain/stage.ts';
import { personAtCli } from '../person.ts';
import type { Verb, VerbContext } from './verb.ts';

export const newVerb: Verb = {
  usage:
    'new <id> [--title TEXT] [--template NAME [--answers FILE] | --from-design FILE] [--track TRACK] | new --list [NAME|WORD]',
  options: {
    title: { type: 'string', takes: 'TEXT', summary: 'what it is called' },
    template: { type: 'string', takes: 'NAME', summary: 'start from a template' },
    answers: { type: 'string', takes: 'FILE', summary: "answers to the template's questions" },
    'from-design': { type: 'string', takes: 'FILE', summary: 'derive draft requirements from a design or pseudocode' },
    track: { type: 'string', takes: 'TRACK', summary: `one of ${TRACKS.join(', ')}` },
    list: { type: 'boolean', summary: 'show the templates, or the questions of one' },
  },
  examples: [
    'new --list',
    'new --list bgp-peer',
    'new office-vlans --template vlan-provisioning --title "Office VLANs"',
  ],
  arity: [0, 1],
  async run({ args, options }, context) {
    const ports = context.ports();
    if (options['list'] === true) return templates(await ports.templates(), args[0], context);
    const [id] = args;
    if (id === undefined)
      throw inputFault({ code: 'bad-usage', message: 'new needs an id', expected: `countersign ${newVerb.usage}` });
    const track = options['track'] as string | undefined;
    if (track !== undefined && !(TRACKS as readonly string[]).includes(track))
      throw inputFault({ code: 'unknown-track', message: `there is no track ${track}`, expected: TRACKS.join(', ') });
    const design = options['from-design'] as string | undefined;
    if (design !== undefined) return fromDesign(ports, id, design, options['title'] as string | undefined, context.cwd);
    const name = options['template'] as string | undefined;
    const answer = createDelivery(ports, {
      id,
      title: options['title'] as string | undefined,
      template: name === undefined ? undefined : { name, among: await ports.templates() },
      answers: answersText(options['answers'] as string | undefined, name !== undefined, context.cwd),
      track: track as Track | undefined,
      actor: await personAtCli(ports),
    });
    return { answer };
  },
};

async function templates(among: Templates, word: string | undefined, { terminal }: VerbContext) {
  const [{ listTemplates, showTemplate }, { templateList, templateQuestions }] = await Promise.all([
    import('../../app/list-templates.ts'),
    import('../render/templates.ts'),
  ]);
  if (word !== undefined && among.list().some(({ name }) => name === word)) {
    const answer = showTemplate(among, word);
    return { answer, text: templateQuestions(answer.data.template, answer.data.questions, terminal) };
  }
  const answer = listTemplates(among, word);
  return { answer, text: templateList(answer.data.templates, terminal) };
}

function answersText(name: string | undefined, templated: boolean, cwd: string): string | undefined {
  if (name === undefined) return undefined;
  if (!templated)
    throw inputFault({
      code: 'bad-usage',
      message: '--answers needs --template',
      expected: 'the template they answer',
    });
  try {
    return readFileSync(resolve(cwd, name), 'utf8');
  } catch {
    throw inputFault({ code: 'no-such-path', message: `${name} cannot be read`, expected: 'a file with answers' });
  }
}

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
