import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const PAGES = ['docs', 'commands', 'agents', 'skills', 'mcp-server/src'];

/** Other names for what ARCHITECTURE.md has one name for, and the one to write. */
const RETIRED: Readonly<Record<string, string>> = {
  'audit log': 'ledger, or history',
  'audit trail': 'ledger, or history',
  blacklist: 'what is denied',
  journal: 'ledger',
  'lint error': 'finding',
  milestone: 'stage, or gate',
  quorum: 'number of approvers',
  'sign-off': 'approval, or decision',
  signoff: 'approval, or decision',
  swimlane: 'track',
  tollgate: 'gate',
  'trust level': 'assurance level',
  violation: 'finding',
  whitelist: 'allow-list',
  wizard: 'command',
};

const texts = PAGES.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:md|ts)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => join(folder, path)),
).concat(readdirSync(ROOT).filter((name) => name.endsWith('.md') && name !== 'THIRD-PARTY-NOTICES.md'));

it('[R-FAST-4] one word means one thing: names that ARCHITECTURE.md replaced occur nowhere', () => {
  const words = new RegExp(`\\b(?:${Object.keys(RETIRED).join('|')})s?\\b`, 'gi');
  const found = texts.flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(words)].map(([word]) => {
      const plain = word.toLowerCase();
      return `${path}: ${word}: write ${RETIRED[plain] ?? RETIRED[plain.replace(/s$/, '')]}`;
    }),
  );
  expect(texts.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});
