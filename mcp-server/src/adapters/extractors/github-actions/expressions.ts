/**
 * Names that the expressions of a text read from a context: `secrets.TOKEN`, `inputs['env']`. A part of a longer name is none:
 * `steps.vars.outputs.tag` reads no `vars`.
 */
export function contextNames(text: string, context: string): string[] {
  if (!text.includes(context)) return [];
  const names = new Set<string>();
  const shape = new RegExp(`(?<![\\w.-])${context}(?:\\.([A-Za-z_][\\w-]*)|\\[\\s*['"]([\\w-]+)['"]\\s*\\])`, 'g');
  for (const expression of expressionsOf(text))
    for (const match of expression.matchAll(shape)) names.add((match[1] ?? match[2]) as string);
  return [...names];
}

/** What stands between `${{` and `}}`. */
function expressionsOf(text: string): string[] {
  const found: string[] = [];
  for (let start = text.indexOf('${{'); start >= 0; ) {
    const end = text.indexOf('}}', start);
    if (end < 0) break;
    found.push(text.slice(start + 3, end).trim());
    start = text.indexOf('${{', end);
  }
  return found;
}

export function isExpression(text: string): boolean {
  return text.includes('${{');
}

/** Whether a condition holds when something before it failed: failure(), or a result compared with 'failure'. */
export function runsOnFailure(condition: string | undefined): boolean {
  if (condition === undefined) return false;
  if (/!\s*failure\(\)/.test(condition)) return false;
  return /\bfailure\(\)|!\s*success\(\)|(?:result|outcome|conclusion)\s*==\s*'failure'|(?:result|outcome)\s*!=\s*'success'/.test(
    condition,
  );
}
