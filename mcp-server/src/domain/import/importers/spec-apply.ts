import type { SourceFile } from '../../extract/contract.ts';
import { type Draft, type DraftRequirement, emptyDraft, type Importer, statementOf, type Unit } from '../contract.ts';
import { readDesign, takeRisks } from '../design-source.ts';
import { isHeading, type Piece, SourceDocument } from '../source-document.ts';
import {
  childrenOf,
  folderOf,
  isOurs,
  isProse,
  nameOf,
  pathsIn,
  takeItems,
  takeProse,
  takeVariables,
  titleOf,
} from '../take.ts';
import { titleFrom } from '../titles.ts';

const REQUIREMENTS =
  /^(?:requirements?|behaviou?r|functional(?:ity| requirements)?|features?|specification|what it does|must|rules)\b/i;
const ACCEPTANCE = /^(?:acceptance(?: criteria)?|done when|verification|success criteria)\b/i;
const VERIFY = /^(?:verify|verification|test|tests|testing|check|checks|validate)\b/i;

/** A folder with spec.md, which says what is wanted, and apply.md, which says how it is made so. */
export const specApply: Importer = {
  format: 'spec-apply',
  tool: 'spec.md and apply.md',
  units(files: readonly SourceFile[]) {
    const applied = new Set(
      files.filter((file) => nameOf(file.path) === 'apply.md').map((file) => folderOf(file.path)),
    );
    return [...applied].flatMap((folder) => {
      const own = files.filter((file) => folderOf(file.path) === folder && /\.md$/.test(file.path) && !isOurs(file));
      return own.some((file) => nameOf(file.path) === 'spec.md')
        ? [{ name: folder === '' ? '.' : folder, files: own }]
        : [];
    });
  },
  read,
};

function read(unit: Unit): Draft {
  const documents = unit.files
    .filter((file) => /(?:^|\/)(?:spec|apply|history)\.md$/.test(file.path))
    .map((file) => new SourceDocument(file.path, file.text));
  const draft = emptyDraft(nameOf(unit.name), documents);
  const named = (name: string) => documents.find((one) => nameOf(one.path) === name);
  const spec = named('spec.md');
  if (spec !== undefined) specification(spec, draft);
  const apply = named('apply.md');
  if (apply !== undefined) application(apply, draft);
  return draft;
}

function specification(spec: SourceDocument, draft: Draft): void {
  const title = spec.title(/^(?:spec(?:ification)?)\s*[:–—-]\s*|\s*[-–—]?\s*spec(?:ification)?$/i);
  if (title !== '') draft.title = title;
  draft.problem.push(...takeProse(spec, spec.heading(/^(?:problem|why|context|motivation|background)\b/i)));
  draft.goal.push(
    ...takeProse(spec, spec.heading(/^(?:goal|intent|purpose|overview|summary|description|objective)s?\b/i)),
  );
  draft.inScope.push(...takeProse(spec, spec.heading(/^(?:in scope|scope)\b/i)));
  draft.outOfScope.push(...takeProse(spec, spec.heading(/^(?:out of scope|non-goals?)\b/i)));
  draft.configuration.push(
    ...takeVariables(spec, spec.heading(/^(?:configuration|environment|inputs?|parameters|settings)\b/i)),
  );
  takeRisks(spec, spec.heading(/^risks?\b/i), draft);
  for (const item of takeItems(spec, spec.heading(/^(?:constraints?|assumptions?)\b/i)))
    draft.constraints.push(statementOf(spec, item));
  for (const item of takeItems(spec, spec.heading(/^(?:open )?questions?\b/i)))
    draft.questions.push(statementOf(spec, item));
  for (const heading of spec.headings(REQUIREMENTS)) requirementsBelow(spec, heading, draft);
  acceptance(spec, draft);
}

/** Headings below it are requirements with their criteria; without any, each item is one. */
function requirementsBelow(spec: SourceDocument, heading: Piece, draft: Draft): void {
  const children = spec.under(heading).some(isHeading) ? childrenOf(spec, heading) : [];
  spec.take(heading);
  for (const child of children) {
    const prose = spec.take(spec.under(child).filter((one) => one.kind === 'paragraph'));
    const items = spec.take(spec.under(child).filter((one) => one.kind === 'item'));
    draft.requirements.push({
      title: titleOf(spec.take(child)),
      source: child.text,
      path: spec.path,
      line: child.line,
      statements: prose.map((one) => statementOf(spec, one)),
      criteria: items.map((one) => statementOf(spec, one)),
    });
  }
  for (const piece of spec.take(spec.body(heading).filter((one) => isProse(one) && !spec.isTaken(one))))
    draft.requirements.push(oneSentence(spec, piece));
}

const oneSentence = (spec: SourceDocument, piece: Piece): DraftRequirement => ({
  title: titleFrom(piece.text),
  source: `line ${piece.line}`,
  path: spec.path,
  line: piece.line,
  statements: [statementOf(spec, piece)],
  criteria: [],
});

/** Criteria of the whole, where the source has no criteria with its requirements. */
function acceptance(spec: SourceDocument, draft: Draft): void {
  const heading = spec.heading(ACCEPTANCE);
  const items = takeItems(spec, heading);
  if (heading === undefined || items.length === 0) return;
  const criteria = items.map((item) => statementOf(spec, item));
  const [only] = draft.requirements;
  if (draft.requirements.length === 1 && only !== undefined) only.criteria.push(...criteria);
  else
    draft.requirements.push({
      title: 'The result is accepted',
      source: heading.text,
      path: spec.path,
      line: heading.line,
      statements: [
        {
          text: 'THE SYSTEM SHALL meet each of the criteria below.',
          path: spec.path,
          line: heading.line,
          inferred: 'acceptance criteria',
        },
      ],
      criteria,
    });
}

/** What is applied is one component; the commands under headings such as Verify are its checks. */
function application(apply: SourceDocument, draft: Draft): void {
  apply.title(/^.*$/);
  readDesign(apply, draft, () => []);
  if (draft.components.length === 0)
    draft.components.push({
      title: draft.title,
      kind: 'unknown',
      action: 'build',
      actionInferred: true,
      realises: [...draft.requirements],
      paths: [...new Set(apply.pieces.flatMap((one) => (one.kind === 'code' ? [] : pathsIn(one.raw))))],
      statements: takeItems(apply, apply.heading(/^(?:steps|apply|how|plan|instructions|build)\b/i)).map((one) =>
        statementOf(apply, one),
      ),
      path: apply.path,
      line: 1,
    });
  for (const heading of apply.headings(VERIFY)) {
    for (const code of apply
      .under(heading)
      .filter((one) => one.kind === 'code' && /^(?:sh|bash|shell|console|)$/.test(one.lang))) {
      apply.take([heading, code]);
      draft.checks.push({
        title: titleOf(heading),
        criteria: [],
        method: 'command',
        text: code.raw,
        path: apply.path,
        line: code.line,
      });
    }
  }
}
