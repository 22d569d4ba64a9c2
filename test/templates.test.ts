import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../mcp-server/src/domain/artifact/fields.ts';
import { itemsOf, sectionOf } from '../mcp-server/src/domain/artifact/markdown.ts';
import {
  type Criterion,
  declaredIds,
  type Requirements,
  readRequirements,
} from '../mcp-server/src/domain/artifact/requirements.ts';
import { ENTRY_ID, idsIn } from '../mcp-server/src/domain/ids.ts';
import { RULES } from '../mcp-server/src/domain/rules/catalogue.ts';
import { ruleInput, runRules } from '../mcp-server/src/domain/rules/rule.ts';
import { type QuestionAnswer, readAnswers } from '../mcp-server/src/domain/template/answers.ts';
import { instantiate } from '../mcp-server/src/domain/template/instantiate.ts';
import { GROUPS, readTemplateFacts } from '../mcp-server/src/domain/template/template.ts';
import { project } from './helpers/project.ts';
import { connect } from './helpers/session.ts';

const ROOT = join(import.meta.dirname, '..', 'templates');
const names = readdirSync(ROOT).sort();
const read = (name: string, file: string) => readFileSync(join(ROOT, name, file), 'utf8');

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
  /^(?:\d+(?:\.\d+)?%?|P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?|\d+ [A-Z]{3}\/(?:day|month|year))$/;

/** One numbered phase: its name, what it does, when it stops, how it is taken back. */
const PHASE = /^[^:]+: .*\bStop: .*\bUndo: /s;

