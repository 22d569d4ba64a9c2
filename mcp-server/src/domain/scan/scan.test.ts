import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { readDesign } from '../artifact/design.ts';
import type { DeliveryRead, DeliveryState } from '../delivery.ts';
import type { Finding } from '../finding.ts';
import { sha256 } from '../hash.ts';
import type { Body } from '../ledger/event.ts';
import { scanBlocks } from './blocks.ts';
import { scanLines } from './lines.ts';
import { scanFindings } from './record-findings.ts';
import { scanInputs } from './recorded.ts';
import { boundedFindings, type ScanReport, scanText } from './report.ts';

const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: 'gap/x',
  severity: 'warning',
  path: 'a.sh',
  line: 1,
  message: 'm',
  fix: '',
  ...more,
});

const report = (more: Partial<ScanReport> = {}): ScanReport => ({
  schema: 'countersign/scan@1',
  inputs: sha256('inputs'),
  tools: [
    { name: 'gap rules', purpose: 'built-in', state: 'ran', version: '', why: '' },
    { name: 'shellcheck', purpose: 'linter', state: 'ran', version: '0.9', why: '' },
  ],
  findings: [],
  counts: { error: 1, warning: 2, info: 3 },
  skipped: [],
  dependencies: [],
  differences: [],
  ...more,
});

const dependency = (name: string, version: string, designed: boolean) => ({
  kind: 'image' as const,
  name,
  version,
  pinned: true,
  source: '',
  licence: '',
  path: 'Dockerfile',
  line: 1,
  component: '',
  designed,
});

describe('what people are shown of a scan', () => {
  const empty = () => new LedgerBuilder().ledger();

  it('is how much was found by what, and nothing else where nothing is amiss', () => {
    const one = report({ findings: [finding({ severity: 'info' })], dependencies: [dependency('nginx', '1', true)] });
    expect(scanLines(one, empty())).toEqual(['scan: 1 errors, 2 warnings, 3 remarks by gap rules, shellcheck 0.9']);
  });

  it('says which programs are not there, and which gave no usable answer and why', () => {
    const tool = (name: string, state: 'absent' | 'unusable', why: string, version = '') => ({
      ...report().tools[0]!,
      name,
      state,
      why,
      version,
    });
    const tools = [
      tool('trivy', 'absent', ''),
      tool('hadolint', 'absent', ''),
      tool('yamllint', 'unusable', 'it\nhung', '1.2'),
    ];
    expect(scanLines(report({ tools }), empty()).slice(1)).toEqual([
      'scan: not installed here, so not looked at: trivy, hadolint',
      'scan: no usable answer: yamllint 1.2 (it hung)',
    ]);
  });

  it('shows twenty findings, each on one line, and how many more there are', () => {
    const findings = Array.from({ length: 21 }, (_, at) => finding({ line: at + 1, message: 'one\ntwo' }));
    const lines = scanLines(report({ findings }), empty());
    expect(lines).toHaveLength(1 + 20 + 1);
    expect(lines[1]).toBe('warning a.sh:1 gap/x: one two');
    expect(lines.at(-1)).toBe('and 1 more findings in the evidence');
    expect(scanLines(report({ findings: findings.slice(1) }), empty())).toHaveLength(1 + 20);
  });

  it('shows each difference with the deviation that explains it', () => {
    const story = new LedgerBuilder();
    story.add('deviated', { id: 'DEV-4', designed: 'x', delivered: 'file a', reason: 'r' });
    const differences = ['file a', 'file b'].map((key) => ({
      key,
      component: '',
      designed: 'd\nd',
      delivered: 'l\nl',
    }));
    expect(scanLines(report({ differences }), story.ledger()).slice(1)).toEqual([
      'explained by DEV-4: file a: designed: d d; delivered: l l',
      'not explained: file b: designed: d d; delivered: l l',
    ]);
  });

  it('names the dependencies that the design does not', () => {
    const dependencies = [dependency('nginx', '1', false), dependency('redis', '', false), dependency('x', '', true)];
    expect(scanLines(report({ dependencies }), empty()).slice(1)).toEqual([
      'dependencies that the design does not name: image nginx 1, image redis',
    ]);
  });
});

