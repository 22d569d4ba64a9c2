import {
  type AndOr,
  type Command,
  forEachChild,
  type ParsedScript,
  parse,
  type Redirection,
  type SyntaxNode,
  type Word,
} from 'unbash';
import type {
  ShellAssignment,
  ShellCommand,
  ShellDecision,
  ShellFunction,
  ShellLoop,
  ShellParameter,
  ShellScript,
  ShellWord,
} from './script.ts';

/**
 * Reads shell text. Template expressions (`{{ x }}`, `${{ x }}`) count as parts of words. Total: broken text gives what
 * was understood, with the offsets of the errors.
 */
export function readShell(text: string): ShellScript {
  const reader = new Reader(text);
  reader.script(parse(masked(text)));
  return reader.result();
}

/** Templates would read as groups and pipes: letters of the same length take their place. */
function masked(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', from)) {
    const close = text.indexOf('}}', open);
    if (close < 0) break;
    const start = text[open - 1] === '$' ? open - 1 : open;
    parts.push(text.slice(from, start), text.slice(start, close + 2).replace(/[^\n]/g, '_'));
    from = close + 2;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

interface Context {
  within: string | undefined;
  isCondition: boolean;
  onFailure: ShellCommand['onFailure'];
  when: readonly string[];
}

/** Commands that are asked for their answer and do nothing themselves. */
const asking = /^(?:!\s*)?(?:\[|test\b|command -[vV]|which\b|type\b|hash\b|grep\b)/;

class Reader {
  private readonly text: string;
  private readonly commands: ShellCommand[] = [];
  private readonly functions: ShellFunction[] = [];
  private readonly decisions: ShellDecision[] = [];
  private readonly loops: ShellLoop[] = [];
  private readonly parameters: ShellParameter[] = [];
  private readonly assignments: ShellAssignment[] = [];
  private readonly errors: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  result(): ShellScript {
    const { text, commands, functions, decisions, loops, parameters, assignments, errors } = this;
    for (const list of [commands, functions, decisions, loops, parameters, assignments])
      list.sort((a, b) => a.at - b.at);
    // Broken text leaves nameless pieces behind, which say nothing.
    const said = decisions.filter((decision) => decision.text !== '');
    return {
      text,
      commands: commands.filter((command) => command.end > command.at),
      functions: functions.filter((found) => found.name !== ''),
      decisions: said,
      loops,
      parameters,
      assignments,
      errors,
    };
  }

  script(
    script: ParsedScript,
    context: Context = { within: undefined, isCondition: false, onFailure: undefined, when: [] },
  ): void {
    for (const error of script.errors ?? []) this.errors.push(error.pos);
    // Backquotes with escapes are a text of their own, whose offsets mean nothing here.
    if (script.source !== undefined) return;
    for (const statement of script.commands) this.node(statement, context);
  }

  private node(node: SyntaxNode, context: Context): void {
    switch (node.type) {
      case 'Command':
        this.command(node, context, undefined);
        return;
      case 'Pipeline': {
        let before: ShellCommand | undefined;
        for (const command of node.commands) {
          // Only the last command of a pipeline decides what `||` sees.
          const own = command === node.commands.at(-1) ? context : { ...context, onFailure: undefined };
          if (command.type === 'Command') before = this.command(command, own, before);
          else {
            this.node(command, own);
            before = undefined;
          }
        }
        return;
      }
      case 'AndOr':
        node.commands.forEach((command, index) => {
          const after = node.operators.indexOf('||', index);
          const handler = after < 0 ? undefined : node.commands[after + 1];
          const onFailure =
            handler === undefined ? context.onFailure : handlerKind(this.text.slice(handler.pos, handler.end));
          this.node(command, { ...context, onFailure, when: this.after(node, index, context) });
        });
        return;
      case 'If':
        this.decide('if', node.clause, node.pos, node.end);
        this.node(node.clause, { ...context, isCondition: true });
        this.node(node.then, this.under(context, this.said(node.clause)));
        for (const elif of node.elif) {
          this.decide('if', elif.clause, elif.pos, elif.end);
          this.node(elif.clause, { ...context, isCondition: true });
          this.node(elif.then, this.under(context, this.said(elif.clause)));
        }
        if (node.else !== undefined)
          this.node(
            node.else,
            this.under(context, `not: ${[node, ...node.elif].map(({ clause }) => this.said(clause)).join(', ')}`),
          );
        return;
      case 'Case':
        this.decisions.push({
          kind: 'case',
          text: oneLine(this.text.slice(node.word.pos, node.word.end)),
          at: node.pos,
          end: node.end,
          patterns: node.items.flatMap((item) =>
            item.pattern.map((pattern) => ({ text: pattern.value, at: pattern.pos })),
          ),
        });
        this.node(node.word, context);
        for (const item of node.items) {
          for (const pattern of item.pattern) this.node(pattern, context);
          const patterns = item.pattern.map(({ value }) => value).join(' or ');
          const is = patterns === '*' ? 'is none of the others' : `is ${patterns}`;
          this.node(item.body, this.under(context, `${this.said(node.word)} ${is}`));
        }
        return;
      case 'For':
      case 'Select':
        this.loop(node.type === 'For' ? 'for' : 'select', node.pos, node.body.pos, node.end);
        this.assign(node.name.value, '', node.name, context);
        break;
      case 'ArithmeticFor':
        this.loop('for', node.pos, node.body.pos, node.end);
        break;
      case 'While':
        this.loop(node.kind, node.pos, node.body.pos, node.end);
        this.node(node.clause, { ...context, isCondition: true });
        this.node(node.body, context);
        return;
      case 'Function':
        this.functions.push({ name: node.name.value, at: node.pos, end: node.end });
        this.node(node.body, { within: node.name.value, isCondition: false, onFailure: undefined, when: [] });
        return;
      case 'Assignment':
        this.assign(node.name, this.text.slice(node.value.pos, node.value.end), node, context);
        break;
      case 'SimpleExpansion':
        this.parameters.push({ ...place(node), ...blank, name: node.text.slice(1), within: context.within });
        return;
      case 'ParameterExpansion': {
        const { operation } = node;
        const hasDefault = operation?.type === 'Default';
        const operand = hasDefault ? this.text.slice(operation.operand.pos, operation.operand.end) : undefined;
        const operator = hasDefault ? operation.operator : undefined;
        this.parameters.push({ ...place(node), name: node.parameter, operator, operand, within: context.within });
        break;
      }
      case 'CommandExpansion':
      case 'ProcessSubstitution':
        if (node.script !== undefined) this.script(node.script, { ...context, onFailure: undefined });
        return;
    }
    forEachChild(node, (child) => this.node(child, context));
  }

  private command(node: Command, context: Context, pipedFrom: ShellCommand | undefined): ShellCommand {
    const words: ShellWord[] = [];
    if (node.name !== undefined) words.push(this.word(node.name));
    for (const argument of node.args) words.push(argument.type === 'Word' ? this.word(argument) : this.plain(argument));
    const made: ShellCommand = {
      words,
      at: node.name?.pos ?? node.pos,
      end: node.end,
      within: context.within,
      isCondition: context.isCondition,
      onFailure: context.onFailure,
      when: context.when,
      pipedFrom,
      redirects: node.redirects.map((redirect) => this.redirect(redirect)),
    };
    if (words.length > 0) this.commands.push(made);
    this.assignedBy(made, context);
    forEachChild(node, (child) => this.node(child, context));
    return made;
  }

  /** Builtins that set the variables they name. */
  private assignedBy(command: ShellCommand, context: Context): void {
    const [name, ...rest] = command.words;
    if (name === undefined || !/^(?:read|mapfile|readarray|getopts|local|declare|typeset|printf)$/.test(name.text))
      return;
    const isPrint = name.text === 'printf';
    const targets = isPrint ? (rest[0]?.text === '-v' ? rest.slice(1, 2) : []) : rest;
    for (const word of targets)
      if (/^[A-Za-z_]\w*$/.test(word.text)) this.assign(word.text, '', { pos: word.at, end: word.end }, context);
  }

  private word(word: Word): ShellWord {
    const source = this.text.slice(word.pos, word.end);
    const isTemplate = source.includes('{{');
    const dynamic =
      isTemplate ||
      (word.parts?.some(
        (part) =>
          replaced.test(part.type) || ('parts' in part && part.parts?.some((inner) => replaced.test(inner.type))),
      ) ??
        false);
    const text = dynamic ? source.replace(/^(["'])(.*)\1$/s, '$2') : word.value;
    return { text, dynamic, at: word.pos, end: word.end };
  }

  private plain(node: { pos: number; end: number }): ShellWord {
    const text = this.text.slice(node.pos, node.end);
    return { text, dynamic: text.includes('$'), at: node.pos, end: node.end };
  }

  private redirect(redirect: Redirection): { operator: string; target: string } {
    const target = redirect.type === 'HereDoc' ? undefined : redirect.target;
    return { operator: redirect.operator, target: target === undefined ? '' : this.word(target).text };
  }

  private said({ pos, end }: { pos: number; end: number }): string {
    return oneLine(this.text.slice(pos, end)).replace(/\s*;\s*$/, '');
  }

  /** Of conditions within conditions the innermost few say enough. */
  private under(context: Context, condition: string): Context {
    return { ...context, when: [...context.when, condition].slice(-4) };
  }

  /** What comes behind `[ x ] &&` runs only then; behind another command `&&` only says that nothing failed. */
  private after(node: AndOr, index: number, context: Context): readonly string[] {
    const [before, operator] = [node.commands[index - 1], node.operators[index - 1]];
    if (before === undefined) return context.when;
    const text = this.said(before);
    if (!asking.test(text)) return context.when;
    return this.under(context, operator === '||' ? `not: ${text}` : text).when;
  }

  private decide(kind: 'if', clause: { pos: number; end: number }, at: number, end: number): void {
    this.decisions.push({ kind, text: oneLine(this.text.slice(clause.pos, clause.end)), at, end, patterns: [] });
  }

  private loop(kind: ShellLoop['kind'], at: number, body: number, end: number): void {
    this.loops.push({ kind, text: oneLine(oneLine(this.text.slice(at, body)).replace(/[; ]do$/, '')), at, end });
  }

  private assign(name: string, value: string, node: { pos: number; end: number }, context: Context): void {
    this.assignments.push({ name, value, at: node.pos, end: node.end, within: context.within });
  }
}

const replaced = /^(?:SimpleExpansion|ParameterExpansion|CommandExpansion|ArithmeticExpansion|ProcessSubstitution)$/;
const blank = { operator: undefined, operand: undefined };

function place(node: { pos: number; end: number }): { at: number; end: number } {
  return { at: node.pos, end: node.end };
}

/** `|| true` lets a failure through, anything else reacts to it. */
function handlerKind(handler: string): 'ignored' | 'handled' {
  return /^(?:true|:|echo\b.*|printf\b.*|exit 0)$/.test(handler.trim()) ? 'ignored' : 'handled';
}

/** The first line of a source text, without the separator at its end; at most 120 characters. */
export function oneLine(source: string): string {
  const start = source.search(/\S/);
  if (start < 0) return '';
  const cut = source.indexOf('\n', start);
  const line = source.slice(start, Math.min(cut < 0 ? source.length : cut, start + 120)).trimEnd();
  return line.endsWith(';') || line.endsWith('\\') ? line.slice(0, -1).trimEnd() : line;
}
