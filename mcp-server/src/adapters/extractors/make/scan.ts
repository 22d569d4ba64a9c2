/** A Makefile as lines of meaning; what is not understood is left out. Lines count from 1, endLine is inclusive. */

interface Lines {
  line: number;
  endLine: number;
}

interface MakeVariable extends Lines {
  name: string;
  operator: '=' | ':=' | '?=' | '+=' | '!=';
  value: string;
  /** The target that it holds for alone. */
  target?: string;
}

export interface MakeRule extends Lines {
  targets: readonly string[];
  prerequisites: readonly string[];
  /** Text behind `##` on the rule's line, or on the line above it: what many help targets print. */
  description?: string;
  recipe: readonly { text: string; line: number }[];
}

interface MakeCondition extends Lines {
  text: string;
  keyword: string;
}

export interface MakeFile {
  variables: readonly MakeVariable[];
  rules: readonly MakeRule[];
  conditions: readonly MakeCondition[];
  includes: readonly { path: string; line: number }[];
  /** Variables that an `ifndef` or an empty `ifeq` answers with `$(error ...)`: name and message. */
  demanded: readonly { name: string; message: string; line: number }[];
}

const assignment = /^(?:(?:export|override|private)\s+)*([A-Za-z_][\w.-]*)\s*(=|\?=|\+=|!=|:{1,3}=)\s*(.*)$/;

/** Scans a Makefile by lines (GNU make manual, "Writing Makefiles"): continuations joined, recipes kept with their lines. Linear and total. */
export function scanMake(text: string): MakeFile {
  const variables: MakeVariable[] = [];
  const rules: (MakeRule & { recipe: { text: string; line: number }[] })[] = [];
  const conditions: MakeCondition[] = [];
  const includes: { path: string; line: number }[] = [];
  const demanded: { name: string; message: string; line: number }[] = [];
  let rule: (typeof rules)[number] | undefined;
  let comment: string | undefined;
  let asked: string | undefined;
  let isDefine = false;
  for (const { text: full, line, endLine } of logicalLines(text)) {
    if (isDefine) {
      isDefine = !/^\s*endef\b/.test(full);
      continue;
    }
    if (full.startsWith('\t') && rule !== undefined) {
      if (full.trim() !== '') rule.recipe.push({ text: full, line });
      rule.endLine = Math.max(rule.endLine, endLine);
      continue;
    }
    const trimmed = full.trim();
    if (trimmed === '') continue;
    if (trimmed.startsWith('#')) {
      comment = /^##+\s*(.+)/.exec(trimmed)?.[1];
      continue;
    }
    const error = /\$[({]error\s+([^)}]*)[)}]/.exec(trimmed);
    if (error !== null && asked !== undefined) demanded.push({ name: asked, message: (error[1] ?? '').trim(), line });
    const condition = /^(?:else\s+)?(ifeq|ifneq|ifdef|ifndef)\b\s*(.*)$/.exec(trimmed);
    if (condition !== null) {
      const [, keyword = '', rest = ''] = condition;
      asked =
        keyword === 'ifndef'
          ? rest.trim()
          : /^ifeq\s*\(\s*\$[({](?:strip\s+\$[({])?(\w+)[)}]*\s*,\s*\)/.exec(trimmed)?.[1];
      conditions.push({
        keyword,
        text: trimmed
          .replace(/^else\s+/, '')
          .slice(0, 120)
          .trim(),
        line,
        endLine,
      });
      continue;
    }
    if (/^(?:else|endif)\b/.test(trimmed)) {
      asked = undefined;
      continue;
    }
    if (/^define\b/.test(trimmed)) {
      isDefine = true;
      continue;
    }
    const include = /^(?:-|s)?include\s+(.+)$/.exec(trimmed);
    if (include?.[1] !== undefined) {
      for (const path of include[1].replace(/\s#.*$/, '').split(/\s+/)) includes.push({ path, line });
      continue;
    }
    const variable = assignment.exec(trimmed);
    if (variable !== null) {
      variables.push(variableOf(variable, line, endLine));
      continue;
    }
    const made = ruleOf(trimmed, line, endLine, comment, variables);
    comment = undefined;
    if (made === undefined) continue;
    rule = made;
    rules.push(made);
  }
  return { variables, rules, conditions, includes, demanded };
}

function variableOf(
  [, name = '', operator = '=', value = '']: RegExpExecArray,
  line: number,
  endLine: number,
): MakeVariable {
  const kind = operator.endsWith(':=') || operator.startsWith(':') ? ':=' : (operator as MakeVariable['operator']);
  return { name, operator: kind, value: value.replace(/\s+#.*$/, '').trim(), line, endLine };
}

/** `a b: c | d ; recipe ## help`; a target-specific variable is added to the variables and makes no rule. */
function ruleOf(
  text: string,
  line: number,
  endLine: number,
  above: string | undefined,
  variables: MakeVariable[],
): (MakeRule & { recipe: { text: string; line: number }[] }) | undefined {
  const colon = colonOf(text);
  if (colon < 0) return undefined;
  const targets = words(text.slice(0, colon).replace(/&$/, ''));
  const rest = text.slice(text[colon + 1] === ':' ? colon + 2 : colon + 1);
  const [target] = targets;
  if (target === undefined) return undefined;
  const own = assignment.exec(rest.trim());
  if (own !== null) {
    variables.push({ ...variableOf(own, line, endLine), target });
    return undefined;
  }
  const help = rest.indexOf('##');
  const body = (help < 0 ? rest : rest.slice(0, help)).replace(/\s#.*$/, '');
  const semicolon = body.indexOf(';');
  const prerequisites = words((semicolon < 0 ? body : body.slice(0, semicolon)).replace('|', ' '));
  const description =
    help < 0
      ? above
      : rest
          .slice(help)
          .replace(/^#+\s*/, '')
          .trim();
  return {
    targets,
    prerequisites,
    line,
    endLine,
    ...(description === undefined || description === '' ? {} : { description }),
    recipe: semicolon < 0 ? [] : [{ text: body.slice(semicolon + 1), line }],
  };
}

/** The colon of a rule: outside `$(...)`, and no part of `:=`. */
function colonOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '#') return -1;
    if (char === '$' && (text[at + 1] === '(' || text[at + 1] === '{')) depth++;
    else if (depth > 0 && (char === ')' || char === '}')) depth--;
    else if (depth === 0 && char === ':') return text[at + 1] === '=' ? -1 : at;
  }
  return -1;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Lines with those that end in a backslash joined to the next; recipe lines keep the line break for the shell. */
function* logicalLines(text: string): Generator<Lines & { text: string }> {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  for (let index = 0; index < lines.length; index++) {
    const start = index;
    const parts = [lines[index] as string];
    while (/(?:^|[^\\])\\$/.test(parts.at(-1) as string) && index + 1 < lines.length)
      parts.push(lines[++index] as string);
    const isRecipe = parts[0]?.startsWith('\t') === true;
    const joined = isRecipe
      ? parts.join('\n')
      : parts.map((part, at) => (at < parts.length - 1 ? part.slice(0, -1) : part)).join(' ');
    yield { text: joined, line: start + 1, endLine: index + 1 };
  }
}
