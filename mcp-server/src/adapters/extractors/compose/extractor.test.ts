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
});
