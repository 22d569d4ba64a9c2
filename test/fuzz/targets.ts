import { strict as assert } from 'node:assert';
import { extractors } from '../../mcp-server/src/adapters/extractors/catalogue.ts';
import { readDesign } from '../../mcp-server/src/domain/artifact/design.ts';
import { readFeasibility } from '../../mcp-server/src/domain/artifact/feasibility.ts';
import { outline } from '../../mcp-server/src/domain/artifact/markdown.ts';
import { readRequirements } from '../../mcp-server/src/domain/artifact/requirements.ts';
import { findSection, replaceSection, sectionText } from '../../mcp-server/src/domain/artifact/splice.ts';
import { readExpectation } from '../../mcp-server/src/domain/build/expect.ts';
import { canonical, type Json } from '../../mcp-server/src/domain/canonical.ts';
import { deltaOf } from '../../mcp-server/src/domain/delta/delta.ts';
import { sentencesOf } from '../../mcp-server/src/domain/ears/sentences.ts';
import { vagueWordsIn } from '../../mcp-server/src/domain/ears/vague-words.ts';
import { extractFile } from '../../mcp-server/src/domain/extract/extract-file.ts';
import { Fault } from '../../mcp-server/src/domain/fault.ts';
import { readSnapshot } from '../../mcp-server/src/domain/feasibility/snapshot.ts';
import { classify } from '../../mcp-server/src/domain/guard/classify.ts';
import { plants } from '../../mcp-server/src/domain/guard/planted.ts';
import { IMPORTERS } from '../../mcp-server/src/domain/import/catalogue.ts';
import { importUnit } from '../../mcp-server/src/domain/import/import.ts';
import { readEvent, writeEvent } from '../../mcp-server/src/domain/ledger/event.ts';
import { readPolicy } from '../../mcp-server/src/domain/policy/policy.ts';
import { redact } from '../../mcp-server/src/domain/redact.ts';
import { RULES } from '../../mcp-server/src/domain/rules/catalogue.ts';
import { ruleInput, runRules } from '../../mcp-server/src/domain/rules/rule.ts';
import { readScript } from '../../mcp-server/src/domain/shell/read.ts';
import { readAllowedSigners } from '../../mcp-server/src/domain/signing/allowed-signers.ts';
import { readRevokedKeys } from '../../mcp-server/src/domain/signing/revoked-keys.ts';
import { readSshSignature } from '../../mcp-server/src/domain/signing/sshsig.ts';
import { printable } from '../../mcp-server/src/entry/terminal.ts';
import { textsOf } from './corpus.ts';
import { EVENTS, SIGNATURES, SIGNERS } from './samples.ts';

export interface Target {
  name: string;
  corpus: readonly string[];
  /** Reads a text; throws where the reader fails or breaks a promise. */
  read(text: string): void;
}

