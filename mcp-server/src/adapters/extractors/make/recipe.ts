/** What make does itself when one of these follows the dollar: its automatic variables (GNU make manual, 10.5.3), and names of one letter. */
const single = /[@<^+?*%|\w]/;

/**
 * A recipe as the shell sees it: without the prefixes of make, `$$` as `$`, and what make fills in as templates.
 *
 * @param lines with their continuation lines
 * @returns `spell` gives what the shell was shown the spelling of the recipe back
 */
export function recipeOf(lines: readonly string[]): { text: string; spell(text: string): string } {
  const written = new Map<string, string>();
  const text = lines.map((line) => shown(line.replace(/^\s*[@+-]*\s*/, ''), written)).join('\n');
  const spell = (said: string) =>
    said.replace(/\$|\{\{[^\n]*?\}\}/g, (found) => (found === '$' ? '$$' : (written.get(found) ?? found)));
  return { text, spell };
}

function shown(line: string, written: Map<string, string>): string {
  if (!line.includes('$')) return line;
  const closings = closingsOf(line);
  let out = '';
  let from = 0;
  for (let at = line.indexOf('$'); at >= 0; at = line.indexOf('$', from)) {
    out += line.slice(from, at);
    const next = line[at + 1] ?? '';
    const end = next === '(' || next === '{' ? (closings.get(at + 1) ?? -1) : single.test(next) ? at + 1 : -1;
    from = end < 0 ? at + (next === '$' ? 2 : 1) : end + 1;
    out += end < 0 ? '$' : template(line.slice(at, from), written);
  }
  return out + line.slice(from);
}

/** Each spelling has a template of its own, without braces inside, which would end it. */
function template(reference: string, written: Map<string, string>): string {
  const [open, close] = [reference[1], reference.at(-1)];
  const inner = open === '(' || open === '{' ? reference.slice(2, -1) : reference.slice(1);
  const mark = open === '(' && close === ')' ? '' : open === '{' && close === '}' ? ' ' : '  ';
  const made = `{{${inner.replaceAll('{', '(').replaceAll('}', ')')}${mark}}}`;
  written.set(made, reference);
  return made;
}

/** Where each bracket closes, on the line that it stands on, by where it opens; parentheses and braces do not mind each other. */
function closingsOf(text: string): Map<number, number> {
  const closings = new Map<number, number>();
  const open: Record<string, number[]> = { ')': [], '}': [] };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '(') open[')']?.push(at);
    else if (char === '{') open['}']?.push(at);
    else if (char === '\n') for (const places of Object.values(open)) places.length = 0;
    else {
      const opened = open[char]?.pop();
      if (opened !== undefined) closings.set(opened, at);
    }
  }
  return closings;
}
