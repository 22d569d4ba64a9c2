// verify on one delivery of many events, and on a repository of many deliveries; nothing is kept between its runs.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exponentOf } from './growth.mjs';
import { inTurn, timesFloor } from './rows.mjs';

const NAMESPACE = 'countersign-approval-v1';
const PERSON = { email: 'ada@example.org', name: 'Ada' };
const START = Date.UTC(2026, 0, 5, 9);

const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');

/** Canonical JSON of values without numbers that need care. @param {any} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** One delivery's ledger, in a line: rounds of requirements that are submitted and approved, with notes between. */
export class History {
  /** @param {string} folder @param {string} id */
  constructor(folder, id) {
    this.folder = folder;
    this.id = id;
    this.count = 0;
    /** @type {string[]} */
    this.parents = [];
    mkdirSync(join(folder, 'ledger'), { recursive: true });
    mkdirSync(join(folder, 'evidence'));
    this.first = this.add('created', { nonce: sha256(id), title: id, track: 'standard' });
  }

  get at() {
    return new Date(START + this.count * 60_000).toISOString();
  }

  /** @param {string} type @param {object} body */
  add(type, body) {
    const actor = { kind: 'human', name: 'Bob', via: 'cli' };
    const text = canonical({ v: 1, type, delivery: this.id, at: this.at, actor, parents: this.parents, body });
    const event = sha256(text);
    writeFileSync(join(this.folder, 'ledger', `${event}.json`), text);
    this.parents = [event];
    this.count++;
    return event;
  }

  note() {
    this.add('stated', { need: 'CAP-1', status: 'resolved', fact: `fact ${this.count}`, by: 'Bob' });
  }

  /** Submits a round. @param {number} round @returns the statement that approves it */
  submit(round) {
    const text = `round ${round} of ${this.id}\n`;
    writeFileSync(join(this.folder, 'evidence', `${sha256(text)}.md`), text);
    writeFileSync(join(this.folder, 'requirements.md'), text);
    const policy = { approvers: 1, level: 'signed', risk: 'low', separation: false, track: 'standard' };
    const artifacts = [{ path: 'requirements.md', sha256: sha256(text) }];
    const subject = { v: 1, first: this.first, about: 'stage:requirements', artifacts, upstream: [], policy, round };
    const digest = sha256(canonical(subject));
    this.add('submitted', { digest, subject });
    const nonce = sha256(`${this.id} ${round}`);
    return {
      v: 1,
      subject: digest,
      decision: 'approve',
      approver: PERSON,
      seen: this.parents,
      nonce,
      at: this.at,
      comment: '',
    };
  }
}

/**
 * A repository with signed approvals, evenly over its deliveries.
 * @param {string} cwd @param {{ home: string, deliveries: number, events: number, signatures: number }} size
 * @param {boolean} [plain] whether the events claim no signature: the rest of the work, without the signatures
 */
