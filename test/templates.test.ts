import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { itemsOf, sectionOf } from '../mcp-server/src/domain/artifact/markdown.ts';
import { declaredIds, type Requirements, readRequirements } from '../mcp-server/src/domain/artifact/requirements.ts';
import { ENTRY_ID, idsIn } from '../mcp-server/src/domain/ids.ts';
import { RULES } from '../mcp-server/src/domain/rules/catalogue.ts';
import { ruleInput, runRules } from '../mcp-server/src/domain/rules/rule.ts';

const ROOT = join(import.meta.dirname, '..', 'templates');
const names = readdirSync(ROOT).sort();
const read = (name: string, file: string) => readFileSync(join(ROOT, name, file), 'utf8');

const templateSchema = z.strictObject({
  countersign: z.literal('template/1'),
  title: z.string().min(1),
  summary: z.string().min(1).max(160),
  tags: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1),
});

const SECTIONS = [
  'Problem',
  'Goal',
  'Scope',
  'Capabilities',
  'Systems',
  'Requirements',
  'Risks',
  'Limits',
  'Constraints',
  'Questions',
];

/** One sentence of EARS form: conditions, then who shall do what. */
const EARS = /^(?:WHERE .+, )?(?:WHILE .+, )?(?:WHEN .+, |IF .+, THEN )?the \S.* SHALL .+\.$/i;

/** Number, share, ISO 8601 duration, or an amount of money in a period. */
const LIMIT =
  /^(?:\d+%?|P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?|\d+ [A-Z]{3}\/(?:day|month|year))$/;

const RISK_FIELDS = [/^Likelihood: (?:low|medium|high)$/, /^Impact: ./, /^Mitigation: ./];

const sentences = (requirements: Requirements) =>
  requirements.requirements.flatMap((one) => one.statements.map((statement) => statement.text));

const ids = (requirements: Requirements) => declaredIds(requirements).map((entry) => entry.id);

it('finds templates', () => {
  expect(names.length).toBeGreaterThan(0);
});

describe.each(names)('template %s', (name) => {
  const draft = readRequirements(read(name, 'requirements.md'));
  const example = readRequirements(read(name, 'example.md'));

  it('says what it is in template.yaml', () => {
    expect(templateSchema.parse(parse(read(name, 'template.yaml'))).title).toBe(draft.front?.title);
  });

  it('is a draft without an owner and without answers', () => {
    expect(draft.front?.owner).toBe('Unassigned');
    expect(draft.questions.filter((question) => question.answer !== '')).toEqual([]);
  });

  it('has an example in which somebody owns it and every question is answered', () => {
    expect(example.front?.owner).not.toBe('Unassigned');
    expect(example.questions.filter((question) => question.answer === '')).toEqual([]);
  });

  it('keeps every id of the draft in the example, in the same order', () => {
    const kept = new Set(ids(draft));
    expect(ids(example).filter((id) => kept.has(id))).toEqual(ids(draft));
  });

  it('has an example that no rule finds fault with', () => {
    const input = ruleInput({ 'requirements.md': example.doc.text }, { platform: undefined, stated: new Map() });
    expect(runRules(RULES, input)).toEqual([]);
  });

  describe.each([
    ['requirements.md', draft],
    ['example.md', example],
  ] as const)('%s', (_, requirements) => {
    it('has a front matter without fault that names this template', () => {
      expect(requirements.findings).toEqual([]);
      expect(requirements.front?.template).toBe(name);
    });

    it('has every section of requirements', () => {
      expect(SECTIONS.filter((title) => sectionOf(requirements.doc, title) === undefined)).toEqual([]);
      const scope = sectionOf(requirements.doc, 'Scope')!;
      expect(scope.blocks.map((block) => block.title)).toEqual(['In scope', 'Out of scope']);
      expect(scope.blocks.every((block) => itemsOf(block).length > 0)).toBe(true);
    });

    it('has well-formed ids, each declared once, and refers to no other', () => {
      const declared = ids(requirements);
      expect(declared.filter((id) => !ENTRY_ID.test(id))).toEqual([]);
      expect(declared.filter((id, at) => declared.indexOf(id) !== at)).toEqual([]);
      expect(idsIn(requirements.doc.text).filter((id) => !declared.includes(id))).toEqual([]);
    });

    it('says of every capability and system whether it is required and what happens without it', () => {
      expect(requirements.capabilities.length).toBeGreaterThan(0);
      expect(requirements.systems.length).toBeGreaterThan(0);
      const needs = [...requirements.capabilities, ...requirements.systems];
      const vague = needs.filter((need) => need.required === undefined || need.ifNot === '');
      expect(vague.map((need) => need.id)).toEqual([]);
    });

    it('states every requirement in EARS form with one SHALL in a sentence', () => {
      expect(requirements.requirements.filter((one) => one.statements.length === 0)).toEqual([]);
      expect(sentences(requirements).filter((text) => !EARS.test(text))).toEqual([]);
      expect(sentences(requirements).filter((text) => text.split('SHALL').length !== 2)).toEqual([]);
    });

    it('gives every requirement two criteria at least, under its own number', () => {
      const thin = requirements.requirements.filter((one) => one.criteria.length < 2);
      expect(thin.map((one) => one.id)).toEqual([]);
      const strays = requirements.requirements.flatMap((one) =>
        one.criteria.filter((criterion) => !criterion.id.startsWith(`AC-${one.id.slice('REQ-'.length)}.`)),
      );
      expect(strays).toEqual([]);
    });

    it('has examples with an input and an output', () => {
      const examples = requirements.requirements
        .flatMap((one) => itemsOf(one.block!))
        .flatMap((item) => item.children.map((child) => child.text));
      expect(examples.length).toBeGreaterThan(4);
      expect(examples.filter((text) => !/^Example: input .+, output .+$/.test(text))).toEqual([]);
    });

    it('rates and mitigates every risk', () => {
      expect(requirements.risks.length).toBeGreaterThan(3);
      const lacking = requirements.risks.filter((risk) => {
        const items = itemsOf(risk.block!).map((item) => item.text);
        return RISK_FIELDS.some((field) => !items.some((text) => field.test(text)));
      });
      expect(lacking.map((risk) => risk.id)).toEqual([]);
    });

    it('has typed limits, each named once and used by the text', () => {
      const limits = requirements.limits.map((limit) => limit.name);
      expect(requirements.limits.filter((limit) => !LIMIT.test(limit.value))).toEqual([]);
      expect(new Set(limits).size).toBe(limits.length);
      expect(limits).toEqual(expect.arrayContaining(['canary', 'batch', 'rto']));
      expect(limits.filter((limit) => !requirements.doc.text.includes(`\`${limit}\``))).toEqual([]);
    });
  });
});
