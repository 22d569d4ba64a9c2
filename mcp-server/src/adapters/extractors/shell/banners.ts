/** A heading among the comments or messages of a script. */
export interface Banner {
  title: string;
  line: number;
  endLine: number;
}

const rule = /^#\s*[-=#*~_+]{3,}\s*$/;
const ruled = /^#+\s*(?:[-=#*~]{2,}|>{2,}|\d+[.)])\s*(\S.*?)[\s\-=#*~<]*$/;
const numbered = /^#+\s*((?:step|phase|stage|part)\s+\w+\b.*)$/i;
const echoed =
  /^\s*(?:echo|printf|log|info)\s+(?:-\w+\s+)?["']\s*(?:(?:=|-|>|#|\*){2,}>?\s*(\S[^"']*?)|((?:Step|Phase|Stage)\s+\d[^"']*?))[\s\-=#*>]*(?:\\n)?["']/;

/** Headings of a script: `# --- Title ---`, a title between two rulers, `# Step 2: title`, `echo "==> title"`. Linear. */
export function bannersOf(text: string): Banner[] {
  const lines = text.split('\n');
  const found: Banner[] = [];
  lines.forEach((full, index) => {
    if (full.length > 300) return;
    const line = full.replace(/\r$/, '').trimEnd();
    if (!/^\s*(?:#|echo|printf|log|info)/.test(line)) return;
    const isBetweenRules = rule.test(lines[index - 1] ?? '') && rule.test(lines[index + 1]?.trimEnd() ?? '');
    const match = isBetweenRules
      ? /^#+\s*(\w.*?)[\s#*|]*$/.exec(line)
      : (ruled.exec(line) ?? numbered.exec(line) ?? echoed.exec(line));
    const title = (match?.[1] ?? match?.[2])?.trim();
    if (title === undefined || !/[A-Za-z]{3}/.test(title) || /^(?:shellcheck|!|vim:)/.test(title)) return;
    found.push({ title: title.slice(0, 120).trim(), line: index + 1, endLine: index + 1 });
  });
  return found;
}
