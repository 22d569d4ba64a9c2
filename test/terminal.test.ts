import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comment } from '../mcp-server/src/app/comment.ts';
import { REQUIREMENTS } from '../mcp-server/src/entry/demo/artifacts.ts';
import { columns } from '../mcp-server/src/entry/render/columns.ts';
import { Desk } from './helpers/walk.ts';
import { openWorkshop, Person, type Workshop } from './helpers/workshop.ts';

let workshop: Workshop;
let ada: Person;
let root: string;

const ESCAPE = String.fromCharCode(27);
const COLOURS = new RegExp(`${ESCAPE}\\[\\d+m`, 'g');
/** Everything that steers a terminal, but for tabs and line ends. */
const STEERING = /(?![\t\r\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const HOSTILE = `bell\u0007 title${ESCAPE}]0;owned\u0007 clear${ESCAPE}[2J turned\u202e c1\u009b31m`;
const LONG =
  'Provision every VLAN of every office from one list that is kept in version control and reviewed by the network team';

beforeAll(async () => {
  workshop = openWorkshop();
  ada = new Person(workshop, 'Ada');
  root = ada.repository('network');
  const desk = new Desk(ada, root);
  await desk.toDesign('zone-file', { recorded: true });
  const hostile = REQUIREMENTS.replace('"Zone file from a host list"', JSON.stringify(`${LONG} ${HOSTILE}`)).replace(
    '### REQ-1: Records',
    `### REQ-1: ${HOSTILE.replaceAll('\u0007', '')} Records`,
  );
  desk.start('other');
  desk.write('other', 'requirements', hostile);
  comment(desk.ports, 'other', 'REQ-2', `${LONG} ${HOSTILE} ${LONG}`, { kind: 'human', name: HOSTILE, via: 'cli' });
});
afterAll(() => workshop.close());

/** What a person sees, line by line, in a terminal of 80 columns. */
function seen(args: readonly string[], env: Record<string, string> = {}): string[] {
  const { screen, timedOut } = ada.types(root, args, [], { TERM: 'xterm', ...env });
  expect(timedOut).toBe(false);
  return screen.replaceAll('\r\n', '\n').trimEnd().split('\n');
}

/** Not wrapped: it is there to be copied. */
const isCommand = (line: string) => /^ +or (?:in a terminal|by hand): /.test(line);

const SHOWING = [
  ['status'],
  ['status', '--mine'],
  ['review', 'other', 'requirements'],
  ['review', 'other', 'requirements', '--md'],
  ['report', 'other'],
  ['report', '--all'],
  ['trace', 'other'],
  ['trace', 'other', 'REQ-1'],
  ['history', 'other'],
  ['validate'],
  ['tasks', 'zone-file'],
  ['policy', 'explain', 'other'],
];

describe('what files say', () => {
  it.each(SHOWING.slice(0, 3).map((args) => [args]))('steers no terminal, in colours: %j', (args) => {
    for (const line of seen(args)) expect(line.replace(COLOURS, '')).not.toMatch(STEERING);
  });

  it.each(SHOWING.map((args) => [args]))('steers no terminal: %j', (args) => {
    for (const line of ada.run(root, args).stdout.split('\n')) expect(line).not.toMatch(STEERING);
  });
});

describe('status at a terminal of 80 columns', () => {
  it('cuts a title, wraps sentences, and is aligned', () => {
    const lines = seen(['status']).map((line) => line.replace(COLOURS, ''));
    const commands = lines.filter(isCommand);
    for (const line of lines) if (!commands.includes(line)) expect(columns(line), line).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(/^other {2}Provision every VLAN .*… {2}track standard$/);
    const gates = lines.filter((line) => /^ {2}[✓·!] /.test(line));
    expect(gates).toHaveLength(10);
    for (const gate of gates)
      expect(gate).toMatch(
        /^ {2}[✓·!] (?:open|blocked|stale) {1,4}(?:Requirements|Feasibility |Design {7}|Build {8}|As-Built {5})/,
      );
  });

  it('wraps nothing where a program reads, unless it says how wide it is', () => {
    const { stdout } = ada.run(root, ['status', 'other']);
    expect(stdout.split('\n').some((line) => line.length > 200)).toBe(true);
    const narrow = ada.run(root, ['status', 'other'], { COLUMNS: '60' }).stdout.split('\n');
    expect(Math.max(...narrow.filter((line) => !isCommand(line)).map(columns))).toBeLessThanOrEqual(60);
  });

  it('says the next step for an agent, and the same by hand', () => {
    expect(ada.run(root, ['new', 'young', '--title', 'Young']).exit).toBe(0);
    const lines = ada.run(root, ['status', 'young']).stdout.trimEnd().split('\n');
    expect(lines.at(-2)).toBe('  next      /spec young, then submit requirements');
    expect(lines.at(-1)).toMatch(
      /^ {12}or by hand: edit deliveries\/young\/requirements\.md, then node \S+cli\.mjs submit young requirements$/,
    );
  });

  it('is coloured there, and nowhere where nobody wants it', () => {
    expect(seen(['status']).join('')).toMatch(COLOURS);
    expect(seen(['status'], { NO_COLOR: '1' }).join('')).not.toMatch(COLOURS);
    expect(seen(['status'], { TERM: 'dumb' }).join('')).not.toMatch(COLOURS);
    expect(ada.run(root, ['status'], { TERM: 'xterm' }).stdout).not.toMatch(COLOURS);
  });
});

describe('status --mine', () => {
  it('shows what waits for the person that git names, with what to type', () => {
    const { who, waiting, exit } = {
      ...ada.json(root, 'status', '--mine'),
      exit: ada.run(root, ['status', '--mine']).exit,
    };
    expect(exit).toBe(0);
    expect(who).toEqual({ name: 'Ada', email: 'ada@example.org' });
    expect(waiting).toEqual([]);
    const desk = new Desk(ada, root);
    desk.write('zone-file', 'design', `${desk.ports.deliveries.artifact('zone-file', 'design.md')}\nMore.\n`);
    desk.submit('zone-file', 'design');
    const lines = seen(['status', '--mine'], { NO_COLOR: '1' });
    expect(lines[0]).toBe('1 thing waits for you. (Ada <ada@example.org>)');
    expect(lines.join('\n')).toMatch(
      / {2}decide {4}zone-file: stage:design waits for a decision on [0-9a-f]{12}, \d+ s\n {12}node \S+ review zone-file design, then node \S+ approve zone-file design/,
    );
    const nobody = new Person(workshop, 'Nobody');
    expect(
      nobody.run(root, ['status', '--mine'], { GIT_CONFIG_GLOBAL: '/dev/null', HOME: '/nonexistent' }),
    ).toMatchObject({ exit: 2 });
  });
});

describe('review --md', () => {
  it('gives a pull request the digest, what changed in meaning, and how to decide', () => {
    const desk = new Desk(ada, root);
    desk.write(
      'zone-file',
      'design',
      desk.ports.deliveries
        .artifact('zone-file', 'design.md')!
        .replace('Refuse instead of repair', 'Refuse, and @everyone says ```why'),
    );
    const digest = desk.submit('zone-file', 'design');
    const { stdout } = ada.run(root, ['review', 'zone-file', 'design', '--md']);
    expect(stdout.split('\n')[0]).toBe('<!-- countersign:review zone-file stage:design -->');
    expect(stdout).toContain(`Digest \`${digest}\``);
    expect(stdout).toContain('**MODIFIED** ````DEC-1');
    expect(stdout).toContain('- Refuse instead of repair\n+ Refuse, and @everyone says ```why');
    expect(stdout.replace(/(`+)[\s\S]*?(?<!`)\1(?!`)/g, '')).not.toContain('@everyone');
    expect(stdout).toContain('| stage:requirements | open | recorded |');
  });
});
