import { extractionNoteOf } from '../artifact/extraction.ts';
import { inferredBy } from '../artifact/fields.ts';
import type { Outline } from '../artifact/markdown.ts';
import { obliges } from '../ears/obligation.ts';
import type { KnownPlaces } from '../extract/known-places.ts';
import { artifactsOf, type Place, type Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const note = `\n## Extraction\n\n- Facts: \`sha256:${'0'.repeat(64)}\`\n- Root: \`.\`\n`;
const draft = (body: string) => ({ 'requirements.md': `## Requirements\n\n### REQ-1: A\n\n${body}\n${note}` });
const facts = {
  facts: [{ id: 'shell/step/go.sh/cp', evidence: [{ path: 'go.sh', line: 4, endLine: 5 }] }],
};

export const extractedClaim: Rule = {
  id: 'extracted-claim',
  severity: 'error',
  mandatory: true,
  summary:
    'In a draft that was extracted from code, every requirement, criterion and inferred statement cites its evidence: a place (`path:line`) or a fact id, both among the stored facts, or the person who stated it.',
  examples: [
    {
      title: 'a place, a fact and a person',
      extracted: facts,
      artifacts: draft(
        'The script SHALL copy. (inferred: order) `go.sh:5`\n\n- **AC-1.1** It ends with 0. `shell/step/go.sh/cp`\n- **AC-1.2** Ann sees it. (stated: Ann Example)',
      ),
      reports: [],
    },
    {
      title: 'no evidence',
      artifacts: draft('The script SHALL copy. (inferred: order)\n\n- **AC-1.1** It ends with 0.'),
      reports: [5, 7],
    },
    {
      title: 'places and facts that nobody stored',
      extracted: facts,
      artifacts: draft('The script SHALL copy. `go.sh:9`\n\n- **AC-1.1** It ends with 0. `shell/step/go.sh/rm`'),
      reports: [5, 7],
    },
    {
      title: 'requirements that people wrote need none',
      artifacts: { 'requirements.md': '## Requirements\n\n### REQ-1: A\n\nThe script SHALL copy.\n' },
      reports: [],
    },
  ],
  check: (input) =>
    artifactsOf(input).flatMap(({ path, doc }) => {
      if (extractionNoteOf(doc) === undefined) return [];
      const criteria = new Set(
        path === input.requirements?.path
          ? input.requirements.requirements.flatMap((one) => one.criteria.map((criterion) => criterion.line))
          : [],
      );
      const stated = new Set(
        path === input.requirements?.path
          ? input.requirements.requirements.flatMap((one) =>
              one.statements.filter((statement) => obliges(statement.text)).map((statement) => statement.line),
            )
          : [],
      );
      return claimsIn(doc, (line) => criteria.has(line) || stated.has(line)).flatMap((claim) => {
        const problem = problemOf(claim.text, input.extracted);
        return problem === undefined ? [] : [{ path, line: claim.line, ...problem } satisfies Place];
      });
    }),
};

/** Paragraphs and list items that claim something, as written; a table's row is one. */
function claimsIn(doc: Outline, isClaim: (line: number) => boolean): { line: number; text: string }[] {
  const lines = doc.text.split('\n');
  const claims: { line: number; text: string }[] = [];
  let fenced = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    if (fenced) continue;
    // The mark as a word of the section that explains it is no claim.
    const marked = inferredBy(line) !== undefined;
    if (!marked && !isClaim(at + 1)) continue;
    let end = at + 1;
    while (
      end < lines.length &&
      /\S/.test(lines[end] as string) &&
      !/^(?:[-*+]|\d+[.)]|#|\|)\s?/.test(lines[end] as string)
    )
      end++;
    claims.push({ line: at + 1, text: lines.slice(at, end).join(' ') });
    at = end - 1;
  }
  return claims;
}

function problemOf(text: string, known: KnownPlaces | undefined): { message: string; fix: string } | undefined {
  const fix = 'cite a place as `path:line` or a fact id that the stored facts have, or write (stated: NAME)';
  if (/\(stated:?\s+[^)]+\)/i.test(text)) return undefined;
  const cited = [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string);
  const places = cited.flatMap((one) => {
    const match = /^(.+):(\d+)$/.exec(one);
    return match === null ? [] : [{ path: match[1] as string, line: Number(match[2]) }];
  });
  const ids = cited.filter((one) => /^[a-z-]+\/[a-z]+\/.+/.test(one) && !/:\d+$/.test(one));
  if (places.length === 0 && ids.length === 0) return { message: `no evidence for ${quoted(text)}`, fix };
  if (known === undefined) return undefined;
  if (places.some(({ path, line }) => known.hasPlace(path, line)) || ids.some((id) => known.hasFact(id)))
    return undefined;
  return { message: `the stored facts do not know ${quoted(cited.at(-1) ?? '')}`, fix };
}
