// node test/bench/validate.mjs [--deliveries N] [--rounds N] [--dist FOLDER]: validate over many deliveries, cold and with one
// of them changed, beside `openspec validate --all --strict` on the same amount of text where npm can install it.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { bundle } from '../../scripts/bundle.mjs';
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

/** @param {string} program @param {string[]} args @param {string} cwd */
function time(program, args, cwd) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env,
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

/** @param {number[]} times */
const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

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
  const cwd = repository('countersign', count);
  const cold = time(cli, ['validate'], cwd);
  const small = repository('small', Math.ceil(count / 10));
  const coldSmall = time(cli, ['validate'], small);
  const other = openspec();
  const theirs = join(base, 'theirs');
  for (const at of range(count)) {
    const folder = join(theirs, 'openspec', 'specs', `records-${at}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'spec.md'), specification(at));
  }
  const [same, changed, whole] = [[], [], []].map((list) => /** @type {number[]} */ (list));
  for (const round of range(rounds)) {
    same?.push(time(cli, ['validate'], cwd));
    appendFileSync(join(cwd, 'deliveries', 'records-1', 'requirements.md'), `\nRound ${round}.\n`);
    changed?.push(time(cli, ['validate'], cwd));
    if (other !== undefined) whole?.push(time(other, ['validate', '--all', '--strict'], theirs));
  }
  const ms = (/** @type {number} */ value) => `${value.toFixed(0).padStart(8)} ms`;
  const exponent = Math.log10(cold / coldSmall);
  console.log(`${count} deliveries x ${REQUIREMENTS} requirements x ${CRITERIA} criteria`);
  console.log(`cold             ${ms(cold)}  exponent ${exponent.toFixed(2)} (goal ${GOALS.exponent})`);
  console.log(`nothing changed  ${ms(median(same ?? []))}`);
  console.log(`one changed      ${ms(median(changed ?? []))}`);
  if (other === undefined) console.log('openspec         could not be installed');
  else {
    const part = median(changed ?? []) / median(whole ?? []);
    console.log(
      `openspec         ${ms(median(whole ?? []))}  one changed is ${part.toFixed(2)} of it (goal ${GOALS.part})`,
    );
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}
