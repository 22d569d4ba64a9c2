import { describe, expect, it } from 'vitest';
import { outline } from '../artifact/markdown.ts';
import { RULES } from './catalogue.ts';
import { explain } from './explain.ts';

const page = (id: string) => explain(RULES.find((rule) => rule.id === id)!);

describe('a rule’s page', () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s is one document with all its examples', (id, rule) => {
    const doc = outline(explain(rule));
    expect(doc.title).toBe(id);
    expect(doc.sections.map((section) => section.title)).toEqual(['Reported', 'Not reported']);
    expect(doc.sections.flatMap((section) => section.blocks)).toHaveLength(rule.examples.length);
  });

  it('shows what the rule says about a failing example, with its place', () => {
    expect(page('criterion-missing')).toContain('- `requirements.md:3` REQ-1 has no acceptance criterion. Fix: add');
  });

  it('says how to disable a rule, or that it cannot be', () => {
    expect(page('vague-words')).toContain('countersign-disable-next-line vague-words: the reason');
    expect(page('duplicate-id')).toContain('no comment disables it');
  });

  it('says that a submission is judged more strictly', () => {
    expect(page('open-question')).toContain('Severity: **warning**, **error** at submission.');
  });

  it('shows what is known beside the text', () => {
    expect(page('feasibility-evidence')).toContain('- the snapshot holds `tool/docker`: absent');
    expect(page('feasibility-evidence')).toContain('- Ann Lee stated SYS-1: resolved');
  });

  it('lets the other rules run for a rule about them', () => {
    expect(page('disable-unused')).toContain('criterion-missing finds nothing in line 4');
  });

  it('fences an example that holds fences with a longer one', () => {
    expect(page('check-fields')).toContain('````markdown\n## Verification');
  });
});
