import {
  baseName,
  buildFile,
  type FileBuilder,
  folderOf,
  lineFinder,
  resolveFrom,
} from '../../../domain/extract/build.ts';
import type { Extractor, Fact } from '../../../domain/extract/contract.ts';
import { readCommands, summarise } from '../shell/reading.ts';
import { sayShell } from '../shell/say.ts';
import { recipeOf } from './recipe.ts';
import { type MakeFile, type MakeRule, scanMake } from './scan.ts';

/** Variables that make itself sets or gives a default (GNU make manual, "Implicit variables", "Automatic variables"). */
const provided =
  /^(?:MAKE\w*|CURDIR|SHELL|SUFFIXES|AR|AS|CC|CXX|CPP|FC|PC|LEX|YACC|LINT|RM|ARFLAGS|ASFLAGS|CFLAGS|CXXFLAGS|CPPFLAGS|FFLAGS|LDFLAGS|LDLIBS|LOADLIBES|YFLAGS|LFLAGS|VPATH|HOME|PATH|PWD|USER|TERM|TMPDIR|OS|DESTDIR|\.\w+)$/;
/** Targets with a meaning of their own. */
const special = /^\.[A-Z_]+$/;

/** Makefiles: targets, variables, conditions, and what the recipes run. The scope is the folder. */
export const make: Extractor = {
  format: 'make',
  matches: (path) => /(?:^|\/)(?:GNU)?[Mm]akefile(?:\.[\w-]+)?$|\.mk$/.test(path) && !/\.(?:am|in)$/.test(path),
  extract(source) {
    const file = buildFile('make', source);
    const scanned = scanMake(source.text);
    const phony = new Set(
      scanned.rules.filter((rule) => rule.targets.includes('.PHONY')).flatMap((rule) => rule.prerequisites),
    );
    const rules = scanned.rules.filter((rule) => !rule.targets.some((target) => special.test(target)));
    const goal = scanned.variables.find((variable) => variable.name === '.DEFAULT_GOAL')?.value ?? firstGoal(rules);
    const entry = file.fact({
      kind: 'entrypoint',
      name: baseName(source.path),
      at: { line: 1 },
      attributes: { nameFrom: 'path', defaultGoal: goal },
    });
    sayVariables(file, scanned, source.text);
    for (const condition of scanned.conditions)
      file.fact({
        kind: 'decision',
        name: condition.text,
        at: condition,
        attributes: { rule: `make-${condition.keyword}` },
      });
    for (const rule of rules)
      for (const target of rule.targets) sayTarget(file, source.path, rule, target, { phony, goal, entry });
    for (const include of scanned.includes) sayInclude(file, entry, source.path, include);
    return file.done();
  },
};

function firstGoal(rules: readonly MakeRule[]): string | undefined {
  return rules
    .flatMap((rule) => rule.targets)
    .find((target) => !target.includes('%') && !target.startsWith('.') && !target.includes('$'));
}

/** `?=` is a parameter with a default; what is used and nowhere set is one without. */
function sayVariables(file: FileBuilder, { variables, demanded }: MakeFile, text: string): void {
  const known = new Set<string>();
  const required = new Map(demanded.map((demand) => [demand.name, demand]));
  for (const variable of variables) {
    if (known.has(variable.name) || variable.name.startsWith('.') || variable.operator === '+=') continue;
    known.add(variable.name);
    const isInput = variable.operator === '?=';
    const demand = required.get(variable.name);
    const value = variable.value.slice(0, 200);
    file.fact({
      kind: isInput ? 'input' : 'value',
      name: variable.name,
      at: variable,
      attributes: isInput
        ? { rule: 'make-conditional-assignment', default: value, required: demand !== undefined }
        : { rule: 'make-assignment', value, target: variable.target },
    });
  }
  for (const { name, message, line } of demanded) {
    if (known.has(name)) continue;
    known.add(name);
    file.fact({
      kind: 'input',
      name,
      at: { line },
      attributes: { rule: 'make-error-when-unset', required: true, message, nameFrom: 'condition above' },
    });
  }
  for (const [name, line] of references(text)) {
    if (known.has(name) || provided.test(name)) continue;
    known.add(name);
    file.fact({
      kind: 'input',
      name,
      at: { line },
      status: 'inferred',
      attributes: { rule: 'make-unset-variable', required: false },
    });
  }
}

