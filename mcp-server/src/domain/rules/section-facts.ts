import type { Outline, Section } from '../artifact/markdown.ts';
import { sectionOf } from '../artifact/markdown.ts';
import { SECTIONS, type SectionFacts } from '../artifact/sections.ts';
import type { RuleInput } from './rule.ts';

/** A section that the readers know, with what stands under its heading. */
export interface KnownSection {
  path: string;
  doc: Outline;
  facts: SectionFacts;
  section: Section | undefined;
}

/** Every section that the readers know, of the artifacts that are there. */
export function knownSections(input: RuleInput): KnownSection[] {
  const artifacts = [
    ['requirements.md', input.requirements],
    ['feasibility.md', input.feasibility],
    ['design.md', input.design],
  ] as const;
  return artifacts.flatMap(([name, artifact]) =>
    artifact === undefined
      ? []
      : (SECTIONS[name] ?? []).map((facts) => ({
          path: artifact.path,
          doc: artifact.doc,
          facts,
          section: sectionOf(artifact.doc, facts.title),
        })),
  );
}

/** Text of a file as a message shows it: quoted, on one line, and short. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 59)}…` : line);
}
