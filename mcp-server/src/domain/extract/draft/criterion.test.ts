import { describe, expect, it } from 'vitest';
import type { Fact } from '../contract.ts';
import { criterionOf } from './criterion.ts';

const check = (name: string, attributes: Fact['attributes'], format = 'github-actions'): Fact => ({
  id: name,
  format,
  kind: 'check',
  scope: '.',
  name,
  status: 'inferred',
  evidence: [],
  attributes,
});

describe('the criterion of a check', () => {
  it.each([
    ['test', { runs: ['npm test'] }, '`npm test` ends without an error (`test`).'],
    ['test', { runs: ['go vet', 'go test'] }, '`go vet` and `go test` end without an error (`test`).'],
    ['test', { rule: 'verification-name' }, 'The check `test` passes.'],
    ['healthChecks', { objects: ['Deployment/web'] }, '`Deployment/web` is ready.'],
    ['healthChecks', { objects: ['Deployment/a', 'Job/b'] }, '`Deployment/a` and `Job/b` are ready.'],
    [
      'wait',
      { rule: 'waits-until-ready', of: 'Kustomization/apps' },
      'All that `Kustomization/apps` applies becomes ready.',
    ],
    [
      'readinessProbe',
      { rule: 'probe', workload: 'Deployment/web', container: 'web', path: '/health', port: '80' },
      'The `readinessProbe` of the container `web` of `Deployment/web` succeeds (`/health` on port `80`).',
    ],
    [
      'livenessProbe',
      { rule: 'probe', workload: 'Deployment/web', port: '80' },
      'The `livenessProbe` of `Deployment/web` succeeds (port `80`).',
    ],
    ['livenessProbe', { rule: 'probe', workload: 'Pod/x' }, 'The `livenessProbe` of `Pod/x` succeeds.'],
  ])('%s %j', (name, attributes, expected) => {
    expect(criterionOf(check(name, attributes))).toBe(expected);
  });

  it('of a service is the command that it is asked with', () => {
    expect(criterionOf(check('db', { command: 'pg_isready' }, 'compose'))).toBe(
      'In the service `db`, `pg_isready` ends without an error.',
    );
    expect(criterionOf(check('HEALTHCHECK', { command: 'CMD true' }, 'dockerfile'))).toBe(
      'The check `HEALTHCHECK` passes.',
    );
  });
});