export function signedRepository(cwd, { home, deliveries, events, signatures }, plain = false) {
  mkdirSync(join(home, '.ssh'), { recursive: true });
  mkdirSync(join(cwd, 'deliveries'), { recursive: true });
  const env = { PATH: process.env['PATH'] ?? '', HOME: home };
  execFileSync('git', ['init', '--quiet'], { cwd, env });
  // It would go on in the background, in what is measured next.
  for (const name of ['gc.auto', 'maintenance.auto']) execFileSync('git', ['config', name, '0'], { cwd, env });
  const key = join(home, '.ssh', 'bench');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], { env });
  const publicKey = readFileSync(`${key}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  const signers = join(cwd, 'deliveries', 'allowed_signers');
  writeFileSync(signers, `${PERSON.email} namespaces="${NAMESPACE}" ${publicKey}\n`);
  const messages = join(home, 'messages');
  mkdirSync(messages);
  const [rounds, each] = [signatures / deliveries, events / deliveries];
  const notes = Math.floor((each - 1 - 2 * rounds) / rounds);
  /** @type {{ message: string, signature: string }[]} */
  const signed = [];
  const histories = Array.from({ length: deliveries }, (_, at) => {
    const id = `delivery-${at}`;
    return new History(join(cwd, 'deliveries', id), id);
  });
  for (let round = 1; round <= rounds; round++) {
    const statements = histories.map((history) => history.submit(round));
    const files = statements.map((statement, at) => {
      const file = join(messages, `${round}-${at}`);
      writeFileSync(file, canonical(statement));
      return file;
    });
    // One process signs all files of a round.
    execFileSync('ssh-keygen', ['-Y', 'sign', '-q', '-n', NAMESPACE, '-f', key, ...files], { env, stdio: 'ignore' });
    for (const [at, history] of histories.entries()) {
      const signature = `${files[at]}.sig`;
      history.add('decided', {
        level: plain ? 'recorded' : 'signed',
        statement: statements[at],
        ...(plain ? {} : { signature: readFileSync(signature, 'utf8') }),
      });
      signed.push({ message: /** @type {string} */ (files[at]), signature });
      for (let note = 0; note < notes; note++) history.note();
    }
  }
  for (const history of histories) while (history.count < each) history.note();
  execFileSync('git', ['add', '-A'], { cwd, env });
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  execFileSync('git', [...author, 'commit', '--quiet', '-m', 'bench'], { cwd, env });
  return { signers, signed, env };
}

/** Goals where the floor is 25 ms. */
const GOALS = { one: 500, cold: 3000 };

/** Signatures checked by one process of ssh-keygen each, in milliseconds for one. @param {ReturnType<typeof signedRepository>} made */
function byProcess({ signers, signed, env }) {
  const some = signed.slice(0, 50);
  const before = performance.now();
  for (const { message, signature } of some) {
    const args = ['-Y', 'verify', '-n', NAMESPACE, '-I', PERSON.email, '-f', signers, '-s', signature];
    const { status } = spawnSync('ssh-keygen', args, { env, input: readFileSync(message) });
    if (status !== 0) throw new Error('ssh-keygen does not accept what was measured');
  }
  return (performance.now() - before) / some.length;
}

/** Processor time of the program without anything to verify. @param {string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} env */
const startOf = ([cli = ''], cwd, env) => inTurn([cli, '--help'], { cwd, env }, 3).cpu;

/** @param {import('./rows.mjs').Place} place @returns {Promise<import('./rows.mjs').Row[]>} */
export async function bench({ base, dist, rounds, quick }) {
  const part = quick ? 20 : 1;
  const shapes = [
    ...[8, 4, 2].map((of) => ({ deliveries: 1, events: 10_000 / part / of, signatures: 500 / part / of })),
    { deliveries: 1, events: 10_000 / part, signatures: 500 / part, goal: GOALS.one },
    { deliveries: 40, events: 20_000 / part, signatures: 1000 / part },
    { deliveries: 200, events: 100_000 / part, signatures: 1000 / part, goal: GOALS.cold },
  ];
  const rows = [];
  /** What one delivery takes, by the number of its events. */
  const points = [];
  for (const { deliveries, signatures, goal, ...size } of shapes) {
    const events = Math.round(size.events);
    const room = join(base, `verify-${deliveries}-${events}`);
    const cwd = join(room, 'work');
    const made = signedRepository(cwd, {
      home: join(room, 'home'),
      deliveries,
      events,
      signatures: Math.max(Math.round(signatures), deliveries),
    });
    const args = [join(dist, 'cli.mjs'), 'verify', '--trust-from', 'HEAD', '--require', 'external', '--json'];
    const { ms, cpu, floorMs, floorCpu, stdout } = inTurn(args, { cwd, env: made.env }, Math.min(rounds, 5));
    if (JSON.parse(stdout).deliveries.length !== deliveries) throw new Error(stdout.slice(0, 2000));
    const name = `verify, ${deliveries === 1 ? 'one delivery' : `${deliveries} deliveries`}, ${events} events, ${made.signed.length} signatures`;
    const note = `ssh-keygen takes ${byProcess(made).toFixed(1)} ms for one signature`;
    if (deliveries === 1) points.push({ size: events, ms: cpu });
    rows.push({
      name,
      ms,
      cpu,
      floorMs,
      floorCpu,
      note,
      ...(points.length === 4 && deliveries === 1
        ? { exponent: exponentOf(points, startOf(args, cwd, made.env)) }
        : {}),
      ...(goal === undefined || quick ? {} : { goalMs: timesFloor(floorMs, goal) }),
    });
  }
  return rows;
}