/** Products and makers: intent names roles, and Bindings of a design says what fills them (docs/artifacts.md). */
const PRODUCTS =
  /\b(?:cisco|juniper|arista|nokia|huawei|fortinet|palo alto|nginx|haproxy|aws|amazon|azure|google|gcp|openstack|vmware|proxmox|kubernetes|openshift|docker|podman|terraform|opentofu|ansible|jenkins|github|gitlab|bitbucket|netbox|nautobot|infoblox|cloudflare|akamai|hashicorp|keycloak|okta|active directory|postgres(?:ql)?|mysql|mariadb|mongodb|redis|prometheus|grafana|splunk|datadog|servicenow|jira|linux|ubuntu|debian|red hat|rhel|suse|let's encrypt|junos|pagerduty)\b/i;

const RISK_FIELDS = [/^Likelihood: (?:low|medium|high)$/, /^Impact: ./, /^Mitigation: ./];

const sentences = (requirements: Requirements) =>
  requirements.requirements.flatMap((one) => one.statements.map((statement) => statement.text));

const ids = (requirements: Requirements) => declaredIds(requirements).map((entry) => entry.id);

/** What a template says beyond the format: sentences, and cells of tables, with numbers and case taken out. */
function sayings(text: string): Set<string> {
  const body = text.slice(text.indexOf('## Problem'));
  const parts = body.split(/\n(?=[-#|\n])|(?<=[.;:?])\s+|\|/).map((part) =>
    part
      .replace(/^[\s#-]*(?:\*\*[A-Z]+-[\d.]+\*\*)?(?:[A-Z]+-[\d.]+:)?/, '')
      .replace(/\s+/g, ' ')
      .replace(/\d+/g, '#')
      .trim()
      .toLowerCase(),
  );
  return new Set(parts.filter((part) => part.split(' ').length >= 5));
}

const drafts = names.map((name) => [name, sayings(read(name, 'requirements.md'))] as const);

/** Share of its sentences that a template has in common with another one, at most. */
const SHARED = 0.04;

describe('the library', () => {
  it('has no two templates that share more than a few sentences', () => {
    const near = drafts.flatMap(([one, mine], at) =>
      drafts.slice(at + 1).flatMap(([other, theirs]) => {
        const both = [...mine].filter((saying) => theirs.has(saying));
        const most = SHARED * Math.min(mine.size, theirs.size);
        return both.length > most ? [`${one} and ${other}: ${both.join(' / ')}`] : [];
      }),
    );
    expect(near).toEqual([]);
  });

  it('passes validate --strict, each template started and answered as in its example', async () => {
    const work = project();
    const session = await connect(work);
    for (const name of names) {
      const started = await session.call('delivery_new', { id: name, title: name, template: name });
      expect(started.error).toBeUndefined();
      const draft = work.read(`deliveries/${name}/requirements.md`);
      await session.put(name, 'requirements.md', instantiate(draft, answersOf(name)).text);
    }
    await session.close();
    const { exit, out } = work.cli('validate', '--strict');
    expect(out).toContain(`${names.length} deliveries, 0 findings`);
    expect(exit).toBe(0);
  });
});

function factsOf(name: string) {
  const result = readTemplateFacts(read(name, 'template.yaml'));
  if (result === undefined || 'problem' in result) throw new Error(`${name}: ${result?.problem ?? 'no template'}`);
  return result.facts;
}

function answersOf(name: string) {
  const result = readAnswers(read(name, 'answers.yaml'));
  if ('problem' in result) throw new Error(`${name}: ${result.problem}`);
  return result.answers;
}

const noted = (requirements: Requirements) =>
  runRules(RULES, ruleInput({ 'requirements.md': requirements.doc.text }, { platform: undefined, stated: new Map() }));

describe.each(names)('template %s', (name) => {
  const draft = readRequirements(read(name, 'requirements.md'));
  const answers = answersOf(name);
  const result = instantiate(draft.doc.text, answers);
  const example = readRequirements(result.text);
  const fields = new Map(draft.questions.map((question) => [question.id, fieldsOf(question.block!)]));

  it('says what it is in template.yaml, in a line that a list can show', () => {
    const { title, summary, group, tags } = factsOf(name);
    expect(title).toBe(draft.front?.title);
    expect(summary.length).toBeLessThanOrEqual(100);
    expect(GROUPS).toContain(group);
    expect(tags.length).toBeGreaterThan(2);
  });

  it('is a draft without an owner and without answers, and with nothing else to find fault with', () => {
    expect(draft.front?.owner).toBe('Unassigned');
    expect(draft.questions.filter((question) => question.answer !== '')).toEqual([]);
    expect(noted(draft).filter((one) => one.rule !== 'open-question')).toEqual([]);
  });

  it('asks questions that each decide something named', () => {
    expect(draft.questions.length).toBeGreaterThan(6);
    const idle = draft.questions.filter(({ id }) => (fields.get(id)?.get('decides')?.value ?? '') === '');
    expect(idle.map((question) => question.id)).toEqual([]);
  });

  it('has an example that answers every question, and whose answers fit the text', () => {
    expect(result.problems).toEqual([]);
    expect(example.front?.owner).not.toBe('Unassigned');
    expect(example.questions.filter((question) => question.answer === '')).toEqual([]);
    expect(noted(example)).toEqual([]);
  });

  it('changes by an answer only what its question decides, and by each something', () => {
    const sets = Object.entries(answers.answers).flatMap(([id, { sets: given }]) =>
      Object.keys(given).map((target) => [id, target] as const),
    );
    expect(sets.length).toBeGreaterThan(4);
    const unnamed = sets.filter(([id, target]) => !decides(fields.get(id)?.get('decides')?.value ?? '', target));
    expect(unnamed).toEqual([]);
    const { problem: _problem, goal: _goal, ...front } = answers;
    const withSets = (id: string, chosen: QuestionAnswer['sets']) =>
      instantiate(draft.doc.text, { ...front, answers: { [id]: { answer: 'x', sets: chosen } } }).text;
    const idle = sets.filter(
      ([id, target]) => withSets(id, { [target]: answers.answers[id]!.sets[target]! }) === withSets(id, {}),
    );
    expect(idle).toEqual([]);
  });

  it('runs in phases, each but the last with a condition to stop and a way back', () => {
    const phases = (sectionOf(draft.doc, 'Phases') === undefined ? [] : itemsOf(sectionOf(draft.doc, 'Phases')!)).map(
      (item) => item.text,
    );
    expect(phases.length).toBeGreaterThan(3);
    expect(phases.slice(0, -1).filter((text) => !PHASE.test(text))).toEqual([]);
  });

  it('keeps every id of the draft in the example, in the same order', () => {
    const kept = new Set(ids(draft));
    expect(ids(example).filter((id) => kept.has(id))).toEqual(ids(draft));
  });

  describe.each([
    ['requirements.md', draft],
    ['the example', example],
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

    it('names roles and no products', () => {
      expect(PRODUCTS.exec(requirements.doc.text)?.[0]).toBeUndefined();
    });

    it('has a number, a limit, a quantity or an example to measure in three criteria of five', () => {
      const limits = requirements.limits.map((limit) => limit.name);
      const measured = ({ title, nested = [] }: Criterion) =>
        /\d|\b(?:each|every|no|none|all|exactly|only|equals?|never|same|both|within|first)\b/i.test(title) ||
        limits.some((limit) => title.includes(limit)) ||
        nested.length > 0;
      const criteria = requirements.requirements.flatMap((one) => one.criteria);
      expect(criteria.filter(measured).length / criteria.length).toBeGreaterThan(0.6);
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

/** Whether a list such as "CAP-1 to CAP-3, REQ-9, `batch`" names a target; a requirement's criteria are named with it. */
function decides(list: string, target: string): boolean {
  const spans = [...list.matchAll(/([A-Z]+)-(\d+) to [A-Z]+-(\d+)/g)];
  const [, kind, number] = /^([A-Z]+)-(\d+)/.exec(target) ?? [];
  const inSpan = spans.some(
    ([, of, from, to]) => of === kind && Number(from) <= Number(number) && Number(number) <= Number(to),
  );
  const parent = target.startsWith('AC-') ? `REQ-${number}` : target;
  const listed: readonly string[] = list.match(/[A-Z]+-\d+(?:\.\d+)?|[a-z][a-z0-9-]+/g) ?? [];
  return inSpan || listed.includes(target) || listed.includes(parent);
}
