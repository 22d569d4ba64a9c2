// node test/bench/validate.mjs [--deliveries N] [--rounds N] [--dist FOLDER]: validate over many deliveries, cold and with one
// of them changed, beside `openspec validate --all --strict` on the same amount of text where npm can install it.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../../scripts/bundle.mjs';
import { median, runNode } from './cpu.mjs';
import { exponentOf } from './growth.mjs';
import { History } from './verify.mjs';

const REQUIREMENTS = 50;
const CRITERIA = 3;
/** With one delivery changed, at most this part of OpenSpec's time; growth with the number of deliveries at most this power. */
const GOALS = { part: 0.5, exponent: 1.1 };

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '5' },
    dist: { type: 'string' },
  },
});
const count = Number(values.deliveries);
const rounds = Number(values.rounds);
const base = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-bench-')));
const env = { PATH: process.env.PATH ?? '', HOME: base, XDG_STATE_HOME: join(base, 'state'), OPENSPEC_TELEMETRY: '0' };

const range = (/** @type {number} */ length) => Array.from({ length }, (_, at) => at + 1);
const sentence = (/** @type {number} */ n, /** @type {number} */ of) =>
  `WHEN request ${n} of kind ${of} arrives, the service SHALL write one record with the address that was asked for and its owner.`;
const seen = (/** @type {number} */ n) =>
  `The record of request ${n} is in the zone within 60 seconds, with its owner.`;

/** @param {number} delivery */
function requirements(delivery) {
  const blocks = range(REQUIREMENTS).map((n) => {
    const criteria = range(CRITERIA).map((at) => `- **AC-${n}.${at}** ${seen(at)}`);
    return `### REQ-${n}: Record ${n}\n\n${sentence(n, delivery)}\n\n${criteria.join('\n')}`;
  });
  const front = `---\ncountersign: requirements/1\ntitle: "Records ${delivery}"\nowner: Ada\nrisk: low\n---`;
  const prose = '## Problem\n\nBy hand.\n\n## Goal\n\nBy itself.\n\n## Scope\n\n### In scope\n\n- Records.\n';
  return `${front}\n\n${prose}\n## Requirements\n\n${blocks.join('\n\n')}\n`;
}

/** The same requirements as OpenSpec writes them. @param {number} delivery */
function specification(delivery) {
  const blocks = range(REQUIREMENTS).map((n) => {
    const scenarios = range(CRITERIA).map(
      (at) => `#### Scenario: Record ${n}.${at}\n- **WHEN** request ${n} arrives\n- **THEN** ${seen(at)}`,
    );
    return `### Requirement: Record ${n}\n${sentence(n, delivery)}\n\n${scenarios.join('\n\n')}`;
  });
  const purpose = 'Records of the zone follow from requests, and nobody edits the zone by hand any more.';
  return `# records-${delivery} Specification\n\n## Purpose\n${purpose}\n\n## Requirements\n\n${blocks.join('\n\n')}\n`;
}

/** @param {string} name @param {number} deliveries */
function repository(name, deliveries) {
  const cwd = join(base, name);
  mkdirSync(cwd);
  execFileSync('git', ['init', '--quiet'], { cwd, env });
  for (const at of range(deliveries)) {
    const folder = join(cwd, 'deliveries', `records-${at}`);
    new History(folder, `records-${at}`);
    writeFileSync(join(folder, 'requirements.md'), requirements(at));
  }
  return cwd;
}

/** OpenSpec's program, installed for this run only; undefined where npm cannot bring it. */
function openspec() {
  const folder = join(base, 'openspec-package');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '@fission-ai/openspec'];
  const { status } = spawnSync('npm', args, {
    cwd: folder,
    env: { ...process.env, HOME: base },
    timeout: 180_000,
    stdio: 'ignore',
  });
  return status === 0 ? join(folder, 'node_modules', '@fission-ai', 'openspec', 'bin', 'openspec.js') : undefined;
}

try {
  const dist = values.dist === undefined ? join(base, 'dist') : resolve(values.dist);
  if (values.dist === undefined) await bundle(dist);
  const cli = join(dist, 'cli.mjs');
  const run = (/** @type {string} */ cwd) => runNode([cli, 'validate'], { cwd, env });
  // Each size in a repository of its own: nothing is kept of any, and none was seen before.
  const cold = [count / 8, count / 4, count / 2, count].map(Math.ceil).map((size) => {
    const cwd = repository(`countersign-${size}`, size);
    return { size, cwd, ...run(cwd) };
  });
  const cwd = /** @type {typeof cold[number]} */ (cold.at(-1)).cwd;
  const other = openspec();
  const theirs = join(base, 'theirs');
  for (const at of range(count)) {
    const folder = join(theirs, 'openspec', 'specs', `records-${at}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'spec.md'), specification(at));
  }
  /** @type {Record<'floor' | 'same' | 'changed' | 'whole', { wall: number, cpu: number }[]>} */
  const runs = { floor: [], same: [], changed: [], whole: [] };
  for (const round of range(rounds)) {
    runs.floor.push(runNode(['-e', '0'], { cwd, env }));
    runs.same.push(run(cwd));
    // One in the middle, so that half of the others are looked up before it and half behind it.
    appendFileSync(
      join(cwd, 'deliveries', `records-${Math.ceil(count / 2)}`, 'requirements.md'),
      `\nRound ${round}.\n`,
    );
    runs.changed.push(run(cwd));
    if (other !== undefined) runs.whole.push(runNode([other, 'validate', '--all', '--strict'], { cwd: theirs, env }));
  }
  const of = (/** @type {keyof typeof runs} */ name, /** @type {'wall' | 'cpu'} */ clock) =>
    median(runs[name].map((one) => one[clock]));
  const ms = (/** @type {number} */ value) => `${value.toFixed(0).padStart(7)} ms`;
  const line = (/** @type {string} */ name, /** @type {number} */ wall, /** @type {number} */ cpu, rest = '') =>
    console.log(`${name.padEnd(22)}${ms(wall)}${ms(cpu)}  ${rest}`);
  console.log(`${count} deliveries x ${REQUIREMENTS} requirements x ${CRITERIA} criteria: by the clock, of processors`);
  line('node -e 0', of('floor', 'wall'), of('floor', 'cpu'));
  for (const one of cold) line(`cold, ${one.size}`, one.wall, one.cpu);
  const points = cold.map(({ size, cpu }) => ({ size, ms: cpu }));
  const exponent = exponentOf(points, of('floor', 'cpu'));
  console.log(
    `growth                exponent ${exponent.toFixed(2)} of four sizes, of processors (goal ${GOALS.exponent})`,
  );
  line('nothing changed', of('same', 'wall'), of('same', 'cpu'));
  if (other === undefined) {
    line('one changed', of('changed', 'wall'), of('changed', 'cpu'));
    console.log('openspec              could not be installed');
  } else {
    const part = (/** @type {'wall' | 'cpu'} */ clock) => (of('changed', clock) / of('whole', clock)).toFixed(2);
    line('openspec', of('whole', 'wall'), of('whole', 'cpu'));
    const parts = `${part('wall')} of it by the clock, ${part('cpu')} of processors (goal ${GOALS.part})`;
    line('one changed', of('changed', 'wall'), of('changed', 'cpu'), parts);
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}
