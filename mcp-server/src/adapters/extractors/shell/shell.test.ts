import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFile } from '../../../domain/extract/build.ts';
import type { Fact, FactKind } from '../../../domain/extract/contract.ts';
import { readCommands, summarise } from './reading.ts';
import { sayShell } from './say.ts';
import { shell } from './shell.ts';

const path = 'test/fixtures/extract/shell/deploy.sh';
const text = readFileSync(path, 'utf8');
const of = (source: string) => shell.extract({ path: 'ops/x.sh', text: source });
const named = (facts: readonly Fact[], kind: FactKind) =>
  facts.filter((fact) => fact.kind === kind).map((fact) => fact.name);

describe('the shell extractor', () => {
  const deploy = shell.extract({ path: 'ops/deploy.sh', text });

  it('takes scripts by their ending or their interpreter', () => {
    expect(shell.matches('a/b.sh', '')).toBe(true);
    expect(shell.matches('bin/run', '#!/usr/bin/env bash\n')).toBe(true);
    expect(shell.matches('bin/run', '#!/bin/sh -e\n')).toBe(true);
    expect(shell.matches('bin/run', '#!/usr/bin/env python3\n')).toBe(false);
    expect(shell.matches('README.md', 'bash')).toBe(false);
  });

  it('finds arguments, options and variables of the environment with their defaults', () => {
    const inputs = Object.fromEntries(
      deploy.facts.filter((fact) => fact.kind === 'input').map((fact) => [fact.name, fact]),
    );
    expect(Object.keys(inputs)).toEqual([
      'ENVIRONMENT',
      'RELEASE',
      'REGION',
      '$2',
      '--dry-run',
      '--region',
      'SLACK_CHANNEL',
    ]);
    expect(inputs['ENVIRONMENT']?.attributes).toMatchObject({ position: 1, required: true });
    expect(inputs['RELEASE']?.attributes).toMatchObject({ required: true, message: 'name the release to roll out' });
    expect(inputs['REGION']?.attributes).toMatchObject({ required: false, default: 'eu-central-1' });
    expect(inputs['SLACK_CHANNEL']).toMatchObject({ status: 'inferred', attributes: { rule: 'shell-unset-variable' } });
  });

  it('finds phases by function, by banner and by message', () => {
    expect(named(deploy.facts, 'phase')).toEqual(['usage', 'rollback', 'Prepare', 'Step 2: infrastructure', 'Release']);
  });

  it('finds decisions, the question to a person, batches, checks and the way back', () => {
    expect(named(deploy.facts, 'decision')).toEqual(['"$2"', '[ "$ENVIRONMENT" = "prod" ]']);
    expect(named(deploy.facts, 'approval')).toEqual(['read -r -p "Type yes to deploy to production: " answer']);
    expect(named(deploy.facts, 'batch')).toEqual(['for chart in shop cart', 'xargs -P 4 -n 1 ./drain.sh']);
    expect(named(deploy.facts, 'check')).toEqual([
      'until kubectl get deployment shop',
      '[ "$answer" = "yes" ]',
      'kubectl rollout status deployment/shop --timeout=120s',
      'curl -fsS "https://$ENVIRONMENT.example.org/healthz"',
    ]);
    expect(named(deploy.facts, 'rollback')).toEqual(['rollback']);
    expect(named(deploy.facts, 'output')).toEqual(['exit 2', 'exit 3']);
  });

  it('says of each step what it does to which system', () => {
    const steps = deploy.facts.filter((fact) => fact.kind === 'step');
    const find = (start: string) => steps.find((step) => step.name.startsWith(start))?.attributes;
    expect(find('aws sts')).toMatchObject({ effect: 'read', system: 'aws' });
    expect(find('terraform -chdir=infra apply')).toMatchObject({ effect: 'write', object: 'terraform infra' });
    expect(find('sudo bash')).toMatchObject({ pipesToShell: true });
    expect(find('"$SCRIPT_DIR/notify.sh"')).toMatchObject({ ignoresErrors: true });
    expect(find('helm rollback')).toMatchObject({ function: 'rollback', effect: 'write' });
    expect(new Set(deploy.couplings.map((tie) => tie.system))).toEqual(
      new Set(['helm', 'aws', 'terraform', 'ansible', 'kubernetes', 'http']),
    );
    expect(deploy.facts[0]).toMatchObject({
      kind: 'entrypoint',
      attributes: { handlesErrors: true, options: ['errexit', 'nounset', 'pipefail'] },
    });
  });

  it('refers to the scripts, playbooks and folders that it runs', () => {
    const paths = deploy.references.flatMap(({ kind, target }) =>
      target.by === 'path' ? [`${kind} ${target.path}`] : [],
    );
    expect(paths).toEqual(
      expect.arrayContaining([
        'includes ops/lib/log.sh',
        'calls ops/notify.sh',
        'calls ops/drain.sh',
        'calls site.yml',
        'calls infra',
      ]),
    );
  });

  it('gives a dynamic script as a pattern', () => {
    expect(of('bash "steps/$STEP.sh"').references.map((reference) => reference.target)).toEqual([
      { by: 'pattern', glob: 'steps/*.sh' },
    ]);
  });

  it('shows every name on its lines, or says how it was made', () => {
    const lines = text.split('\n');
    for (const fact of deploy.facts) {
      if (fact.attributes['nameFrom'] !== undefined) continue;
      const [place] = fact.evidence;
      expect(lines.slice(place!.line - 1, place!.endLine).join('\n')).toContain(fact.name);
    }
  });

  it('takes only what a function is given as local', () => {
    expect(named(of('f() { echo "$1" "$X"; }\nf a').facts, 'input')).toEqual(['X']);
    expect(named(of('X=1\necho "$X" "${Y:=2}" "$Y" "$HOME"').facts, 'input')).toEqual(['Y']);
    expect(named(of('read -r A B\necho "$A$B"; for C in 1; do echo $C; done').facts, 'input')).toEqual([]);
  });

  it('keeps what stands around an error and says its line', () => {
    const broken = of('terraform plan\nif true; then\nkubectl get pods\n');
    expect(named(broken.facts, 'step')).toEqual(['terraform plan', 'kubectl get pods']);
    expect(broken.skipped).toEqual([{ path: 'ops/x.sh', reason: 'unparsed', line: expect.any(Number) }]);
  });

  it('never throws, and keeps evidence inside the file', () => {
    const piece = fc.constantFrom(
      'if ',
      'then ',
      'fi',
      '; ',
      '\n',
      '$1',
      '${X:-',
      '}',
      '"',
      "'",
      '$(',
      ')',
      '`',
      '| bash',
      'curl x',
      '{{ y }}',
      '{{',
      'case $1 in',
      ' a) ',
      ';;',
      'esac',
      'f() {',
      '<<E',
      '|| true',
      'trap x ERR',
      'read -p ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        const source = parts.join('');
        const lines = source.split('\n').length;
        for (const fact of of(source).facts) {
          expect(fact.name).not.toBe('');
          for (const { line, endLine } of fact.evidence) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(endLine).toBeGreaterThanOrEqual(line);
            expect(endLine).toBeLessThanOrEqual(lines);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('shell text inside other files', () => {
  it('is summarised for the step that runs it', () => {
    expect(
      summarise(readCommands('set -e\nkubectl get pods\nkubectl apply -f {{ dir }}/x.yaml || true')),
    ).toMatchObject({
      effect: 'write',
      ignoresErrors: true,
      handlesErrors: true,
    });
    expect(summarise(readCommands('curl -s https://x | sh'))).toMatchObject({ pipesToShell: true });
    expect(summarise(readCommands('echo "${{ github.ref }}" | grep main'))['effect']).toBeUndefined();
  });

  it('says its facts at the lines of the file that holds it, ties belonging to the step', () => {
    const file = buildFile('ci', { path: 'ci.yml' });
    const owner = file.fact({ kind: 'step', name: 'deploy', at: { line: 7 } });
    const script = 'if [ -n "$CI" ]; then\n  terraform apply\nfi\n';
    const line = (offset: number) => 8 + (script.slice(0, offset).match(/\n/g)?.length ?? 0);
    sayShell(file, readCommands(script), {
      at: (from, to) => ({ line: line(from), endLine: line(to) }),
      owner,
      folders: ['.'],
    });
    const { facts, couplings } = file.done();
    expect(facts.map((fact) => [fact.kind, fact.evidence[0]?.line])).toEqual([
      ['step', 7],
      ['decision', 8],
    ]);
    expect(couplings).toMatchObject([{ system: 'terraform', consumers: [owner.id], evidence: [{ line: 9 }] }]);
  });
});
