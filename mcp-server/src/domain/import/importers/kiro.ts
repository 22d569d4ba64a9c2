import type { SourceFile } from '../../extract/contract.ts';
import { type Draft, type DraftRequirement, emptyDraft, type Importer, statementOf, type Unit } from '../contract.ts';
import { readDesign } from '../design-source.ts';
import { isHeading, type Piece, SourceDocument } from '../source-document.ts';
import { isOurs, isProse, nameOf, takeItems, takeProse, unitsByFolder } from '../take.ts';

/** `Requirement 3: Title`, `要件3: Title`, `Anforderung 3 - Title`: a word of any language and a number. */
const REQUIREMENT = /^\p{L}[\p{L} ]{0,40}?\s?(\d{1,4})(?:\s*[:：.–—-]\s*|\s+|$)(.*)$/u;
/** A heading with a place to be filled in: a template for specifications, and none itself. */
const UNFILLED = /^#{1,6} [^\n{]{0,200}\{\{[\w ]{1,60}\}\}/m;
const INTRODUCTION =
  /^(?:introduction|overview|einleitung|einführung|導入|はじめに|概要|介绍|简介|소개|introducción|introduction)\b|^(?:導入|はじめに|概要|介绍|简介|소개)/i;
const INPUT = /^project description/i;

/**
 * Kiro, and what writes its format: a folder a feature with requirements.md (numbered requirements with a user story and
 * numbered criteria in EARS), design.md and tasks.md.
 */
export const kiro: Importer = {
  format: 'kiro',
  tool: 'Kiro',
  units: (files) => unitsByFolder(files, opens, (file) => /\.md$/.test(file.path) && !isOurs(file)),
  read,
};

function opens(file: SourceFile): boolean {
  if (nameOf(file.path) !== 'requirements.md' || isOurs(file) || UNFILLED.test(file.text)) return false;
  return (
    /(?:^|\/)\.kiro\/specs\//.test(file.path) || /^#{2,4} +\p{L}[\p{L} ]{0,40}?\s?\d{1,4}\s*[:：]/mu.test(file.text)
  );
}

function read(unit: Unit): Draft {
  const documents = unit.files.map((file) => new SourceDocument(file.path, file.text));
  const named = (name: string) => documents.find((one) => nameOf(one.path) === name);
  const draft = emptyDraft(nameOf(unit.name), documents);
  const requirements = named('requirements.md');
  if (requirements !== undefined) {
    requirements.title(/^.*$/);
    draft.problem.push(...takeProse(requirements, requirements.heading(INTRODUCTION), 'introduction'));
    draft.problem.push(...takeProse(requirements, requirements.heading(INPUT), 'project description'));
    draft.requirements.push(...requirements.headings(REQUIREMENT).map((one) => requirement(requirements, one)));
  }
  const design = named('design.md');
  if (design !== undefined) {
    design.title(/^.*$/);
    readDesign(design, draft, (text) => numbered(text, draft.requirements));
  }
  return draft;
}

function requirement(document: SourceDocument, heading: Piece): DraftRequirement {
  const [, number = '', title = ''] = REQUIREMENT.exec(heading.text) ?? [];
  const own = document.take(heading);
  const below = document.under(heading);
  // A heading such as "Acceptance Criteria" only says what the list below it is.
  document.take(below.filter((one) => isHeading(one) && document.body(one).some((piece) => piece.kind === 'item')));
  const items = takeItems(document, heading);
  const story = document.take(below.filter((one) => isProse(one) && one.kind === 'paragraph'));
  return {
    title: title === '' ? own.text : title,
    source: own.text.slice(0, own.text.length - title.length).replace(/[\s:：.–—-]+$/, '') || `Requirement ${number}`,
    path: document.path,
    line: own.line,
    statements: story
      .filter((one) => !/^\W*(?:acceptance criteria)\W*$/i.test(one.text))
      .map((one) => statementOf(document, one)),
    criteria: items.map((one) => statementOf(document, one)),
  };
}

/** `Requirements: 1.1, 2.3` names requirements by the number in their heading. */
function numbered(text: string, requirements: readonly DraftRequirement[]): DraftRequirement[] {
  const named =
    /(?:requirements?|要件|需求)\W{0,8}((?:\d{1,4}(?:\.\d{1,4})*(?:\s*[,、;–-]\s*|\s+|$)){1,60})/iu.exec(text)?.[1] ??
    '';
  const numbers = new Set((named.match(/\d+(?:\.\d+)*/g) ?? []).map((one) => one.split('.')[0]));
  return requirements.filter(({ source }) => numbers.has(/\d+/.exec(source)?.[0]));
}
