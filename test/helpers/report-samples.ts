import { readDesign } from '../../mcp-server/src/domain/artifact/design.ts';
import type { Workspace } from '../../mcp-server/src/domain/build/manifest.ts';
import { buildManifest, checkStatuses, MANIFEST } from '../../mcp-server/src/domain/build/manifest.ts';
import { canonical, type Json } from '../../mcp-server/src/domain/canonical.ts';
import { contentDigest, type Frozen } from '../../mcp-server/src/domain/decision/subject.ts';
import { assess, type DeliveryRead } from '../../mcp-server/src/domain/delivery.ts';
import { snapshotBytes } from '../../mcp-server/src/domain/feasibility/snapshot.ts';
import { contentHash, sha256 } from '../../mcp-server/src/domain/hash.ts';
import type { Recorded } from '../../mcp-server/src/domain/ledger/event.ts';
import { DEFAULT_POLICY, type Policy } from '../../mcp-server/src/domain/policy/policy.ts';
import { buildReport, type Report } from '../../mcp-server/src/domain/report/report.ts';
import type { ArtifactName } from '../../mcp-server/src/domain/stage.ts';
import { DESIGN, feasibility, REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { human, LedgerBuilder, type Placement } from './ledger-builder.ts';

const AGENT = { kind: 'agent', name: 'client 1.0', email: 'ada@example.org', via: 'mcp' } as const;
const HOUR = 3_600_000;

/** A delivery told event by event, without files: its ledger, its frozen texts, and what is in the project. */
export class Tale {
  readonly story: LedgerBuilder;
  readonly evidence = new Map<string, string>();
  readonly artifacts: Partial<Record<ArtifactName, string>> = {};
  workspace: Workspace = { files: [], scripts: new Map() };
  #upstream: string[] = [];
  #at = Date.UTC(2026, 0, 5, 9);

  constructor(delivery = 'zone-file') {
    this.story = new LedgerBuilder({ delivery });
  }

  keep(text: string): string {
    this.evidence.set(sha256(text), text);
    return sha256(text);
  }

  /** Lets time go by, and says when the next event happens. */
  later(hours = 1, actor?: Placement['actor']): Placement {
    this.#at += hours * HOUR;
    return { at: this.#at, ...(actor === undefined ? {} : { actor }) };
  }

  write(name: ArtifactName, text: string): void {
    this.artifacts[name] = text;
  }

  /** Submits a stage as it is now, bound to what was approved before it. */
  submit(stage: string, round = 1): Recorded<'submitted'> {
    const artifacts = this.#content(stage);
    return this.story.submit(`stage:${stage}`, {
      artifacts,
      upstream: this.#upstream,
      round,
      ...this.later(2, AGENT),
    });
  }

  approve(submission: Recorded<'submitted'>, options: { hours?: number; comment?: string } = {}): void {
    const { hours = 5, comment = '' } = options;
    this.story.approve(submission, {
      by: { name: 'Grace Hopper', email: 'grace@example.org' },
      comment,
      ...this.later(hours),
    });
    this.#upstream.push(contentDigest(submission.body.subject));
  }

  reject(submission: Recorded<'submitted'>, comment: string): void {
    this.story.reject(submission, {
      by: { name: 'Grace Hopper', email: 'grace@example.org' },
      comment,
      ...this.later(20),
    });
  }

  pass(stage: string): void {
    this.approve(this.submit(stage));
  }

  probe(): string {
    const snapshot = this.keep(
      snapshotBytes([
        { id: 'tool/git', outcome: 'present', version: '2.39.5' },
        { id: 'tool/node', outcome: 'present', version: '20.20.0' },
        { id: 'tool/terraform', outcome: 'absent' },
        { id: 'cloud/account', outcome: 'denied', reason: 'the account may not list projects' },
      ]),
    );
    this.story.add('probed', { snapshot, present: 2, absent: 1, denied: 1, notProbed: 0 }, this.later(1, AGENT));
    return `sha256:${snapshot}`;
  }

  /** Runs a check as if it printed this. */
  run(id: string, result: 'passed' | 'failed', stdout = '', hours = 0.5): void {
    const status = checkStatuses(readDesign(this.artifacts['design.md']!), this.workspace, this.ledger).find(
      (one) => one.check.id === id,
    )!;
    const stream = (text: string) => ({ text, bytes: text.length, sha256: sha256(text) });
    const text = canonical({
      schema: 'countersign/check-run@1',
      check: id,
      script: status.check.command?.text ?? '',
      exit: result === 'passed' ? 0 : 1,
      unmet: result === 'passed' ? [] : ['exit 0, got 1'],
      stdout: stream(stdout),
      stderr: stream(''),
      at: this.#at,
    } as unknown as Json);
    const body = {
      check: id,
      component: status.component ?? '',
      definition: status.definition,
      inputs: status.inputs,
      result,
      exit: result === 'passed' ? 0 : 1,
      durationMs: 120,
      evidence: this.keep(text),
    };
    this.story.add('checked', body, this.later(hours, AGENT));
  }

  get ledger() {
    return this.story.ledger();
  }

  /** The delivery as it is read, under this policy. */
  read(policy: Policy = DEFAULT_POLICY): DeliveryRead {
    return {
      id: this.story.delivery,
      ledger: this.ledger,
      policy,
      artifacts: this.artifacts,
      workspace: this.workspace,
      gone: [],
      now: this.#at + HOUR,
    };
  }

  report(): Report {
    const read = this.read();
    const text = (hash: string) => this.evidence.get(hash);
    return buildReport(read, assess(read), { signatures: [], text, next: '/build zone-file' });
  }

  #content(stage: string): Frozen[] {
    const name = `${stage}.md` as ArtifactName;
    if (stage !== 'build') {
      const text = this.artifacts[name]!;
      return [{ path: name, sha256: this.keepText(text) }];
    }
    const manifest = buildManifest(readDesign(this.artifacts['design.md']!), this.workspace, this.ledger);
    return [{ path: MANIFEST, sha256: this.keep(manifest.content ?? '{"components":[]}') }];
  }

  keepText(text: string): string {
    this.evidence.set(contentHash(text), text);
    return contentHash(text);
  }
}

/** A finished delivery with a rejected round, a failed check, a deviation, a comment, and a design that was approved twice. */
export function finishedTale(): Tale {
  const tale = new Tale();
  const { story } = tale;
  tale.write('requirements.md', REQUIREMENTS.replace('owner: "Demo Person"', 'owner: "Ada"\nrefs: [CHG0041]'));
  tale.reject(tale.submit('requirements'), 'REQ-2 does not say what happens to the old zone');
  story.add(
    'commented',
    { about: 'stage:requirements', anchor: 'REQ-1', text: 'sorted how?' },
    tale.later(1, human('Grace Hopper')),
  );
  tale.write(
    'requirements.md',
    tale.artifacts['requirements.md']!.replace('and end with', 'keep the old zone, and end with'),
  );
  tale.approve(tale.submit('requirements', 2));
  tale.write('feasibility.md', feasibility(tale.probe()));
  tale.pass('feasibility');
  tale.write('design.md', DESIGN);
  const first = tale.submit('design');
  tale.story.approve(first, { by: { name: 'Grace Hopper', email: 'grace@example.org' }, ...tale.later(3) });
  tale.write(
    'design.md',
    DESIGN.replace('Refuse instead of repair', 'Refuse, and say why').replace('- Kind: program', '- Kind: script'),
  );
  tale.approve(tale.submit('design', 2));
  tale.workspace = {
    files: ['zone/generate.mjs', 'zone/hosts.json'].map((path) => ({ path, sha256: sha256(path) })),
    scripts: new Map(),
  };
  story.add('started', { task: 'TSK-1.1', component: 'CMP-1' }, tale.later(1, AGENT));
  tale.run('CHK-1', 'passed', '2 hosts\n');
  story.add('started', { task: 'TSK-2.1', component: 'CMP-2' }, tale.later(1, AGENT));
  tale.run('CHK-2', 'passed', 'alpha IN A 192.0.2.1\nbravo IN A 192.0.2.2\n');
  tale.run('CHK-3', 'failed', 'alpha IN A 192.0.2.1\n');
  tale.run('CHK-3', 'passed', '');
  story.add(
    'deviated',
    { id: 'DEV-1', component: 'CMP-2', designed: 'a program', delivered: 'a script', reason: 'nothing to compile' },
    tale.later(1, AGENT),
  );
  tale.pass('build');
  tale.write('as-built.md', '---\ncountersign: as-built/1\n---\n\n# As built\n');
  tale.pass('as-built');
  return tale;
}

/** What would run, load, restyle or mislead if any of it got into a page as markup. */
export const PAYLOADS = [
  '<script>document.title="owned"</script>',
  '<img src=x onerror="document.title=\'owned\'">',
  '"><svg onload=document.title="owned">',
  "' autofocus onfocus='document.title=1' x='",
  '</title><script>document.title="owned"</script>',
  '</style><style>body{display:none}</style>',
  '</script><script>document.title="owned"</script>',
  '<!--',
  ']]>',
  '[click](javascript:document.title="owned")',
  '![x](https://evil.example/beacon.png)',
  '&lt;script&gt;',
  '{{constructor.constructor("document.title=1")()}}',
  'user\u202egnp.exe',
  'bell\u0007 escape\u001b[31m null\u0000',
] as const;

/** A delivery whose every text is an attack. */
export function hostileTale(): Tale {
  const tale = new Tale('hostile');
  const { story } = tale;
  const line = (at: number) => PAYLOADS[at % PAYLOADS.length]!.replace(/\p{Cc}/gu, ' ');
  const all = PAYLOADS.map((_, at) => line(at)).join(' ');
  const requirements = PAYLOADS.map(
    (_, at) => `### REQ-${at + 1}: ${line(at)}\n\nTHE SYSTEM SHALL ${line(at)}.\n\n- **AC-${at + 1}.1** ${line(at)}\n`,
  );
  tale.write(
    'requirements.md',
    `---\ncountersign: requirements/1\ntitle: ${JSON.stringify(all)}\nowner: ${JSON.stringify(line(1))}\nrefs: [${JSON.stringify(line(0))}]\n---\n\n## Requirements\n\n${requirements.join('\n')}`,
  );
  tale.reject(tale.submit('requirements'), PAYLOADS.join('\n'));
  story.add('commented', { about: 'stage:requirements', anchor: 'REQ-1', text: all }, tale.later(1, human(line(0))));
  tale.approve(tale.submit('requirements', 2), { comment: all });
  const snapshot = tale.keep(snapshotBytes(PAYLOADS.map((id) => ({ id, outcome: 'denied' as const, reason: id }))));
  story.add('probed', { snapshot, present: 0, absent: 0, denied: 15, notProbed: 0 }, tale.later());
  story.add('stated', { need: line(2), status: 'resolved', fact: all, by: line(1) }, tale.later());
  tale.write(
    'feasibility.md',
    `---\ncountersign: feasibility/1\ndecision: feasible\nplatform: sha256:${snapshot}\n---\n\n## Findings\n\n| Need | Status | Fact | Evidence |\n| --- | --- | --- | --- |\n| ${line(0)} | ${line(1)} | ${line(2)} | ${line(5)} |\n`,
  );
  const components = PAYLOADS.map(
    (_, at) =>
      `### CMP-${at + 1}: ${line(at)}\n\n- Kind: ${line(at)}\n- Action: build\n- Depends on: ${at === 0 ? 'none' : `CMP-${at}`}\n- Realises: REQ-${at + 1}\n- Paths: src/${at}/\n`,
  );
  const checks = PAYLOADS.map(
    (_, at) =>
      `### CHK-${at + 1}: ${line(at)}\n\n- Criterion: AC-${at + 1}.1\n- Component: CMP-${at + 1}\n- Method: command\n- Expect: stdout contains ${line(at)}\n\n\`\`\`sh\necho '${line(at)}'\n\`\`\`\n`,
  );
  const design = `---\ncountersign: design/1\n---\n\n## Bindings\n\n| Role | System | Adapter | Version |\n| --- | --- | --- | --- |\n| ${line(0)} | ${line(1)} | x | y |\n\n## Components\n\n${components.join('\n')}\n## Verification\n\n${checks.join('\n')}`;
  tale.write('design.md', design);
  const first = tale.submit('design');
  story.approve(first, { by: { name: line(0), email: line(3) }, comment: all, ...tale.later() });
  tale.write('design.md', design.replaceAll('Kind: ', 'Kind: other '));
  tale.approve(tale.submit('design', 2));
  tale.workspace = {
    files: PAYLOADS.map((name, at) => ({ path: `src/${at}/${name}`, sha256: sha256(name) })),
    scripts: new Map(),
  };
  PAYLOADS.forEach((payload, at) => {
    tale.run(`CHK-${at + 1}`, at % 2 === 0 ? 'passed' : 'failed', `${payload}\n${all}`);
  });
  story.add('deviated', { id: 'DEV-1', component: 'CMP-1', designed: all, delivered: all, reason: all }, tale.later());
  return tale;
}

/** Many requirements, each with a component and two checks, in a record of many events. */
export function largeTale(requirements: number, events: number): Tale {
  const tale = new Tale('large');
  const many = Array.from({ length: requirements }, (_, at) => at + 1);
  const text = many.map(
    (n) =>
      `### REQ-${n}: Port turn-up in building ${n}\n\nWHEN an operator asks for a port in building ${n}, THE SYSTEM SHALL configure it within five minutes and record who asked for it.\n\n- **AC-${n}.1** The port is in the requested VLAN and carries traffic.\n- **AC-${n}.2** A port that is in use is refused and the operator is told who uses it.\n`,
  );
  tale.write(
    'requirements.md',
    `---\ncountersign: requirements/1\ntitle: Ports everywhere\nowner: Ada\n---\n\n## Requirements\n\n${text.join('\n')}`,
  );
  tale.pass('requirements');
  tale.write('feasibility.md', feasibility(tale.probe()));
  tale.pass('feasibility');
  const components = many.map(
    (n) =>
      `### CMP-${n}: Switch model ${n}\n\n- Kind: role\n- Action: build\n- Depends on: ${n === 1 ? 'none' : `CMP-${Math.floor(n / 2)}`}\n- Realises: REQ-${n}\n- Paths: roles/${n}/\n`,
  );
  const checks = many.flatMap((n) =>
    [1, 2].map(
      (k) =>
        `### CHK-${2 * n - 2 + k}: Criterion ${k} of building ${n}\n\n- Criterion: AC-${n}.${k}\n- Component: CMP-${n}\n- Method: command\n- Expect: exit 0\n\n\`\`\`sh\n./roles/${n}/check.sh ${k}\n\`\`\`\n`,
    ),
  );
  tale.write(
    'design.md',
    `---\ncountersign: design/1\n---\n\n## Components\n\n${components.join('\n')}\n## Verification\n\n${checks.join('\n')}`,
  );
  tale.pass('design');
  tale.workspace = {
    files: many.flatMap((n) =>
      ['tasks.yml', 'check.sh', 'defaults.yml'].map((name) => ({
        path: `roles/${n}/${name}`,
        sha256: sha256(`${n}${name}`),
      })),
    ),
    scripts: new Map(),
  };
  const statuses = checkStatuses(readDesign(tale.artifacts['design.md']!), tale.workspace, tale.ledger);
  for (let at = 0; tale.story.events.length < events; at++) {
    const { check, component = '', definition, inputs } = statuses[at % statuses.length]!;
    const printed = canonical({
      schema: 'countersign/check-run@1',
      script: check.command!.text,
      unmet: [],
      stdout: { text: `port ${at}: ok\n`.repeat(90) },
      stderr: { text: '' },
    });
    const body = {
      check: check.id,
      component,
      definition,
      inputs,
      result: 'passed',
      exit: 0,
      durationMs: at,
      evidence: tale.keep(printed),
    } as const;
    tale.story.add('checked', body, tale.later(0.1, AGENT));
  }
  return tale;
}
