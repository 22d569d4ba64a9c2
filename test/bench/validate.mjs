// validate over many deliveries, cold and with one of them changed, beside `openspec validate --all --strict` on the same amount
// of text where npm can install it.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, runNode } from './cpu.mjs';
import { exponentOf } from './growth.mjs';
import { History } from './verify.mjs';

const REQUIREMENTS = 50;
const CRITERIA = 3;
/** Parts of OpenSpec's time: all of few deliveries for the first time, and many of which one changed. */
const GOALS = { few: 1, changed: 0.5 };
const FEW = 10;
/** Installed once, for the benchmark alone: no part of the project needs it. */
const PEER = '.cache/bench/openspec';

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

/** @param {string} cwd @param {NodeJS.ProcessEnv} env @param {number} deliveries */
function repository(cwd, env, deliveries) {
  mkdirSync(cwd, { recursive: true });
  execFileSync('git', ['init', '--quiet'], { cwd, env });
  for (const at of range(deliveries)) {
    const folder = join(cwd, 'deliveries', `records-${at}`);
    new History(folder, `records-${at}`);
    writeFileSync(join(folder, 'requirements.md'), requirements(at));
  }
  return cwd;
}

/** The same text as OpenSpec has it. @param {string} cwd @param {number} deliveries */
function theirs(cwd, deliveries) {
  for (const at of range(deliveries)) {
    const folder = join(cwd, 'openspec', 'specs', `records-${at}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'spec.md'), specification(at));
  }
  return cwd;
}

/** OpenSpec's program; undefined where npm cannot bring it. */
function openspec() {
  const program = join(process.cwd(), PEER, 'node_modules', '@fission-ai', 'openspec', 'bin', 'openspec.js');
  if (existsSync(program)) return program;
  mkdirSync(PEER, { recursive: true });
  writeFileSync(join(PEER, 'package.json'), '{"private":true}');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '@fission-ai/openspec'];
  const { status } = spawnSync('npm', args, { cwd: PEER, timeout: 180_000, stdio: 'ignore' });
  return status === 0 ? program : undefined;
}

/** @param {import('./rows.mjs').Place} place @returns {Promise<import('./rows.mjs').Row[]>} */
export async function bench({ base, dist, rounds, quick }) {
  const count = quick ? 48 : 300;
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: base,
    XDG_STATE_HOME: join(base, 'state'),
    OPENSPEC_TELEMETRY: '0',
  };
  const cli = join(dist, 'cli.mjs');
  const run = (/** @type {string} */ cwd) => runNode([cli, 'validate'], { cwd, env });
  // Each size in a repository of its own: nothing is kept of any, and none was seen before.
  const cold = [FEW, count / 4, count / 2, count].map(Math.ceil).map((size) => {
    const cwd = repository(join(base, `validate-${size}`), env, size);
    return { size, cwd, ...run(cwd) };
  });
  const { cwd } = /** @type {typeof cold[number]} */ (cold.at(-1));
  const program = openspec();
  const [all, few] = [theirs(join(base, 'theirs'), count), theirs(join(base, 'theirs-few'), FEW)];
  const peer = (/** @type {string} */ place) =>
    program === undefined ? undefined : runNode([program, 'validate', '--all', '--strict'], { cwd: place, env });
  /** @type {Record<'floor' | 'same' | 'changed' | 'whole' | 'few', { wall: number, cpu: number }[]>} */
  const runs = { floor: [], same: [], changed: [], whole: [], few: [] };
  const keep = (/** @type {keyof typeof runs} */ name, /** @type {ReturnType<typeof run> | undefined} */ one) => {
    if (one !== undefined) runs[name].push(one);
  };
  for (const round of range(rounds)) {
    keep('floor', runNode(['-e', '0'], { cwd, env }));
    keep('same', run(cwd));
    // One in the middle, so that half of the others are looked up before it and half behind it.
    const changed = join(cwd, 'deliveries', `records-${Math.ceil(count / 2)}`, 'requirements.md');
    appendFileSync(changed, `\nRound ${round}.\n`);
    keep('changed', run(cwd));
    keep('whole', peer(all));
    keep('few', peer(few));
  }
  const of = (/** @type {keyof typeof runs} */ name, /** @type {'wall' | 'cpu'} */ clock) =>
    median(runs[name].map((one) => one[clock]));
  const row = (/** @type {string} */ name, /** @type {keyof typeof runs} */ key) => ({
    name: `${name}, ${count} deliveries`,
    ms: of(key, 'wall'),
    cpu: of(key, 'cpu'),
    floorMs: of('floor', 'wall'),
    floorCpu: of('floor', 'cpu'),
  });
  const points = cold.map(({ size, cpu }) => ({ size, ms: cpu }));
  const exponent = exponentOf(points, of('floor', 'cpu'));
  const part = (/** @type {number} */ cpu, /** @type {'whole' | 'few'} */ key) =>
    `${(cpu / of(key, 'cpu')).toFixed(2)} of the peer by processors`;
  return [
    ...cold.map(({ size, wall, cpu }) => ({
      name: `validate, ${size} deliveries for the first time`,
      ms: wall,
      cpu,
      floorMs: of('floor', 'wall'),
      floorCpu: of('floor', 'cpu'),
      ...(size === FEW && program !== undefined
        ? { goalMs: GOALS.few * of('few', 'wall'), note: part(cpu, 'few') }
        : {}),
      ...(size === count ? { exponent } : {}),
    })),
    row('validate, nothing changed', 'same'),
    {
      ...row('validate, one changed', 'changed'),
      ...(program === undefined
        ? {}
        : { goalMs: GOALS.changed * of('whole', 'wall'), note: part(of('changed', 'cpu'), 'whole') }),
    },
    ...(program === undefined
      ? []
      : [
          row('peer openspec validate', 'whole'),
          { ...row('peer', 'few'), name: `peer openspec validate, ${FEW} deliveries` },
        ]),
  ];
}
