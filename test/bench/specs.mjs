// trace, and the difference from what was approved, over one delivery with many requirements and over an eighth, a quarter and a
// half of it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, runNode } from './cpu.mjs';
import { exponentOf } from './growth.mjs';
import { canonical, History } from './verify.mjs';

const range = (/** @type {number} */ length) => Array.from({ length }, (_, at) => at + 1);
const front = (/** @type {string} */ kind, rest = '') => `---\ncountersign: ${kind}/1\n${rest}---\n\n`;
const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');

/** @param {number} count */
function specification(count) {
  const blocks = range(count).map(
    (n) =>
      `### REQ-${n}: Record ${n}\n\nWHEN request ${n} arrives, the service SHALL write record ${n}.\n\n- **AC-${n}.1** Record ${n} is in the zone.\n`,
  );
  const components = range(Math.ceil(count / 10)).map((n) => {
    const own = range(10).map((at) => `REQ-${Math.min(count, n * 10 - 10 + at)}`);
    const needs = n === 1 ? 'none' : `CMP-${n >> 1}`;
    return `### CMP-${n}: Role ${n}\n\n- Kind: role\n- Action: build\n- Depends on: ${needs}\n- Realises: ${own.join(', ')}\n- Paths: roles/${n}/\n`;
  });
  const checks = range(count).map(
    (n) =>
      `### CHK-${n}: Record ${n}\n\n- Criterion: AC-${n}.1\n- Component: CMP-${Math.ceil(n / 10)}\n- Method: inspection\n- Expect: record ${n}\n`,
  );
  return {
    'requirements.md': `${front('requirements', 'title: Records\nowner: Ada\n')}## Requirements\n\n${blocks.join('\n')}`,
    'feasibility.md': `${front('feasibility', 'decision: feasible\n')}## Findings\n\nNothing is needed.\n`,
    'design.md': `${front('design')}## Components\n\n${components.join('\n')}\n## Verification\n\n${checks.join('\n')}\n## Rollback\n\nNone.\n`,
  };
}

/**
 * A delivery whose three texts were approved, and whose requirements then moved in one place.
 *
 * @param {string} cwd @param {NodeJS.ProcessEnv} env @param {number} count
 */
function repository(cwd, env, count) {
  mkdirSync(cwd);
  execFileSync('git', ['init', '--quiet'], { cwd, env });
  for (const [key, value] of [
    ['name', 'Ada'],
    ['email', 'ada@example.org'],
  ])
    execFileSync('git', ['config', `user.${key}`, value ?? ''], { cwd, env });
  const folder = join(cwd, 'deliveries', 'records');
  const history = new History(folder, 'records');
  const texts = specification(count);
  const artifacts = Object.entries(texts).map(([path, text]) => ({ path, sha256: sha256(text) }));
  for (const [path, text] of Object.entries(texts)) {
    writeFileSync(join(folder, path), text);
    writeFileSync(join(folder, 'evidence', `${sha256(text)}.md`), text);
  }
  const policy = { approvers: 1, level: 'recorded', risk: 'low', separation: false, track: 'light' };
  const subject = { v: 1, first: history.first, about: 'stage:design', artifacts, upstream: [], policy, round: 1 };
  const digest = sha256(canonical(subject));
  history.add('submitted', { digest, subject });
  const statement = {
    v: 1,
    subject: digest,
    decision: 'approve',
    approver: { name: 'Ada' },
    seen: history.parents,
    nonce: sha256('nonce'),
    at: history.at,
    comment: '',
  };
  history.add('decided', { level: 'recorded', statement });
  writeFileSync(
    join(folder, 'requirements.md'),
    texts['requirements.md'].replace('write record 7.', 'write record 7 twice.'),
  );
  return cwd;
}

/** @param {import('./rows.mjs').Place} place @returns {Promise<import('./rows.mjs').Row[]>} */
export async function bench({ base, dist, rounds, quick }) {
  const most = quick ? 800 : 10_000;
  const env = { PATH: process.env.PATH ?? '', HOME: base, XDG_STATE_HOME: join(base, 'state') };
  const cli = join(dist, 'cli.mjs');
  const sizes = [most / 8, most / 4, most / 2, most].map(Math.ceil);
  const places = sizes.map((size) => ({ size, cwd: repository(join(base, `specs-${size}`), env, size) }));
  const cases = [
    { name: 'trace', args: ['trace', 'records', '--json'], says: '"gaps"' },
    { name: 'trace of one', args: ['trace', 'records', 'REQ-7', '--json'], says: 'CHK-7' },
    { name: 'delta and impact', args: ['change', 'records', 'status', '--json'], says: '1 entry differs' },
  ];
  return cases.map(({ name, args, says }) => {
    /** @type {number[]} */
    const floors = [];
    const points = places.map(({ size, cwd }) => {
      const runs = range(Math.min(rounds, 3)).map(() => {
        floors.push(runNode(['-e', '0'], { cwd, env }).wall);
        return runNode([cli, ...args], { cwd, env });
      });
      if (!runs.every(({ stdout }) => stdout.includes(says)))
        throw new Error(`${name}: ${runs[0]?.stdout.slice(0, 500)}`);
      return { size, ms: median(runs.map(({ cpu }) => cpu)), wall: median(runs.map(({ wall }) => wall)) };
    });
    const { ms: cpu, wall } = /** @type {typeof points[number]} */ (points.at(-1));
    const exponent = exponentOf(points, runNode([cli, '--help'], { cwd: base, env }).cpu);
    return { name: `${name}, ${most} requirements`, ms: wall, cpu, floorMs: median(floors), exponent };
  });
}