describe('the findings of a scan', () => {
  it('are all counted, and the worst 500 kept, in the order of their places', () => {
    const many = Array.from({ length: 499 }, (_, at) => finding({ path: 'b', line: 500 - at, severity: 'info' }));
    const { findings, counts } = boundedFindings([
      ...many,
      finding({ path: 'z', severity: 'warning' }),
      finding({ path: 'c', severity: 'error' }),
    ]);
    expect(counts).toEqual({ error: 1, warning: 1, info: 499 });
    expect(findings).toHaveLength(500);
    expect(findings.slice(0, 2).map((one) => one.line)).toEqual([2, 3]);
    expect(findings.slice(-3).map((one) => `${one.path} ${one.line}`)).toEqual(['b 499', 'c 1', 'z 1']);
  });
});

/** A ledger with a scan of these results. */
function scanned(body: Partial<Body<'scanned'>> = {}) {
  const story = new LedgerBuilder();
  const given = { inputs: sha256('inputs'), evidence: sha256('evidence'), errors: 1, warnings: 2 };
  story.add('scanned', { ...given, differences: ['file a', 'file b'], notRun: [], ...body });
  return story;
}

describe('a scan that is recorded', () => {
  const differences = ['file a', 'file b'].map((key) => ({ key, component: '', designed: '', delivered: '' }));
  const text = scanText(report({ differences }));
  const found = (evidence: string | undefined) =>
    scanFindings('d', scanned().ledger(), (hash) => (hash === sha256('evidence') ? evidence : undefined));

  it('as its evidence says it has no finding, and neither has one whose evidence is gone', () => {
    expect(found(text)).toEqual([]);
    expect(found(undefined)).toEqual([]);
  });

  it.each([
    ['other inputs', { inputs: sha256('other') }],
    ['other errors', { counts: { error: 0, warning: 2, info: 3 } }],
    ['other warnings', { counts: { error: 1, warning: 3, info: 3 } }],
    ['fewer differences', { differences: differences.slice(1) }],
    ['another schema', { schema: 'countersign/scan@2' as never }],
  ])('with evidence of %s has one', (_, more) => {
    expect(found(scanText(report({ differences, ...more })))).toEqual([
      {
        rule: 'scan-record',
        severity: 'error',
        path: expect.stringMatching(/^deliveries\/d\/ledger\/[0-9a-f]{64}\.json$/),
        line: 1,
        message: 'a scan is recorded with other results than its evidence has',
        fix: 'countersign scan d',
      },
    ]);
  });

  it.each(['', 'null', '{}', '{"counts":{},"differences":1}'])('with evidence %j has one', (evidence) => {
    expect(found(evidence)).toHaveLength(1);
  });
});

describe('a scan that may block the Build', () => {
  const design = readDesign('## Components\n');
  const workspace = { files: [{ path: 'a', sha256: sha256('a') }], scripts: new Map() };
  const inputs = scanInputs(workspace, design.doc.text);
  const blocks = (story: LedgerBuilder, { policy = 'block', state = { design } as object } = {}) =>
    scanBlocks(
      { policy: { checks: { scan: policy } }, ledger: story.ledger(), workspace } as unknown as DeliveryRead,
      state as DeliveryState,
    );

  it('blocks where these files were not scanned', () => {
    const never = ['scan: the files as they are were not scanned'];
    expect(blocks(new LedgerBuilder())).toEqual(never);
    expect(blocks(scanned())).toEqual(never);
  });

  it('blocks by errors, and by differences that no deviation explains', () => {
    const story = scanned({ inputs });
    expect(blocks(story)).toEqual([
      'scan: 1 error',
      'scan: no deviation explains file a',
      'scan: no deviation explains file b',
    ]);
    expect(blocks(scanned({ inputs, errors: 2, differences: [] }))).toEqual(['scan: 2 errors']);
    story.add('deviated', { id: 'DEV-1', designed: 'x', delivered: 'file a', reason: 'r' });
    expect(blocks(story)).toEqual(['scan: 1 error', 'scan: no deviation explains file b']);
    expect(blocks(scanned({ inputs, errors: 0, differences: [] }))).toEqual([]);
  });

  it('blocks nothing where policy does not say so, or where there is no design', () => {
    expect(blocks(scanned({ inputs }), { policy: 'record' })).toEqual([]);
    expect(blocks(scanned({ inputs }), { state: {} })).toEqual([]);
  });

  it('counts the last scan of the same files and design', () => {
    const story = scanned({ inputs });
    story.add('scanned', {
      inputs,
      evidence: sha256('e'),
      errors: 0,
      warnings: 0,
      differences: [],
      notRun: [],
    });
    expect(blocks(story)).toEqual([]);
  });
});
