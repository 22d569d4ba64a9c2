import { baseName, type FileBuilder, lineFinder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { type TemplateAction, templateActions } from './actions.ts';
import { undeclaredRule } from './settle.ts';
import { templateObjects } from './template-objects.ts';
import { type Block, type ValueUse, walkActions } from './value-uses.ts';

/**
 * A chart's template: the objects it makes, the values it reads, the helpers it calls and defines, what it asks of the
 * cluster and where it refuses to go on. Read as text with actions, never as YAML.
 */
export function templateFacts(file: FileBuilder, source: { path: string; text: string }): void {
  const actions = templateActions(source.text);
  const endLine = lineFinder(source.text)(source.text.length);
  const objects = templateObjects(file, source, actions);
  const notes = baseName(source.path) === 'NOTES.txt' ? notesFact(file, endLine) : undefined;
  const ends = blockEnds(actions, endLine);
  const objectAt = nearest(objects);
  let define: Fact | undefined;
  const seen = new Map<string, ValueUse>();
  walkActions(actions, (action, uses, blocks) => {
    if (blocks.length === 0) define = undefined;
    if (action.tokens[0]?.value === 'define' && action.tokens[1]?.type === 'string')
      define = defineFact(file, action, ends.get(action) ?? action.endLine);
    const object = objectAt(action.line);
    const owner = define ?? (object !== undefined && isWithin(object, action.line) ? object : notes);
    calls(file, owner, action);
    for (const use of uses) {
      const known = seen.get(use.path);
      if (known === undefined) seen.set(use.path, { ...use });
      else if (use.required !== undefined) known.required ??= use.required;
      if (owner !== undefined)
        file.refer(owner, 'reads', { by: 'name', kinds: ['input'], name: use.path, scope: file.scope }, use);
      if (use.required !== undefined) requirement(file, action, use);
    }
    refusal(file, action);
    if (object !== undefined && object.kind === 'resource') condition(file, action, blocks, object);
  });
  for (const use of seen.values()) usedInput(file, use);
}

function isWithin(object: Fact, line: number): boolean {
  const place = object.evidence[0];
  return place !== undefined && place.line <= line && line <= place.endLine;
}

/**
 * A value that this template reads. Only the whole chart tells whether values.yaml declares it; what it does declare is
 * dropped when the files are joined (see settle.ts).
 */
function usedInput(file: FileBuilder, use: ValueUse): void {
  file.fact({
    kind: 'input',
    name: use.path,
    at: use,
    status: 'inferred',
    attributes: {
      rule: undeclaredRule,
      nameFrom: 'path below .Values',
      required: use.required !== undefined,
      hasDefault: use.hasDefault,
    },
  });
}

function notesFact(file: FileBuilder, endLine: number): Fact {
  return file.fact({
    kind: 'output',
    name: 'NOTES.txt',
    at: { line: 1, endLine },
    attributes: { nameFrom: 'file name', of: 'helm install' },
  });
}

function defineFact(file: FileBuilder, action: TemplateAction, endLine: number): Fact {
  const name = action.tokens[1]?.value ?? '';
  return file.fact({ kind: 'value', name, at: { line: action.line, endLine }, attributes: { define: true } });
}

/** Line of the `end` that closes each opening action; one that is never closed ends with the text. */
function blockEnds(actions: readonly TemplateAction[], last: number): Map<TemplateAction, number> {
  const ends = new Map<TemplateAction, number>();
  const open: TemplateAction[] = [];
  for (const action of actions) {
    const word = action.tokens[0]?.value ?? '';
    if (/^(?:if|with|range|define|block)$/.test(word)) open.push(action);
    else if (word === 'end') {
      const opened = open.pop();
      if (opened !== undefined) ends.set(opened, action.endLine);
    }
  }
  for (const action of open) ends.set(action, last);
  return ends;
}

/** The first object that does not end before a line; lines have to be asked for in ascending order. */
function nearest(objects: readonly Fact[]): (line: number) => Fact | undefined {
  let at = 0;
  return (line) => {
    while (at < objects.length && (objects[at]?.evidence[0]?.endLine ?? 0) < line) at++;
    return objects[at];
  };
}

function calls(file: FileBuilder, owner: Fact | undefined, action: TemplateAction): void {
  action.tokens.forEach((token, at) => {
    if (token.type !== 'word') return;
    const next = action.tokens[at + 1];
    if (/^(?:include|template)$/.test(token.value) && next?.type === 'string' && owner !== undefined) {
      file.refer(owner, 'calls', { by: 'name', kinds: ['value'], name: next.value, scope: file.scope }, action);
    } else if (token.value === 'lookup') {
      const [apiVersion, kind] = [action.tokens[at + 1]?.value ?? '', action.tokens[at + 2]?.value ?? ''];
      file.fact({
        kind: 'data',
        name: kind === '' ? 'lookup' : kind,
        at: action,
        attributes: { rule: 'lookup', apiVersion, effect: 'read', object: kind },
      });
    }
  });
  action.tokens.forEach((token, at) => {
    // `.Files.Get "x"` reads beside Chart.yaml.
    if (token.type !== 'path' || !/\.Files\.(?:Get|GetBytes|Lines|Glob)$/.test(token.value) || owner === undefined)
      return;
    const name = action.tokens[at + 1];
    const path = name?.type === 'string' ? resolveFrom(file.scope, name.value) : undefined;
    if (path === undefined) return;
    file.refer(owner, 'reads', /[*?]/.test(path) ? { by: 'pattern', glob: path } : { by: 'path', path }, action);
  });
}

function requirement(file: FileBuilder, action: TemplateAction, use: ValueUse): void {
  const check = file.fact({
    kind: 'check',
    name: use.path,
    at: action,
    attributes: { rule: 'template-required', message: use.required, nameFrom: 'path below .Values' },
  });
  file.refer(check, 'reads', { by: 'name', kinds: ['input'], name: use.path, scope: file.scope }, action);
}

function refusal(file: FileBuilder, action: TemplateAction): void {
  const at = action.tokens.findIndex((token) => token.type === 'word' && token.value === 'fail');
  if (at < 0) return;
  const message = action.tokens.slice(at + 1).find((token) => token.type === 'string')?.value;
  file.fact({ kind: 'check', name: 'fail', at: action, attributes: { rule: 'template-fail', message } });
}

/** Whether an object is made at all is decided by the `if` around it; conditions inside an object only shape it. */
function condition(file: FileBuilder, action: TemplateAction, blocks: readonly Block[], object: Fact): void {
  if (action.tokens[0]?.value !== 'if' || blocks.length > 2 || blocks.some((block) => block.word !== 'if')) return;
  const text = action.text.replace(/^if\s+/, '');
  if (isWithin(object, action.line) || !/[.$]/.test(text)) return;
  const decision = file.fact({
    kind: 'decision',
    name: text.replace(/\s+/g, ' ').slice(0, 200),
    at: action,
    attributes: {
      rule: 'template-if',
      decides: object.name,
      nameFrom: text.includes('\n') ? 'lines joined' : undefined,
    },
  });
  file.refer(
    decision,
    'calls',
    { by: 'name', format: 'helm', kinds: ['resource'], name: object.name, scope: file.scope },
    action,
  );
}
