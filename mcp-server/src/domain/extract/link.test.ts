import { describe, expect, it } from 'vitest';
import type { Fact, FactKind, Reference } from './contract.ts';
import { link } from './link.ts';

const fact = (id: string, path: string, more: Partial<Fact> & { line?: number } = {}): Fact => {
  const { line = 1, ...rest } = more;
  const [kind = '', name = ''] = id.split(':');
  return {
    id,
    format: 'ansible',
    kind: kind as FactKind,
    scope: path.split('/').slice(0, -1).join('/') || '.',
    name,
    status: 'observed',
    evidence: [{ path, line, endLine: line }],
    attributes: {},
    ...rest,
  };
};
const at = (path: string, line = 1) => ({ path, line, endLine: line });
const play = fact('play:site', 'site.yml');

/** Relations as `from kind to`. */
const told = (facts: readonly Fact[], references: readonly Reference[], links?: ReadonlyMap<string, string>) =>
  link(facts, references, links).relations.map(({ from, kind, to }) => `${from} ${kind} ${to}`);

const named = (name: string, more: object = {}, kinds: readonly FactKind[] = ['role']): Reference => ({
  from: play.id,
  kind: 'calls',
  target: { by: 'name', kinds, name, ...more },
  evidence: at('site.yml', 5),
});
const path = (target: string, kinds?: readonly FactKind[]): Reference => ({
  from: play.id,
  kind: 'includes',
  target: { by: 'path', path: target, ...(kinds === undefined ? {} : { kinds }) },
  evidence: at('site.yml', 5),
});

describe('a reference by name', () => {
  const facts = [
    play,
    fact('role:web', 'roles/web/main.yml'),
    fact('task:web', 'roles/web/main.yml'),
    fact('role:db', 'roles/db/main.yml', { format: 'puppet' }),
  ];

  it('reaches the facts of its name and kinds, in its scope and format where they are given', () => {
    expect(told(facts, [named('web')])).toEqual(['play:site calls role:web']);
    expect(told(facts, [named('web', {}, ['role', 'task'])])).toHaveLength(2);
    expect(told(facts, [named('web', { scope: 'roles/web' })])).toHaveLength(1);
    expect(told(facts, [named('web', { scope: 'roles/db' })])).toEqual([]);
    expect(told(facts, [named('web', { scope: 'nowhere' })])).toEqual([]);
    expect(told(facts, [named('db', { format: 'ansible' })])).toEqual([]);
    expect(told(facts, [named('db', { format: 'puppet' })])).toEqual(['play:site calls role:db']);
  });

  it('reaches nothing where nothing has the name, or nobody knows who refers', () => {
    expect(told(facts, [named('other')])).toEqual([]);
    expect(told(facts, [{ ...named('web'), from: 'play:other' }])).toEqual([]);
  });

  it('is no tie of a fact to itself, and one tie however often it stands there', () => {
    expect(told(facts, [named('site', {}, ['play'])])).toEqual([]);
    expect(told(facts, [named('web'), named('web'), { ...named('web'), kind: 'reads' }])).toEqual([
      'play:site calls role:web',
      'play:site reads role:web',
    ]);
  });

  it('reaches the role that lies in this tree before one that is only required', () => {
    const required = fact('role:web', 'requirements.yml', { id: 'role:web#2', attributes: { external: true } });
    expect(told([...facts, required], [named('web')])).toEqual(['play:site calls role:web']);
    const asTask = [fact('task:web', 'a.yml', { id: 'task:web#2' }), ...facts];
    expect(told(asTask, [named('web', {}, ['task'])])).toHaveLength(2);
  });

  it('reaches, of roles that are only required, the one that is declared nearest', () => {
    const external = { attributes: { external: true } };
    const all = [
      fact('role:web', 'a/b/requirements.yml', { id: 'near', ...external }),
      fact('role:web', 'a/requirements.yml', { id: 'far', ...external }),
      fact('role:web', 'a/b/c/requirements.yml', { id: 'deeper', ...external }),
      fact('role:web', 'x', { id: 'nowhere', evidence: [], ...external }),
      play,
    ];
    const from = (file: string) => told(all, [{ ...named('web'), evidence: at(file) }]);
    expect(from('a/b/site.yml')).toEqual(['play:site calls near', 'play:site calls deeper']);
    expect(from('a/x/site.yml')).toEqual(['play:site calls near', 'play:site calls far', 'play:site calls deeper']);
    expect(from('a/b/c/site.yml')).toEqual(['play:site calls deeper']);
    expect(told(all, [named('web', { scope: 'a/b' })])).toEqual(['play:site calls near']);
  });
});

