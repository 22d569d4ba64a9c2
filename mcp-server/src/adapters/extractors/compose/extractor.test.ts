// biome-ignore-all lint/suspicious/noTemplateCurlyInString: interpolation is what is tested
import { describe, expect, it } from 'vitest';
import { compose } from './extractor.ts';

const read = (text: string) => compose.extract({ path: 'stack/compose.yaml', text });
const named = (text: string, kind: string) => read(text).facts.filter((fact) => fact.kind === kind);

describe('the Compose extractor', () => {
  it.each([
    ['compose.yml', '', true],
    ['docker-compose.override.yaml', '', true],
    ['a/stack.yml', 'services:\n  web:\n    image: x\n', true],
    ['a/values.yml', 'services:\n  - web\n', false],
    ['.gitlab-ci.yml', 'stages: [a]\nservices:\n  x:\n    image: y\n', false],
    ['compose.json', '', false],
  ])('takes %s: %s', (path, head, expected) => {
    expect(compose.matches(path, head)).toBe(expected);
  });

  it('reads limits in every spelling', () => {
    const limits = (body: string) =>
      named(`services:\n  a:\n    image: x:1\n${body}`, 'service')[0]?.attributes['limits'];
    expect(limits('    mem_limit: 1g\n')).toBe(true);
    expect(limits('    deploy:\n      resources:\n        limits:\n          cpus: "1"\n')).toBe(true);
    expect(limits('    deploy:\n      resources:\n        reservations:\n          cpus: "1"\n')).toBe(false);
    expect(limits('')).toBe(false);
  });

  it('takes a disabled health check for none', () => {
    const checks = (body: string) =>
      named(`services:\n  a:\n    image: x:1\n    healthcheck:\n${body}`, 'service')[0]?.attributes['healthcheck'];
    expect(checks('      test: curl -f localhost\n')).toBe(true);
    expect(checks('      disable: true\n')).toBe(false);
    expect(checks('      test: ["NONE"]\n')).toBe(false);
  });

  it('tells required, defaulted and plain variables, each once, none from comments', () => {
    const text =
      '# ${COMMENTED}\nservices:\n  a:\n    image: x:${TAG:-1}\n    user: ${USER:?who}\n    command: $PLAIN $$ESCAPED ${TAG}\n';
    expect(
      named(text, 'input').map(({ name, attributes }) => [name, attributes['required'], attributes['default']]),
    ).toEqual([
      ['TAG', false, '1'],
      ['USER', true, undefined],
      ['PLAIN', false, undefined],
    ]);
    expect(named(text, 'image')[0]?.attributes['resolved']).toBe('x:1');
  });

  it('counts a capability that equals root as privileged', () => {
    expect(named('services:\n  a:\n    cap_add: [SYS_ADMIN]\n', 'service')[0]?.attributes['privileged']).toBe(true);
    expect(named('services:\n  a:\n    cap_add: [NET_ADMIN]\n', 'service')[0]?.attributes['privileged']).toBe(false);
  });

  it('ties a service to its Dockerfile, its files and the services it needs', () => {
    const text = 'services:\n  a:\n    build: ./api\n    env_file: .env\n    depends_on: [b]\n  b:\n    image: x:1\n';
    expect(read(text).references.map(({ kind, target }) => [kind, target])).toEqual([
      ['calls', { by: 'path', path: 'stack/api/Dockerfile', kinds: ['stage'] }],
      ['depends-on', { by: 'name', format: 'compose', kinds: ['service'], name: 'b', scope: 'stack' }],
      ['reads', { by: 'path', path: 'stack/.env' }],
      ['depends-on', { by: 'name', kinds: ['image'], name: 'x:1', scope: 'stack' }],
      ['depends-on', { by: 'name', kinds: ['output'], name: 'x' }],
    ]);
  });

  it('gives what it can of broken YAML, with the line', () => {
    const { facts, skipped } = read('services:\n  a:\n    image: x:1\n  b: [\n');
    expect(facts.map((fact) => fact.name)).toContain('a');
    expect(skipped[0]).toMatchObject({ reason: 'unparsed' });
  });

  it('unfolds no alias bomb', () => {
    const levels = Array.from({ length: 30 }, (_, at) => `x${at + 1}: &x${at + 1} [${`*x${at},`.repeat(9)}]`);
    const text = `x0: &x0 [a]\n${levels.join('\n')}\nservices:\n  a:\n    image: x:1\n    ports: *x30\n    <<: *x30\n`;
    expect(read(text).facts.map((fact) => fact.name)).toContain('a');
  });

  it('reads what an anchor shares for every service that takes it', () => {
    const text =
      'x-base: &base\n  restart: always\n  depends_on: &needs\n    db: {}\n  healthcheck:\n    test: curl -f http://web\n' +
      'services:\n  a:\n    <<: *base\n    image: x:1\n  b:\n    image: x:2\n    depends_on: *needs\n  db:\n    image: d:1\n';
    const services = named(text, 'service').map(({ name, attributes }) => [
      name,
      attributes['restart'],
      attributes['dependsOn'],
    ]);
    expect(services).toEqual([
      ['a', 'always', ['db']],
      ['b', undefined, ['db']],
      ['db', undefined, undefined],
    ]);
    expect(named(text, 'check').map(({ name, evidence }) => [name, evidence])).toEqual([
      ['a', [{ path: 'stack/compose.yaml', line: 8, endLine: 8 }]],
    ]);
  });

  it('reads the long forms of secrets, files of variables and includes', () => {
    const text =
      'include:\n  - path: [one.yml, two.yml]\nservices:\n  a:\n    image: x:1\n    env_file:\n      - path: ./a.env\n        required: false\n' +
      '    secrets:\n      - source: key\n        target: /k\nsecrets:\n  key:\n    file: ./key\n';
    expect(named(text, 'module').map((fact) => [fact.name, fact.evidence[0]?.line])).toEqual([
      ['one.yml', 2],
      ['two.yml', 2],
    ]);
    expect(named(text, 'service')[0]?.attributes['secrets']).toEqual(['key']);
    expect(read(text).references.map(({ target }) => target)).toContainEqual({ by: 'path', path: 'stack/a.env' });
  });

  it('takes time that grows with the file when many services share many anchors', () => {
    const stack = (count: number) =>
      `services:\n${Array.from({ length: count }, (_, at) => `  s${at}:\n    image: x:${at}\n    environment: &e${at}\n      A: b\n    labels: *e${at}\n    depends_on:\n      s0: &d${at}\n        condition: x\n      s1: *d${at}\n`).join('')}`;
    const seconds = (text: string) => {
      const before = process.cpuUsage();
      read(text);
      return process.cpuUsage(before).user;
    };
    seconds(stack(100));
    expect(seconds(stack(1000)) / seconds(stack(250))).toBeLessThan(12);
  });
});
