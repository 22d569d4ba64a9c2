import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import { groupBy } from '../group.ts';
import { RULES } from './catalogue.ts';
import { ruleInput, runRules } from './rule.ts';

// Specs as teams write them, in their own style and sometimes their own language. A rule that bites here cries wolf.
const FOLDER = join(import.meta.dirname, '../../../../test/fixtures/specs');
const specs = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

interface Known {
  facts?: PlatformFact[];
  stated?: { need: string; status: string; fact: string; by: string }[];
}

function findingsOf(spec: string) {
  const read = (name: string) => {
    const path = join(FOLDER, spec, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  const artifacts = Object.fromEntries(
    ['requirements.md', 'feasibility.md', 'design.md'].flatMap((name) => {
      const text = read(name);
      return text === undefined ? [] : [[name, text]];
    }),
  );
  const { facts, stated = [] } = JSON.parse(read('platform.json') ?? '{}') as Known;
  const platform = facts === undefined ? undefined : { sha256: '0'.repeat(64), facts };
  const known = { platform, stated: groupBy(stated, (one) => one.need) };
  return runRules(RULES, ruleInput(artifacts, known), { submitting: true });
}

describe('well-formed specs', () => {
  it('are at least twenty, one with a byte order mark and one with line ends of Windows', () => {
    expect(specs.length).toBeGreaterThanOrEqual(20);
    const texts = specs.map((spec) => readFileSync(join(FOLDER, spec, 'requirements.md'), 'utf8'));
    expect(texts.some((text) => text.startsWith('\ufeff'))).toBe(true);
    expect(texts.some((text) => text.includes('\r\n'))).toBe(true);
  });

  it.each(specs)('%s has neither errors nor warnings, even at submission', (spec) => {
    const found = findingsOf(spec).filter((finding) => finding.severity !== 'info');
    expect(found.map(({ rule, path, line, message }) => `${path}:${line} ${rule}: ${message}`)).toEqual([]);
  });
});
