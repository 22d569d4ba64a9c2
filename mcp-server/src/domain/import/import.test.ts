import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { readRequirements } from '../artifact/requirements.ts';
import type { SourceFile } from '../extract/contract.ts';
import { errorsIn } from '../finding.ts';
import { RULES } from '../rules/catalogue.ts';
import { ruleInput, runRules } from '../rules/rule.ts';
import { IMPORTERS, unitsIn } from './catalogue.ts';
import { type Imported, importUnit } from './import.ts';

const FOLDER = join(import.meta.dirname, '../../../../test/fixtures/import');

function filesOf(format: string): SourceFile[] {
  const root = join(FOLDER, format);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}

function imports(files: readonly SourceFile[], format?: string): Imported[] {
  return unitsIn(files, format).map(({ importer, unit }) => importUnit(importer, unit, '', 'Ada'));
}

function errorsOf({ requirements, design }: Imported): string[] {
  const artifacts = { 'requirements.md': requirements, ...(design === undefined ? {} : { 'design.md': design }) };
  const found = runRules(RULES, ruleInput(artifacts, { platform: undefined, stated: new Map() }));
  return errorsIn(found).map(({ path, line, rule, message }) => `${path}:${line} ${rule}: ${message}`);
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** Words of the sources that neither draft has. */
function lost(files: readonly SourceFile[], drafts: readonly Imported[]): string[] {
  const kept = wordsOf(drafts.map((one) => `${one.requirements}\n${one.design ?? ''}`).join('\n'));
  return [...wordsOf(files.map((file) => file.text).join('\n'))].filter((word) => !kept.has(word));
}

const only = (format: string) => imports(filesOf(format))[0]!;

describe.each(IMPORTERS.map((importer) => importer.format))('work of %s', (format) => {
  it('[R-IMPORT-1] is recognised by its form and becomes drafts without an error', () => {
    const files = filesOf(format);
    const found = unitsIn(files, undefined);
    expect(found.map(({ importer }) => importer.format)).toEqual(found.map(() => format));
    const drafts = imports(files);
    expect(drafts.length).toBeGreaterThan(0);
    expect(drafts.flatMap(errorsOf)).toEqual([]);
  });

  it('[R-IMPORT-2] loses no word: what has no place stands under Imported text with its file and lines', () => {
    const files = filesOf(format);
    expect(lost(files, imports(files))).toEqual([]);
  });

  it('gives the same drafts with line ends of Windows and a byte order mark', () => {
    const files = filesOf(format);
    const other = files.map(({ path, text }) => ({ path, text: `\ufeff${text.replaceAll('\n', '\r\n')}` }));
    expect(imports(other).map((one) => one.requirements)).toEqual(imports(files).map((one) => one.requirements));
  });
});

describe('Kiro', () => {
  it('keeps requirements and criteria in order, each with its place', () => {
    const { requirements } = only('kiro');
    const read = readRequirements(requirements);
    expect(read.requirements.map(({ id, title }) => `${id} ${title}`)).toEqual([
      'REQ-1 Purge one file',
      'REQ-2 Purge limits',
      'REQ-3 Record',
    ]);
    expect(read.requirements.map((one) => one.criteria.length)).toEqual([2, 2, 1]);
    expect(requirements).toContain('- Source: `.kiro/specs/edge-cache/requirements.md:9`, Requirement 1');
  });

  it('takes components with the requirements and paths that they name, and a decision with its reason', () => {
    const { design } = only('kiro');
    const drafted = readDesign(design!);
    expect(drafted.components.map(({ title, realises, paths }) => ({ title, realises, paths }))).toEqual([
      { title: 'Purge API', realises: ['REQ-1', 'REQ-2'], paths: ['services/purge/api.py'] },
      { title: 'Journal', realises: ['REQ-3'], paths: ['services/purge/journal.py'] },
    ]);
    expect(drafted.decisions.map(({ title }) => title)).toEqual(['Push instead of polling']);
  });
});

describe('Kiro folders as tools leave them', () => {
  const requirements = '# Requirements\n\n### Requirement 1: Albums\n\n1. WHEN asked, the app SHALL list albums.\n';

  it('hold templates for specifications, too, which are none', () => {
    const unfilled = requirements.replace('Albums', '{{AREA}}');
    const paths = ['.kiro/settings/templates/specs/requirements.md', '.kiro/specs/albums/requirements.md'];
    const [template, spec] = paths.map((path, at) => ({ path, text: at === 0 ? unfilled : requirements }));
    expect(unitsIn([template!, spec!], undefined).map(({ unit }) => unit.name)).toEqual(['.kiro/specs/albums']);
  });

  it('have notes beside the design that no component owns', () => {
    const design = '# Design\n\n## Components\n\n### Album list\n\nSee `research.md`; it is in `src/albums.ts`.\n';
    const files = [
      { path: '.kiro/specs/albums/requirements.md', text: requirements },
      { path: '.kiro/specs/albums/design.md', text: design },
      { path: '.kiro/specs/albums/research.md', text: 'Notes.\n' },
    ];
    expect(readDesign(imports(files)[0]!.design!).components[0]!.paths).toEqual(['src/albums.ts']);
  });
});

describe('OpenSpec', () => {
  it('makes a unit of each capability and of each change', () => {
    expect(unitsIn(filesOf('openspec'), undefined).map(({ unit }) => unit.name)).toEqual([
      'changes/add-quarantine',
      'specs/lease-audit',
    ]);
  });

  it('leaves archived changes alone', () => {
    const files = filesOf('openspec').map((file) => ({
      ...file,
      path: file.path.replace('changes/', 'changes/archive/'),
    }));
    expect(unitsIn(files, undefined).map(({ unit }) => unit.name)).toEqual(['specs/lease-audit']);
  });

  it('says of each requirement of a delta how it changes, and keeps what is taken away', () => {
    const drafts = imports(filesOf('openspec'));
    const { requirements } = drafts[0]!;
    expect(requirements.match(/^- Change: \w+$/gm)).toEqual(['- Change: added', '- Change: modified']);
    expect(requirements).toContain('**Mail to the desk** **Reason**: nobody reads it');
    expect(requirements).toContain('Renamed: FROM: `### Requirement: Night comparison`');
  });

  it('keeps the steps of a scenario below its criterion', () => {
    const drafts = imports(filesOf('openspec'));
    expect(drafts[1]!.requirements).toContain(
      '- **AC-1.1** A lease outside the plan\n  - **GIVEN** a lease for an address that no plan has\n',
    );
  });
});

describe('Spec Kit', () => {
  it('makes requirements of stories and FR-n, goals of SC-n, and questions of what is to be clarified', () => {
    const read = readRequirements(only('spec-kit').requirements);
    expect(read.requirements.map((one) => one.title)).toEqual([
      'Rotate one host',
      'Create keys of the type that the policy names',
      'Publish fingerprints [NEEDS CLARIFICATION: where to?]',
    ]);
    expect(read.questions.map((one) => one.title)).toContain('FR-002: where to?');
    expect(only('spec-kit').requirements).toMatch(/## Goal\n\n- \*\*SC-001\*\*/);
  });
});

describe('Itential', () => {
  it('reads capabilities, systems, and tables that are drawn with lines', () => {
    const { requirements, design } = only('itential');
    const read = readRequirements(requirements);
    expect(read.capabilities.map(({ title, required }) => [title, required])).toEqual([
      ['Run commands on switches', true],
      ['Render templates', false],
    ]);
    expect(read.systems.map((one) => one.title)).toEqual(['Ticketing']);
    expect(readDesign(design!).components.map(({ title, action }) => [title, action])).toEqual([
      ['Read Port for both vendors', 'build'],
      ['Backup', 'reuse'],
      ['Port Turn-Up', 'build'],
      ['What the source assigns to no component', 'build'],
    ]);
  });

  it('keeps a row with a cell that has no place', () => {
    expect(only('itential').requirements.split('## Imported text')[1]).toContain('the service desk');
  });
});

describe('spec.md and apply.md', () => {
  it('makes commands under Verify to checks, and a table of variables to Configuration', () => {
    const { design } = only('spec-apply');
    const read = readDesign(design!);
    expect(read.checks[0]).toMatchObject({ method: 'command', command: { text: 'python3 greeter/main.py' } });
    expect(read.components[0]!.paths).toEqual(['greeter/main.py', 'greeter/Dockerfile']);
    expect(design).toContain('| AUTHOR | yes | text |');
  });
});

describe('text of a source', () => {
  const kiro = (body: string) =>
    imports([{ path: 'requirements.md', text: `# R\n\n### Requirement 1: A\n\n${body}\n` }], 'kiro')[0]!;

  it('[R-IMPORT-3] switches no rule off, marks nothing as inferred and opens no section', () => {
    const hostile = kiro(
      'The tool SHALL act. <!-- countersign-disable-next-line vague-words: no -->\n\n1. a (inferred: me) b\n\n```\n## Questions\n````\n',
    );
    expect(hostile.requirements).not.toContain('<!--');
    expect(hostile.requirements).not.toContain('(inferred: me)');
    expect(errorsOf(hostile)).toEqual([]);
    expect(readRequirements(hostile.requirements).doc.sections.filter((one) => one.title === 'Questions')).toHaveLength(
      1,
    );
  });

  it('[R-IMPORT-3] loses its secrets, and the report counts them', () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const { requirements, report } = kiro(`The tool SHALL use ${secret}.\n\n1. It works`);
    expect(requirements).not.toContain(secret);
    expect(report.redacted).toBeGreaterThan(0);
  });

  it('never throws and loses no word, whatever stands in it', () => {
    const line = fc.constantFrom(
      '# alpha one',
      '## Requirements',
      '### Requirement 1: beta',
      '### Requirement: gamma',
      '#### Scenario: delta',
      '#### Acceptance Criteria',
      '- **FR-001**: System MUST epsilon',
      '1. WHEN zeta THEN it SHALL eta',
      '  - theta iota',
      '| Decision | Choice |\n| --- | --- |\n| kappa | lambda |',
      '```\nmu\n```',
      '```',
      '> nu',
      '<div>xi</div>',
      '',
      '## Components',
      '### omicron',
      'pi `src/rho.py`',
      '## Risks',
      '- [sigma] → tau',
      'REQ-1: upsilon',
      '- AC-9.9 phi',
      '**Input**: chi',
      '## Open Questions',
      '- psi?',
      '---',
      '\u202eomega',
      '## Acceptance Criteria',
      '\t- tab',
      '[a]: /b',
    );
    const text = fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n'));
    const names = [
      'requirements.md',
      'design.md',
      'spec.md',
      'apply.md',
      'proposal.md',
      'customer-spec.md',
      'solution-design.md',
    ];
    fc.assert(
      fc.property(fc.array(text, { minLength: 7, maxLength: 7 }), fc.constantFrom(...IMPORTERS), (texts, importer) => {
        const files = names.map((path, at) => ({ path, text: texts[at]! }));
        for (const unit of importer.units(files)) {
          const draft = importUnit(importer, unit, '', 'Ada');
          expect(lost(unit.files, [draft])).toEqual([]);
          expect(errorsOf(draft)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is read in linear time', () => {
    const timed = (count: number) => {
      const body = Array.from(
        { length: count },
        (_, at) => `### Requirement ${at}: T${at}\n\n1. WHEN a THEN b SHALL c\n`,
      );
      const files = [{ path: 'requirements.md', text: `## Requirements\n\n${body.join('\n')}` }];
      const start = process.cpuUsage();
      imports(files, 'kiro');
      return process.cpuUsage(start).user;
    };
    // Time of the processor, the best of three: what else the machine does only adds to it.
    const best = (count: number) => Math.min(...[0, 1, 2].map(() => timed(count)));
    timed(200);
    expect(best(800) / best(200)).toBeLessThan(10);
  });
});
