import { obliges } from '../ears/obligation.ts';
import { sentencesOf } from '../ears/sentences.ts';
import { type Draft, type DraftRequirement, emptyDraft, type Importer, type Unit } from './contract.ts';
import { readDesign } from './design-source.ts';
import { SourceDocument } from './source-document.ts';
import { nameOf } from './take.ts';
import { titleFrom } from './titles.ts';

/**
 * Requirements from a design or from pseudocode. Everything is a conclusion, so every requirement is marked: what a sentence
 * of the design obliges to, what each component is there for, what each routine and each condition of the code does.
 * Not in the catalogue of formats, because any text is a design to somebody: a person names the file.
 */
export const designFirst: Importer = {
  format: 'design',
  tool: 'a design or pseudocode',
  units: (files) => files.map((file) => ({ name: nameOf(file.path), files: [file] })),
  read,
};

function read(unit: Unit): Draft {
  const documents = unit.files.map(
    ({ path, text }) => new SourceDocument(path, isMarkdown(path) ? text : asCode(text)),
  );
  const draft = emptyDraft(nameOf(unit.name).replace(/\.[a-z0-9]+$/i, ''), documents);
  for (const [at, document] of documents.entries()) {
    const title = document.title(/^(?:(?:technical )?design(?: document)?|solution design)\s*[:–—-]?\s*/i);
    if (title !== '') draft.title = title;
    // Code that is no Markdown stands one line lower in the document than in its file.
    const shift = isMarkdown(unit.files[at]!.path) ? 0 : 1;
    draft.requirements.push(...fromSentences(document), ...fromCode(document, shift));
    readDesign(document, draft, () => []);
  }
  for (const component of draft.components) {
    const requirement = ofComponent(component.title, component.path, component.line);
    component.realises.push(requirement);
    draft.requirements.push(requirement);
  }
  return draft;
}

const isMarkdown = (path: string) => /\.(?:md|markdown)$/i.test(path);

/** Indented by nothing and fenced longer than any fence in it, a text is code as a whole. */
function asCode(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((match) => match[0].length + 1)));
  return `${fence}\n${text.replace(/^\ufeff/, '')}\n${fence}`;
}

const concluded = (title: string, sentence: string, why: string, path: string, line: number): DraftRequirement => ({
  title,
  source: why,
  path,
  line,
  statements: [{ text: sentence, path, line, inferred: why }],
  criteria: [],
});

const ofComponent = (title: string, path: string, line: number) =>
  concluded(
    title,
    `THE SYSTEM SHALL do what the component "${quoted(title)}" is there for.`,
    'component of the design',
    path,
    line,
  );

function fromSentences(document: SourceDocument): DraftRequirement[] {
  return document.pieces
    .filter((piece) => piece.kind === 'paragraph' || piece.kind === 'item')
    .flatMap((piece) =>
      sentencesOf(piece.text)
        .filter(obliges)
        .map((sentence) =>
          concluded(titleFrom(sentence), sentence, 'sentence of the design', document.path, piece.line),
        ),
    );
}

const ROUTINE =
  /^\s*(?:export\s+|async\s+|public\s+|private\s+)*(?:def|function|func|fn|procedure|proc|sub|routine)\s+([A-Za-z_][\w.-]{0,80})/i;
const CONDITION =
  /^\s*(?:else\s+)?(?:if|when|while|elif|elsif)\b[ \t]{0,8}\(?(.{1,200}?)\)?[ \t]{0,8}(?:then\b|:|\{)\s*(.{0,200})$/i;

/** Routines and conditions of code, whatever the language: one line is read at a time. */
function fromCode(document: SourceDocument, shift: number): DraftRequirement[] {
  return document.pieces
    .filter((piece) => piece.kind === 'code' && !/^(?:mermaid|json|ya?ml|text|plantuml)$/i.test(piece.lang))
    .flatMap((piece) =>
      piece.raw.split('\n').flatMap((text, at) => {
        const line = piece.line + 1 + at - shift;
        const name = ROUTINE.exec(text)?.[1];
        if (name !== undefined)
          return [
            concluded(
              `Routine ${name}`,
              `THE SYSTEM SHALL offer \`${name}\`.`,
              'routine of the design',
              document.path,
              line,
            ),
          ];
        const [, condition, then = ''] = CONDITION.exec(text) ?? [];
        if (condition === undefined) return [];
        const what = then.trim() === '' ? 'do what the design says there' : `do \`${quoted(then.trim())}\``;
        return [
          concluded(
            `When ${quoted(condition)}`,
            `IF \`${quoted(condition)}\` holds, THEN THE SYSTEM SHALL ${what}.`,
            'condition of the design',
            document.path,
            line,
          ),
        ];
      }),
    );
}

const quoted = (text: string) => text.replace(/[`"<>]/g, "'").trim();