/** First line of every `$(NAME)` or `${NAME}` in capitals; `$$` belongs to the shell. */
function references(text: string): Map<string, number> {
  const found = new Map<string, number>();
  text.split('\n').forEach((line, index) => {
    if (/^\s*#/.test(line)) return;
    for (const [, escaped, name] of line.matchAll(/(\$\$)|\$[({]([A-Z][A-Z0-9_]*)(?=[)}:])/g))
      if (escaped === undefined && name !== undefined && !found.has(name)) found.set(name, index + 1);
  });
  return found;
}

interface Known {
  phony: ReadonlySet<string>;
  goal: string | undefined;
  entry: Fact;
}

function sayTarget(
  file: FileBuilder,
  path: string,
  rule: MakeRule,
  target: string,
  { phony, goal, entry }: Known,
): void {
  const at = { line: rule.line, endLine: rule.endLine };
  const { text, spell } = recipeOf(rule.recipe.map((line) => line.text));
  const reading = readCommands(text);
  const isPhony = phony.has(target);
  const said = summarise(reading);
  const job = file.fact({
    kind: 'job',
    name: target,
    at,
    attributes: {
      ...said,
      object: typeof said['object'] === 'string' ? spell(said['object']) : undefined,
      phony: isPhony || undefined,
      default: target === goal || undefined,
      prerequisites: rule.prerequisites.length > 0 ? [...rule.prerequisites] : undefined,
      description: rule.description,
      ignoresErrors: rule.recipe.some((line) => /^\s*@?-/.test(line.text)) || said['ignoresErrors'],
    },
  });
  if (isPhony) file.fact({ kind: 'phase', name: target, at, attributes: { rule: 'make-target' } });
  if (target === goal)
    file.refer(entry, 'calls', { by: 'name', format: 'make', kinds: ['job'], name: target, scope: file.scope }, at);
  for (const name of rule.prerequisites)
    if (!name.includes('$'))
      file.refer(
        job,
        'depends-on',
        { by: 'name', format: 'make', kinds: ['job'], name, scope: file.scope },
        { line: rule.line },
      );
  const lineAt = lineFinderOf(rule, text);
  const folder = folderOf(path);
  sayShell(file, reading, {
    at: (from, to) => ({ line: lineAt(from), endLine: lineAt(Math.max(from, to - 1)) }),
    owner: job,
    folders: [folder],
    spell,
  });
  for (const line of rule.recipe) saySubmake(file, job, folder, line);
}

/** Lines of offsets into the joined recipe, whose lines need not follow each other in the file. */
function lineFinderOf(rule: MakeRule, joined: string): (offset: number) => number {
  const lines = rule.recipe.flatMap(({ text, line }) => text.split('\n').map((_, index) => line + index));
  const find = lineFinder(joined);
  return (offset) => lines[find(offset) - 1] ?? rule.line;
}

/** `$(MAKE) -C folder target` runs the Makefile of another folder. */
function saySubmake(
  file: FileBuilder,
  job: Fact,
  folder: string,
  { text, line }: { text: string; line: number },
): void {
  for (const [, directory, target] of text.matchAll(
    /\$[({]MAKE[)}]\s+(?:-s\s+|--no-print-directory\s+)*(?:-C\s*(\S+)\s*)?([\w.-]+)?/g,
  )) {
    const scope = directory === undefined ? folder : resolveFrom(folder, directory.replace(/\/$/, ''));
    if (scope === undefined || scope.includes('$')) continue;
    if (target !== undefined)
      file.refer(job, 'calls', { by: 'name', format: 'make', kinds: ['job'], name: target, scope }, { line });
    else file.refer(job, 'calls', { by: 'path', path: `${scope}/Makefile`, kinds: ['entrypoint'] }, { line });
  }
}

function sayInclude(
  file: FileBuilder,
  entry: Fact,
  path: string,
  { path: target, line }: { path: string; line: number },
): void {
  const folder = folderOf(path);
  if (target.includes('$') || target.includes('*')) {
    const glob = resolveFrom(folder, target.replace(/\$[({][^)}]*[)}]\/?/g, '*'));
    if (glob !== undefined && /\w/.test(glob)) file.refer(entry, 'includes', { by: 'pattern', glob }, { line });
    return;
  }
  const resolved = resolveFrom(folder, target);
  if (resolved !== undefined) file.refer(entry, 'includes', { by: 'path', path: resolved }, { line });
}
