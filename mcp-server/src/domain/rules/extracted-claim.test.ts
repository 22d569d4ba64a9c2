import { describe, expect, it } from 'vitest';
import { extractedClaim } from './extracted-claim.ts';
import { exampleInput, runRules } from './rule.ts';

const stored = { facts: [{ id: 'shell/step/go.sh/cp', evidence: [{ path: 'go.sh', line: 10, endLine: 12 }] }] };
const found = (body: string, extracted: typeof stored | null = stored) => {
  const artifacts = {
    'requirements.md': `## Requirements\n\n### REQ-1: A\n\n${body}\n\n## Extraction\n\n- Facts: \`sha256:${'0'.repeat(64)}\`\n- Root: \`.\`\n`,
  };
  const example = { title: '', artifacts, reports: [], ...(extracted === null ? {} : { extracted }) };
  return runRules([extractedClaim], exampleInput(example)).map(({ line, message }) => `${line} ${message}`);
};

describe('a claim of an extracted draft', () => {
  it.each([
    'It SHALL copy. `go.sh:10`',
    'It SHALL copy. `go.sh:12`',
    'It SHALL copy. `other.sh:1` `go.sh:11`',
    'It SHALL copy. `shell/step/go.sh/cp`',
    'It SHALL copy\nall of it. `go.sh:11`',
    'It SHALL copy. (stated: Ann)',
    'It SHALL copy. (Stated Ann)',
    '- a note without a mark',
    '```\nIt SHALL copy. (inferred: order)\n```',
    '~~~\nIt is. (inferred: order)\n~~~',
  ])('is one with evidence, or none at all: %j', (body) => {
    expect(found(body)).toEqual([]);
  });

  it.each([
    ['It SHALL copy. `go.sh:9`', '5 the stored facts do not know "go.sh:9"'],
    ['It SHALL copy. `go.sh:13`', '5 the stored facts do not know "go.sh:13"'],
    ['It SHALL copy. `go.sh:1`', '5 the stored facts do not know "go.sh:1"'],
    ['It SHALL copy. `x/y/z` `shell/step/go.sh/rm`', '5 the stored facts do not know "shell/step/go.sh/rm"'],
    ['It SHALL copy. `go.sh`', '5 no evidence for "It SHALL copy. `go.sh`"'],
    ['It SHALL copy. `go.sh:10x`', '5 no evidence for "It SHALL copy. `go.sh:10x`"'],
    ['It SHALL copy. `A/step/go`', '5 no evidence for "It SHALL copy. `A/step/go`"'],
    ['Some text.\n\n- it is so (inferred: order)', '7 no evidence for "- it is so (inferred: order)"'],
    ['```\nx\n```\nIt is so. (inferred: order)', '8 no evidence for "It is so. (inferred: order)"'],
  ])('lacks its evidence: %j', (body, expected) => {
    expect(found(body)).toEqual([expected]);
  });

  it('ends where the next item, heading or row begins', () => {
    expect(found('It is. (inferred: a)\n- x `go.sh:10`\n\nIt was. (inferred: b)\n1. x `go.sh:10`')).toHaveLength(2);
  });

  it('may cite any place where no facts are stored', () => {
    expect(found('It SHALL copy. `go.sh:99`', null)).toEqual([]);
  });
});
