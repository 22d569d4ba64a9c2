import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../mcp-server/src/domain/extract/contract.ts';
import { extractFolder, fixtures } from './fixtures.ts';

const report = await extractFolder(fixtures);

/** The lines that a fact cites, as they stand in the file. */
function cited(fact: Fact): string {
  return fact.evidence
    .map(({ path, line, endLine }) => {
      const lines = readFileSync(join(fixtures, path), 'utf8').split(/\r?\n/);
      expect(line, fact.id).toBeGreaterThanOrEqual(1);
      expect(endLine, fact.id).toBeGreaterThanOrEqual(line);
      expect(endLine, fact.id).toBeLessThanOrEqual(lines.length);
      return lines.slice(line - 1, endLine).join('\n');
    })
    .join('\n');
}

/** A Terraform address stands in its block's header as labels; in JSON the first label may head many blocks. */
function shows(text: string, fact: Fact): boolean {
  if (text.includes(fact.name)) return true;
  if (fact.attributes['nameFrom'] !== undefined) return showsParts(text, fact);
  if (fact.format !== 'terraform') return false;
  const labels = fact.name.split('.');
  if (fact.evidence[0]?.path.endsWith('.json')) labels.shift();
  return labels.every((label) => text.includes(label));
}

/** Where the format itself gives the name, or the name stands above the lines that are cited. */
const unwritten = new Set(['hosts outside groups', 'key on.schedule', 'no workflow rules', 'name of the job']);

/** A name that was put together says from what, and at least one of its parts stands in the lines or in the path. */
function showsParts(text: string, fact: Fact): boolean {
  if (unwritten.has(String(fact.attributes['nameFrom']))) return true;
  const paths = fact.evidence.map(({ path }) => path).join('\n');
  return fact.name.split(/[^\w-]+/).some((part) => part.length > 1 && (text.includes(part) || paths.includes(part)));
}

describe('evidence', () => {
  it('re-opens for every fact of every fixture and shows its name', () => {
    expect(report.facts.length).toBeGreaterThan(80);
    const unseen = report.facts.filter((fact) => !shows(cited(fact), fact)).map((fact) => fact.id);
    expect(unseen).toEqual([]);
  });

  it('gives every fact an id of its own, made of format, kind, scope and name', () => {
    expect(new Set(report.facts.map((fact) => fact.id)).size).toBe(report.facts.length);
    for (const fact of report.facts)
      expect(fact.id.startsWith(`${fact.format}/${fact.kind}/${fact.scope}/${fact.name}`), fact.id).toBe(true);
  });

  it('ties relations and couplings only to facts that are there', () => {
    const ids = new Set(report.facts.map((fact) => fact.id));
    for (const { from, to } of report.relations) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    for (const { consumers } of report.couplings) for (const id of consumers) expect(ids).toContain(id);
  });

  it('names a rule for what is inferred and candidates for what is unresolved', () => {
    for (const fact of report.facts) {
      if (fact.status === 'inferred') expect(fact.attributes['rule'], fact.id).toEqual(expect.any(String));
      if (fact.status === 'unresolved') expect(fact.attributes['candidates'], fact.id).toEqual(expect.any(Array));
    }
  });
});