describe('a reference by path', () => {
  const facts = [
    play,
    fact('task:one', 'tasks/main.yml'),
    fact('task:two', 'tasks/more/deep.yml'),
    fact('input:port', 'tasks/vars.yml'),
    fact('task:other', 'tasks2/main.yml'),
  ];

  it('reaches the facts of a file, or of the files directly in a folder', () => {
    expect(told(facts, [path('tasks/main.yml')])).toEqual(['play:site includes task:one']);
    const folder = ['play:site includes task:one', 'play:site includes input:port'];
    for (const name of ['tasks', 'tasks/', 'tasks//']) expect(told(facts, [path(name)])).toEqual(folder);
    expect(told(facts, [path('tasks', ['input'])])).toEqual(['play:site includes input:port']);
    expect(told(facts, [path('task')])).toEqual([]);
    expect(told([...facts, fact('task:root', 'x.yml')], [path('.')])).toEqual(['play:site includes task:root']);
  });

  it('goes through symbolic links, the longest first', () => {
    const links = new Map([
      ['linked', 'tasks'],
      ['linked/more', 'tasks2'],
      ['here', '.'],
    ]);
    const through = (name: string) => told(facts, [path(name)], links);
    expect(through('linked/main.yml')).toEqual(['play:site includes task:one']);
    expect(through('linked/more/main.yml')).toEqual(['play:site includes task:other']);
    expect(through('here/tasks/main.yml')).toEqual(['play:site includes task:one']);
    expect(through('tasks/main.yml')).toEqual(['play:site includes task:one']);
    expect(told([...facts, fact('task:root', 'x.yml')], [path('here')], links)).toEqual([
      'play:site includes task:root',
    ]);
    expect(told(facts, [named('one', { scope: 'linked' }, ['task'])], links)).toEqual(['play:site calls task:one']);
  });
});

describe('a dynamic reference', () => {
  const files = Array.from({ length: 60 }, (_, n) => fact(`task:${n}`, `vars/${String(n).padStart(2, '0')}.yml`));
  const dynamic = (glob: string): Reference => ({
    from: play.id,
    kind: 'reads',
    target: { by: 'pattern', glob },
    evidence: at('site.yml'),
  });
  const candidates = (facts: readonly Fact[], ...globs: string[]) => {
    const linked = link(facts, globs.map(dynamic));
    expect(linked.relations).toEqual([]);
    return linked.facts.find((one) => one.id === play.id)!.attributes['candidates'];
  };

  it('gives no relation but the files that it may mean, or itself where none fits', () => {
    expect(candidates([play, ...files], 'vars/0[12].yml', 'vars/5?.yml')).toHaveLength(11);
    expect(candidates([play, ...files], 'vars/1?.yml')).toHaveLength(10);
    expect(candidates([play, ...files], 'none/*.yml')).toEqual(['none/*.yml']);
    expect(candidates([{ ...play, attributes: { candidates: ['z', 1] } }, ...files], 'none/*', 'none/*')).toEqual([
      '1',
      'none/*',
      'z',
    ]);
    expect(candidates([{ ...play, attributes: { candidates: 'text' } }], 'none/*')).toEqual(['none/*']);
  });

  it('lists fifty candidates at most', () => {
    expect(candidates([play, ...files], 'vars/*.yml')).toHaveLength(50);
    expect(candidates([play, ...files], 'vars/*.yml', 'other')).toHaveLength(50);
  });
});

it('has its relations by who refers, by line, and by what is reached', () => {
  const other = fact('play:other', 'other.yml');
  const late = fact('role:late', 'site.yml', { line: 9 });
  const early = fact('role:early', 'site.yml', { line: 2 });
  const web = fact('role:web', 'roles/web/main.yml');
  const references = [
    { ...named('web'), from: other.id, evidence: at('other.yml', 1) },
    named('late'),
    named('web'),
    { ...named('web'), kind: 'writes' as const },
    { ...named('web'), kind: 'depends-on' as const },
    named('early'),
  ];
  expect(told([play, late, early, web, other], references)).toEqual([
    'play:site calls role:early',
    'play:site calls role:web',
    'play:site depends-on role:web',
    'play:site writes role:web',
    'play:site calls role:late',
    'play:other calls role:web',
  ]);
});