const texts = (folders: readonly string[], fits: RegExp) => [...textsOf(folders, fits).values()];
const markdown = texts(['templates', 'test/fixtures/specs', 'test/fixtures/import', 'docs'], /\.md$/);
const yaml = texts(['templates', 'test/fixtures'], /\.ya?ml$/);
const policies = [...texts(['docs'], /^policy\.md$/).flatMap((text) => text.split(/^```\w*$/m)), ...yaml];
const shell = [
  ...texts(['test/fixtures'], /\.sh$/),
  ...texts(['mcp-server/src/domain/guard'], /commands\.txt$/).flatMap((text) => text.split('\n')),
];

/** An edit leaves every byte outside its section alone, or is refused. */
function splices(text: string): void {
  const doc = outline(text);
  for (const { title } of doc.sections.slice(0, 3)) {
    const section = findSection(doc, title);
    if (section === undefined) continue;
    let after: string;
    try {
      after = replaceSection(text, title, sectionText(doc, section));
    } catch (error) {
      assert(error instanceof Fault, String(error));
      continue;
    }
    const bare = after.slice(doc.bom ? 1 : 0);
    assert(bare.startsWith(doc.text.slice(0, section.start)), 'the text before it moved');
    assert(bare.endsWith(doc.text.slice(section.end)), 'the text after it moved');
  }
}

function artifacts(text: string): void {
  const read = { 'requirements.md': text, 'feasibility.md': text, 'design.md': text };
  for (const reader of [readRequirements, readFeasibility, readDesign]) reader(text);
  for (const finding of runRules(RULES, ruleInput(read, { platform: undefined, stated: new Map() }))) {
    const lines = text.split(/\r\n?|\n/).length;
    assert(
      finding.line >= 0 && finding.line <= lines + 1,
      `${finding.rule} points at line ${finding.line} of ${lines}`,
    );
  }
}

function events(text: string): void {
  const read = readEvent(text);
  if (!('event' in read)) return;
  const { id, ...event } = read.event;
  const again = writeEvent(event as Parameters<typeof writeEvent>[0]);
  assert.deepEqual(again, { id, content: text });
}

function json(text: string): void {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return;
  }
  let bytes: string;
  try {
    bytes = canonical(value);
  } catch (error) {
    // Half of a surrogate pair is no Unicode text (RFC 8785, section 3.2.2.2).
    assert(error instanceof TypeError, String(error));
    return;
  }
  // There is no negative zero in it.
  assert.deepEqual(JSON.parse(bytes), JSON.parse(JSON.stringify(value)));
  assert.equal(canonical(JSON.parse(bytes) as Json), bytes);
}

/** Each extractor gets a file whole: what it throws itself would be hidden by the net around it. */
function extraction(path: string): (text: string) => void {
  return (text) => {
    const head = text.slice(0, 4096);
    for (const extractor of extractors) if (extractor.matches(path, head)) extractor.extract({ path, text });
    const once = JSON.stringify(extractFile(extractors, { path, text }));
    assert.equal(JSON.stringify(extractFile(extractors, { path, text })), once);
    const lines = text.split(/\r\n?|\n/).length;
    for (const { extraction } of JSON.parse(once) as ReturnType<typeof extractFile>)
      for (const fact of extraction.facts)
        for (const { line, endLine } of fact.evidence)
          assert(line >= 1 && line <= endLine && endLine <= lines + 1, `${fact.kind} ${line}-${endLine} of ${lines}`);
  };
}

const extractionTargets: Target[] = [...textsOf(['test/fixtures/extract'], /./)]
  .filter(([path, text]) => extractors.some((one) => one.matches(path, text.slice(0, 4096))))
  .map(([path, text]) => ({
    name: `extract ${path.replace('test/fixtures/extract/', '')}`,
    corpus: [text],
    read: extraction(path),
  }));

const importTargets: Target[] = IMPORTERS.map((importer) => ({
  name: `import ${importer.format}`,
  corpus: markdown,
  read: (text) => {
    for (const path of ['spec.md', 'design.md', 'tasks.md', 'requirements.md'])
      importUnit(importer, { name: 'unit', files: [{ path, text }] } as Parameters<typeof importUnit>[1], '', 'Ada');
  },
}));

export const TARGETS: readonly Target[] = [
  { name: 'artifacts and rules', corpus: markdown, read: artifacts },
  { name: 'sections', corpus: markdown, read: splices },
  { name: 'delta', corpus: markdown, read: (text) => void deltaOf('## Goal\n\nOne office. It works.\n', text) },
  { name: 'policy', corpus: policies, read: (text) => void readPolicy(text) },
  { name: 'events', corpus: EVENTS, read: events },
  { name: 'canonical JSON', corpus: EVENTS, read: json },
  { name: 'snapshots', corpus: EVENTS, read: (text) => void readSnapshot(text) },
  { name: 'signers', corpus: SIGNERS, read: (text) => void readAllowedSigners(text) },
  { name: 'revoked keys', corpus: SIGNERS, read: (text) => void readRevokedKeys(text) },
  { name: 'signatures', corpus: SIGNATURES, read: (text) => void readSshSignature(text) },
  { name: 'shell', corpus: shell, read: (text) => void readScript(text) },
  { name: 'guard', corpus: shell, read: (text) => void classify(text) },
  { name: 'planted settings', corpus: EVENTS, read: (text) => void plants(text) },
  { name: 'expectations', corpus: markdown, read: (text) => void readExpectation(text) },
  {
    name: 'sentences',
    corpus: markdown,
    read: (text) => {
      for (const sentence of sentencesOf(text)) vagueWordsIn(sentence);
    },
  },
  {
    name: 'what is shown and stored',
    corpus: markdown,
    read: (text) => {
      assert(!printable(text).includes('\u001b'));
      assert.equal(redact(redact(text)), redact(text));
    },
  },
  ...importTargets,
  ...extractionTargets,
];
