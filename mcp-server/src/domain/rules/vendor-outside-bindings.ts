import type { Binding } from '../artifact/design.ts';
import { itemsOf, type Outline, paragraphsOf, type Section, sectionOf } from '../artifact/markdown.ts';
import type { Rule, RuleInput } from './rule.ts';

const BINDINGS = '## Bindings\n\n| Role | System | Adapter | Version |\n|---|---|---|---|\n';

export const vendorOutsideBindings: Rule = {
  id: 'vendor-outside-bindings',
  severity: 'warning',
  summary:
    'Requirements and components name roles, and Bindings says which product fills each, so that a product can be swapped without touching intent. Decisions, Problem and fields such as Paths may name products.',
  examples: [
    {
      title: 'a product in Bindings and in the decision for it',
      artifacts: {
        'requirements.md':
          '## Problem\n\nNetBox is out of date.\n\n## Requirements\n\n### REQ-1: Reserves\n\nThe tool SHALL reserve the address in the IPAM.\n',
        'design.md': `## Decisions\n\n### DEC-1: IPAM\n\n- Choice: NetBox\n\n${BINDINGS}| IPAM | NetBox | REST | 4.2 |\n\n## Components\n\n### CMP-1: Address client\n\n- Paths: netbox/client.py\n`,
      },
      reports: [],
    },
    {
      title: 'a product in a requirement and in a component',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: Reserves\n\nThe tool SHALL reserve the address in NetBox.\n\n- **AC-1.1** The NetBox prefix shows it.\n',
        'design.md': `${BINDINGS}| IPAM | NetBox 4.2 | REST | 4.2 |\n\n## Components\n\n### CMP-1: NetBox client\n\n- Kind: module\n`,
      },
      reports: [9, 5, 7],
    },
    {
      title: 'a language, and a product that is called as its role',
      artifacts: {
        'requirements.md': '## Requirements\n\n### REQ-1: Runs\n\nThe script SHALL run under Python and ask the DNS.\n',
        'design.md': `${BINDINGS}| Runtime | Python 3.11 | | 3.11 |\n| DNS | DNS | | |\n`,
      },
      reports: [],
    },
  ],
  check(input) {
    const names = productNames(input.design?.bindings ?? []);
    if (names.length === 0) return [];
    const pattern = new RegExp(`(?<![\\w-])(?:${names.map(escaped).join('|')})(?![\\w-])`);
    return intent(input).flatMap(({ path, line, text }) => {
      const name = pattern.exec(text)?.[0];
      if (name === undefined) return [];
      return [{ path, line, message: `${name} is a product of Bindings`, fix: 'name the role that it fills' }];
    });
  },
};

/** Roles whose systems are named as a matter of course: what something is written in or runs on. */
const PLAIN_ROLE =
  /\b(?:runtime|language|interpreter|shell|operating system|os|container engine|vcs|version control)\b/i;

/** Longest first, so that a message shows the whole name. No more than a regular expression bears. */
function productNames(bindings: readonly Binding[]): string[] {
  const names = bindings
    .filter(({ role }) => !PLAIN_ROLE.test(role))
    .flatMap(({ role, system }) =>
      system
        .split(/[,/(]|\bor\b/)
        .map((name) =>
          name
            .replace(/\)/g, '')
            .replace(/\s+v?\d[\w.]*\s*$/, '')
            .trim(),
        )
        .filter((name) => name.length >= 3 && name.length <= 60 && name.toLowerCase() !== role.toLowerCase())
        // A name of small letters only is also a word: vault, salt, chef.
        .filter((name) => /[A-Z]/.test(name)),
    );
  return [...new Set(names)].sort((a, b) => b.length - a.length).slice(0, 200);
}

interface Line {
  path: string;
  line: number;
  text: string;
}

/** What states intent: requirements with their criteria, and what components are called and said to do. */
function intent({ requirements, design }: RuleInput): Line[] {
  const asked = (requirements?.requirements ?? []).flatMap(({ line, title, statements, criteria }) => [
    { line, text: title },
    ...statements,
    ...criteria.map((one) => ({ line: one.line, text: one.title })),
  ]);
  return [
    ...asked.map((one) => ({ path: requirements!.path, line: one.line, text: one.text })),
    ...(design === undefined ? [] : componentLines(design.doc)).map((one) => ({ path: design!.path, ...one })),
  ];
}

function componentLines(doc: Outline): { line: number; text: string }[] {
  return (sectionOf(doc, 'Components')?.blocks ?? []).flatMap((block) => [
    { line: block.line, text: block.title },
    ...paragraphsOf(block),
    ...prose(block),
  ]);
}

/** List items that are no `Key: value` lines. */
const prose = (block: Section) => itemsOf(block).filter((item) => !/^[A-Z][\w -]{0,40}:/.test(item.text));

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
