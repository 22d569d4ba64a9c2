import { folderOf, resolveFrom } from '../../../domain/extract/build.ts';
import { literalText } from '../terraform/expression.ts';
import { expressionEnd } from '../terraform/expression-end.ts';
import { argumentsOf } from '../terraform/items.ts';

/** Where an expression is evaluated. */
export interface Place {
  /** The folder of the file. */
  folder: string;
  /** The file is what runs, not what others include: then its folder is Terragrunt's own. */
  isOwn: boolean;
  /** Expressions of the file's locals, by their names. */
  locals: ReadonlyMap<string, string>;
}

/**
 * What an expression of paths or sources may be: a branch for each outcome of a condition, each with its candidates, nearest
 * first (`find_in_parent_folders` and the like ask the tree). A path of the tree begins with `/`; `*` stands for what only
 * a run tells.
 */
export type Branches = readonly (readonly string[])[];

const unknown: Branches = [['*']];
const deepest = 8;
/** Expressions that one value may lead to: locals that name each other many times would never end. */
const mostSteps = 200;
const mostBranches = 8;
const mostCandidates = 24;

/** Evaluates what can be told from the file alone (Terragrunt, HCL Functions). Total. */
export function evaluate(raw: string, place: Place): Branches {
  return step(raw, { ...place, steps: { left: mostSteps } }, deepest);
}

type Run = Place & { steps: { left: number } };

function step(raw: string, place: Run, depth: number): Branches {
  const text = raw.trim();
  if (depth <= 0 || text === '' || place.steps.left-- <= 0) return unknown;
  const literal = literalText(text);
  if (literal !== undefined) return [[literal]];
  const choice = conditional(text);
  if (choice !== undefined) return choice.flatMap((branch) => step(branch, place, depth - 1)).slice(0, mostBranches);
  if (text.startsWith('"') && text.endsWith('"')) return template(text.slice(1, -1), place, depth - 1);
  if (text.startsWith('(') && text.endsWith(')')) return step(text.slice(1, -1), place, depth - 1);
  const local = /^local\.([\w-]+)$/.exec(text)?.[1];
  const value = local === undefined ? undefined : place.locals.get(local);
  if (value !== undefined) return step(value, place, depth - 1);
  return call(text, place, depth - 1);
}

/**
 * The path of the tree that a candidate means; undefined where a part of it is not known. What a shared configuration
 * gives relatively is seen from the unit that includes it, but for the files that its functions read.
 */
export function pathIn(candidate: string, place: Place, ofFunction = false): string | undefined {
  if (candidate.includes('*') || candidate.includes(':')) return undefined;
  if (candidate.startsWith('/')) return resolveFrom('.', candidate.slice(1) || '.');
  return place.isOwn || ofFunction ? resolveFrom(place.folder, candidate || '.') : undefined;
}

function call(text: string, place: Run, depth: number): Branches {
  const name = /^(\w+)\(/.exec(text)?.[1];
  const given = name === undefined ? undefined : argumentsOf(text, name);
  if (given === undefined) return unknown;
  const [first] = given;
  const above = ancestors(place.folder);
  switch (name) {
    case 'find_in_parent_folders': {
      if (!place.isOwn) return unknown;
      const file = first === undefined ? 'terragrunt.hcl' : literalText(first.text);
      return file === undefined ? unknown : [above.map((folder) => inside(folder, file))];
    }
    case 'get_terragrunt_dir':
    case 'get_original_terragrunt_dir':
      return place.isOwn ? [[inside(place.folder)]] : unknown;
    case 'get_parent_terragrunt_dir':
    case 'path_relative_from_include':
      return [place.isOwn ? above.map((folder) => inside(folder)) : [inside(place.folder)]];
    case 'get_repo_root':
    case 'get_path_to_repo_root':
      return [['/']];
    case 'dirname':
      return first === undefined ? unknown : mapped(step(first.text, place, depth), parent);
    case 'abspath':
    case 'read_terragrunt_config':
      return first === undefined ? unknown : step(first.text, place, depth);
    case 'basename':
      return first === undefined ? unknown : mapped(step(first.text, place, depth), last);
    default:
      return unknown;
  }
}

/** Literal text with `${}` in it: every branch of a part with every one of what stands before it. */
function template(text: string, place: Run, depth: number): Branches {
  let found: string[][] = [['']];
  const add = (branches: Branches) => {
    found = found
      .flatMap((before) =>
        branches.map((after) => before.flatMap((start) => after.map((end) => start + end)).slice(0, mostCandidates)),
      )
      .slice(0, mostBranches);
  };
  let from = 0;
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', from)) {
    const { end } = expressionEnd(text, at + 2, () => false);
    add([[text.slice(from, at)]]);
    add(step(text.slice(at + 2, end).replace(/^~|~$/g, ''), place, depth));
    from = Math.min(text.length, end + 1);
  }
  add([[text.slice(from)]]);
  return found.map((branch) => branch.map((candidate) => candidate.replace(/^\/{2,}/, '/')));
}

/** The two outcomes of `condition ? a : b` as an expression that is nothing else. */
function conditional(text: string): [string, string] | undefined {
  let depth = 0;
  let question = -1;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"') {
      const end = quoteEnd(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') depth--;
    else if (depth === 0 && char === '?' && question < 0) question = at;
    else if (depth === 0 && char === ':' && question >= 0)
      return [text.slice(question + 1, at).trim(), text.slice(at + 1).trim()];
  }
  return undefined;
}

/** Offset of the quote that closes a string, templates in it passed over. */
function quoteEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '"') return at;
    else if (char === '$' && text[at + 1] === '{') at = expressionEnd(text, at + 2, () => false).end;
  }
  return undefined;
}

/** The folders above one, nearest first, the root last. */
export function ancestors(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; at !== '.'; ) {
    at = folderOf(at);
    found.push(at);
  }
  return found.slice(0, mostCandidates);
}

const inside = (folder: string, file = '') => (folder === '.' ? `/${file}` : `/${folder}${file && `/${file}`}`);

function mapped(branches: Branches, change: (path: string) => string): Branches {
  return branches.map((branch) => branch.map((path) => (path === '*' ? path : change(path))));
}

function parent(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash) || '/';
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
