import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactKind } from '../../../domain/extract/contract.ts';
import { make } from './make.ts';

const text = readFileSync('test/fixtures/extract/make/Makefile', 'utf8');
const extraction = make.extract({ path: 'ops/Makefile', text });
const of = (kind: FactKind) => extraction.facts.filter((fact) => fact.kind === kind);
const names = (kind: FactKind) => of(kind).map((fact) => fact.name);

describe('the make extractor', () => {
  it('takes Makefiles by name, not the inputs of their generators', () => {
    expect(
      ['Makefile', 'a/makefile', 'GNUmakefile', 'build/rules.mk', 'Makefile.prod'].every((path) =>
        make.matches(path, ''),
      ),
    ).toBe(true);
    expect(['Makefile.am', 'Makefile.in', 'makefile.py/x', 'cmake.txt'].some((path) => make.matches(path, ''))).toBe(
      false,
    );
  });

  it('finds targets with prerequisites, help text and what their recipes do', () => {
    expect(names('job')).toEqual(['all', 'plan', 'deploy', 'init', 'infra/.terraform', 'test', 'destroy', '%.json']);
    const jobs = Object.fromEntries(of('job').map((fact) => [fact.name, fact.attributes]));
    expect(jobs['all']).toMatchObject({ phony: true, default: true, prerequisites: ['plan'] });
    expect(jobs['plan']).toMatchObject({ description: 'Show what would change', effect: 'read' });
    expect(jobs['deploy']).toMatchObject({
      description: 'Roll out to one environment',
      effect: 'write',
      object: 'terraform infra',
      ignoresErrors: true,
    });
    expect(names('phase')).toEqual(['all', 'plan', 'deploy', 'test', 'destroy']);
  });

  it('finds parameters with their defaults, those that must be given, and those that are only used', () => {
    const inputs = Object.fromEntries(of('input').map((fact) => [fact.name, fact]));
    expect(Object.keys(inputs).sort()).toEqual(['BUCKET', 'CHANNEL', 'ENVIRONMENT', 'REGION']);
    expect(inputs['REGION']?.attributes).toMatchObject({ default: 'eu-central-1', required: false });
    expect(inputs['BUCKET']?.attributes).toMatchObject({ required: true, message: 'BUCKET names the state bucket' });
    expect(inputs['CHANNEL']).toMatchObject({ status: 'inferred', evidence: [{ line: 26 }] });
    expect(of('value').map((fact) => [fact.name, fact.attributes['value']])).toEqual([
      ['TERRAFORM', 'terraform'],
      ['FLAGS', '-input=false  	-no-color'],
      ['FORCE', '1'],
    ]);
  });

  it('gives recipes to the shell: decisions, questions, batches, checks, in the spelling of the Makefile', () => {
    expect(names('decision')).toEqual(['ifndef BUCKET', '[ "$$FORCE" = 1 ]']);
    expect(names('approval')).toEqual(['read -p "Deploy to $(ENVIRONMENT)? " answer']);
    expect(names('batch')).toEqual(['for node in a b c']);
    expect(names('check')).toEqual([
      'test "$$answer" = yes',
      'kubectl rollout status deployment/shop',
      'curl -fsS https://$(ENVIRONMENT).example.org/healthz',
    ]);
    const lines = text.split('\n');
    for (const fact of extraction.facts) {
      if (fact.attributes['nameFrom'] !== undefined) continue;
      const [place] = fact.evidence;
      expect(lines.slice(place!.line - 1, place!.endLine).join('\n')).toContain(fact.name);
    }
  });

  it('spells objects as the Makefile does', () => {
    const text = 'ship:\n\tdocker push $(REGISTRY)/web:$(TAG)\n\tkubectl rollout status deployment/$(NAME)\n';
    const { facts } = make.extract({ path: 'Makefile', text });
    expect(
      facts.flatMap(({ kind, attributes }) => (kind === 'job' || kind === 'check' ? [attributes['object']] : [])),
    ).toEqual(['docker $(REGISTRY)/web:$(TAG)', 'kubernetes deployment/$(NAME)']);
  });

  it('refers to prerequisites, scripts, folders, included files and other Makefiles', () => {
    const targets = extraction.references.map(
      ({ kind, target }) =>
        `${kind} ${target.by === 'name' ? `${target.scope}:${target.name}` : target.by === 'path' ? target.path : target.glob}`,
    );
    expect(targets).toEqual(
      expect.arrayContaining([
        'calls ops:all',
        'depends-on ops:plan',
        'depends-on ops:test',
        'calls ops/scripts/notify.sh',
        'calls ops/infra',
        'includes ops/common.mk',
        'includes ops/*.mk',
        'calls ops/monitoring:apply',
      ]),
    );
    expect(new Set(extraction.couplings.map((tie) => tie.system))).toEqual(
      new Set(['terraform', 'kubernetes', 'ssh', 'http']),
    );
  });

  it('never throws, and keeps evidence inside the file', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '\t',
      '\n',
      '\\\n',
      '$(',
      ')',
      '$$',
      'X',
      ' ?= ',
      ' := ',
      '.PHONY: a',
      'ifdef X',
      'endif',
      'define X',
      'endef',
      'include ',
      '## ',
      '; ',
      '%',
      '@-',
      'if ',
      '{{',
      '}}',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        const source = parts.join('');
        const lines = source.split('\n').length;
        for (const { evidence } of make.extract({ path: 'Makefile', text: source }).facts)
          for (const { line, endLine } of evidence) expect(line >= 1 && endLine >= line && endLine <= lines).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
