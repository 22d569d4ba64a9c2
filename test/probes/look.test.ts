import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PROBES } from '../../mcp-server/src/adapters/probes/catalogue.ts';
import { defineProbe, isRefusal, type Probe } from '../../mcp-server/src/adapters/probes/probe.ts';
import { Site } from './looking.ts';

/** A probe with one program and one fact. */
const probing = (program: string): Probe =>
  defineProbe({
    name: program,
    answers: '',
    needs: '',
    strips: '',
    calls: { ask: { run: [program, '{what}'] } },
    targets: () => [{ id: program, values: { what: 'x; touch y' } }],
    async look({ id }, { ask, found }) {
      const answer = await ask('ask', z.object({ version: z.string() }));
      if (isRefusal(answer)) return found({ id, ...answer });
      found({ id, outcome: 'present', version: answer.value.version });
    },
  });
const late = { outcome: 'not-probed', reason: 'hang gives no answer in time' };

describe('a probe', () => {
  it('[R-PROBE-3] that hangs is ended with everything it started, and says so', async () => {
    const site = new Site();
    site.settings = { timeout: 1 };
    site.program('hang', 'sleep 61.5 & sleep 61.5');
    expect((await site.look({}, [probing('hang')])).of('hang')).toMatchObject(late);
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain('sleep 61.5');
  });

  it('[R-PROBE-3] keeps what it had found when the time is up, and says that it is not all', async () => {
    const site = new Site();
    site.settings = { timeout: 1 };
    const stuck: Probe = {
      ...probing('stuck'),
      look({ id }, { found }) {
        found({ id, outcome: 'present' });
        return new Promise(() => {});
      },
    };
    expect((await site.look({}, [stuck])).facts).toEqual([
      { id: 'stuck', outcome: 'present' },
      { id: 'stuck/rest', outcome: 'not-probed', reason: 'not everything was answered within 1 s' },
    ]);
  });

  it('[R-PROBE-3] that answers without end is bounded', async () => {
    const site = new Site();
    site.program('yes-man', 'exec yes');
    expect((await site.look({}, [probing('yes-man')])).of('yes-man')).toMatchObject({
      outcome: 'not-probed',
      reason: 'yes-man gives an answer that is too long',
    });
  });

  it('[R-PROBE-3] is not held up by a helper that keeps its output open', async () => {
    const site = new Site();
    site.program('helper', `echo '{"version":"1"}'; setsid sleep 5 &`);
    expect((await site.look({}, [probing('helper')])).of('helper')).toMatchObject({ outcome: 'present', version: '1' });
  });

  it('[R-PROBE-3] shares the run of a program with a probe that asks the same, and each tells its own fact', async () => {
    const site = new Site();
    site.program('counted', `echo x >> ${site.base}/runs; echo '{"version":"1"}'`);
    const asking = (name: string, env: string[] = []): Probe => ({
      ...probing('counted'),
      name,
      env,
      targets: () => [{ id: name, values: { what: 'x' } }],
    });
    site.env['SEEN'] = '1';
    const { of, calls } = await site.look({}, [asking('one'), asking('two'), asking('other', ['SEEN'])]);
    expect(['one', 'two', 'other'].map((name) => of(name)?.version)).toEqual(['1', '1', '1']);
    expect(calls.map(({ probe }) => probe).sort()).toEqual(['one', 'other', 'two']);
    // Once for both, and once with another environment.
    expect(readFileSync(join(site.base, 'runs'), 'utf8')).toBe('x\nx\n');
  });

  it('[R-PROBE-4] runs its own argument vector without a shell, and sees no credential of the environment', async () => {
    const site = new Site();
    site.env['AWS_SECRET_ACCESS_KEY'] = 'planted-key-0123456789';
    site.program('echo-all', `printf '{"version":"%s %s %s"}' "$#" "$1" "\${AWS_SECRET_ACCESS_KEY:-none}"`);
    expect((await site.look({}, [probing('echo-all')])).of('echo-all')?.version).toBe('1 x; touch y none');
    expect(existsSync('/y')).toBe(false);
  });

  it('[R-PROBE-4] takes no program from the project or from a relative place of the path', async () => {
    const site = new Site();
    site.program('../project/bin/planted', 'touch ran');
    site.env['PATH'] = `${join(site.root, 'bin')}:.:bin`;
    expect((await site.look({}, [probing('planted')])).of('planted')).toMatchObject({
      outcome: 'not-probed',
      reason: 'planted is not installed',
    });
  });

  it('[R-PROBE-2] that may not be run is denied; one that breaks, or talks nonsense, is not probed', async () => {
    const site = new Site();
    mkdirSync(join(site.base, 'bin', 'folder'), { recursive: true });
    site.program('nonsense', 'echo "<html>"');
    site.program('broken', 'echo "cannot reach it" >&2; exit 3');
    site.program('refused', 'echo "Error: permission denied" >&2; exit 3');
    const { facts } = await site.look({}, ['folder', 'nonsense', 'broken', 'refused'].map(probing));
    expect(facts.map(({ id, outcome, reason }) => [id, outcome, reason])).toEqual([
      ['folder', 'denied', 'folder may not be run'],
      ['nonsense', 'not-probed', 'the answer is not what this interface promises'],
      ['broken', 'not-probed', 'broken: cannot reach it'],
      ['refused', 'denied', 'refused: Error: permission denied'],
    ]);
  });

  it('[R-PROBE-3] that throws costs its own facts alone', async () => {
    const site = new Site();
    site.program('fine', `echo '{"version":"1"}'`);
    const bad = { ...probing('fine'), name: 'bad', look: () => Promise.reject(new Error('a bug')) };
    const { facts } = await site.look({}, [{ ...bad, targets: () => [{ id: 'bad' }] }, probing('fine')]);
    expect(facts).toEqual([
      { id: 'bad', outcome: 'not-probed', reason: 'the probe failed: a bug' },
      { id: 'fine', outcome: 'present', version: '1' },
    ]);
  });

  it('[R-PROBE-5] leaves no secret shape, no control character and no endless text in a fact', async () => {
    const site = new Site();
    site.program(
      'leaky',
      `printf '{"version":"\\\\u001b[31m ghp_%s %s"}' $(printf 'a%.0s' $(seq 36)) $(printf 'long%.0s' $(seq 200))`,
    );
    const version = (await site.look({}, [probing('leaky')])).of('leaky')?.version ?? '';
    expect(version).toMatch(/^ \[31m \[redacted\] longlong/);
    expect(version.length).toBeLessThan(310);
  });

  it('[R-PROBE-2] that policy turns off is not probed', async () => {
    const site = new Site();
    site.settings = { off: ['fine'] };
    expect((await site.look({}, [probing('fine')])).facts).toEqual([
      { id: 'fine', outcome: 'not-probed', reason: 'countersign.yaml turns this probe off' },
    ]);
  });
});

describe('all probes', () => {
  it('[R-PROBE-2] say not probed or absent on a machine where nothing is installed, and nothing is present', async () => {
    const site = new Site();
    site.env = { PATH: '/nonexistent', HOME: site.home, DOCKER_HOST: `unix://${site.base}/none.sock` };
    const { facts } = await site.look();
    expect(facts.filter(({ outcome }) => outcome === 'present')).toEqual([]);
    const asked = new Set(facts.map(({ id }) => id.split('/')[0]));
    expect(PROBES.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
    for (const fact of facts.filter(({ id }) => !id.startsWith('tool/'))) expect(fact.outcome).toBe('not-probed');
  });

  it('[R-PROBE-4] only look: no call of any probe has a word that changes something', () => {
    const changes =
      /^(?:apply|create|delete|edit|patch|replace|install|upgrade|uninstall|rollback|destroy|init|import|push|exec|run)$/;
    const calls = PROBES.flatMap(({ name, calls }) =>
      Object.entries(calls).map(([call, one]) => ({ name, call, one })),
    );
    expect(calls.length).toBeGreaterThan(20);
    const words = calls.flatMap(({ one }) => ('run' in one ? one.run : []));
    expect(words.filter((word) => changes.test(word))).toEqual([]);
  });

  it('take the version of ansible-playbook from the ansible that lies beside it, and from no other', async () => {
    const site = new Site();
    const ran = join(site.base, 'ran');
    site.program('ansible', 'echo "ansible [core 2.14.18]"', { alone: true });
    site.program('ansible-playbook', `touch ${ran}; echo "ansible-playbook [core 2.17.0]"`, { alone: true });
    const asked = { tools: ['ansible', 'ansible-playbook'] };
    const beside = await site.look(asked);
    expect(beside.of('tool/ansible-playbook')).toEqual({
      id: 'tool/ansible-playbook',
      outcome: 'present',
      version: '2.14.18',
    });
    expect(existsSync(ran)).toBe(false);
    const apart = join(site.base, 'apart');
    mkdirSync(apart);
    renameSync(join(site.base, 'bin', 'ansible-playbook'), join(apart, 'ansible-playbook'));
    site.env['PATH'] = `${apart}${delimiter}${site.env['PATH']}`;
    expect((await site.look(asked)).of('tool/ansible-playbook')?.version).toBe('2.17.0');
    expect(existsSync(ran)).toBe(true);
  });
});
