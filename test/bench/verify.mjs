// verify on 10,000 events and 500 signatures, beside one ssh-keygen process for each signature.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Milliseconds of some work. @param {() => void} work */
function timed(work) {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before) / 1e6;
}

/**
 * Measures `verify` in the shapes that matter, and the floor in the same run.
 *
 * @param {{ base: string, cli: string, rounds?: number }} options an empty folder, and the built command line
 */
export function benchVerify({ base, cli, rounds = 5 }) {
  const shapes = [
    { name: 'verify, 20 deliveries of 500 events', deliveries: 20 },
    { name: 'verify, one delivery of 10,000 events', deliveries: 1 },
  ];
  return shapes.map(({ name, deliveries }) => {
    const room = join(base, `verify-${deliveries}`);
    const cwd = join(room, 'work');
    const size = { home: join(room, 'home'), deliveries, events: 10_000, signatures: 500 };
    const { signers, signed, env } = signedRepository(cwd, size);
    const runIn = (/** @type {string} */ place, /** @type {string[]} */ ...required) =>
      timed(() => {
        const args = [cli, 'verify', '--trust-from', 'HEAD', ...required, '--json'];
        const ran = spawnSync(process.execPath, args, { cwd: place, env, encoding: 'utf8', maxBuffer: 1 << 28 });
        const answer = JSON.parse(ran.stdout);
        if (ran.status !== 0 || answer.deliveries.length !== deliveries)
          throw new Error(ran.stdout.slice(0, 2000) + ran.stderr);
      });
    const run = () => runIn(cwd, '--require', 'external');
    const nodeFloor = Math.min(
      ...Array.from({ length: 5 }, () => timed(() => spawnSync(process.execPath, ['-e', '0'], { env }))),
    );
    // The goal is stated for a machine on which Node starts in 25 ms.
    const goal = 1000 * Math.max(1, nodeFloor / 25);
    // Nothing is kept between runs but what the operating system keeps of the files: the first run is the cold one.
    const cold = run();
    const processes = timed(() => {
      for (const { message, signature } of signed) {
        const args = ['-Y', 'verify', '-n', NAMESPACE, '-I', PERSON.email, '-f', signers, '-s', signature];
        const { status } = spawnSync('ssh-keygen', args, { env, input: readFileSync(message) });
        if (status !== 0) throw new Error('ssh-keygen does not accept what was measured');
      }
    });
    // One by one is the same work with a process for each signature: all but the signatures, and then the processes.
    const plain = join(room, 'plain');
    signedRepository(plain, { ...size, home: join(room, 'plain-home') }, true);
    const rest = runIn(plain);
    const floor = rest + processes;
    const warm = Array.from({ length: rounds }, run).sort((a, b) => a - b)[rounds >> 1] ?? 0;
    return {
      name,
      coldMs: cold,
      warmMs: warm,
      processesMs: processes,
      oneByOneMs: floor,
      timesFaster: floor / cold,
      goalMs: goal,
      met: warm <= goal && floor / cold >= 4,
    };
  });
}

if (process.argv[1] === import.meta.filename) {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { bundle } = await import('../../scripts/bundle.mjs');
  const base = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  try {
    const dist = join(base, 'plugin', 'mcp-server', 'dist');
    await bundle(dist);
    console.table(benchVerify({ base, cli: join(dist, 'cli.mjs') }));
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
