/** Calls that start a program, in the languages of one-off programs: Python, JavaScript, Ruby, Perl, PHP, awk. */
const CALL =
  /\b(?:system|popen|Popen|run|call|check_call|check_output|getoutput|getstatusoutput|exec|execSync|execFile|execFileSync|spawn|spawnSync|execvp|execlp|execv|shell_exec|passthru|qx)\s*(?:\(\s*)?(?=[[("'`])/g;
const STRINGS =
  /[\s,[(]*[rbuf]{0,2}(?:"([^"\\]*(?:\\[\s\S][^"\\]*)*)"|'([^'\\]*(?:\\[\s\S][^'\\]*)*)'|`([^`\\]*(?:\\[\s\S][^`\\]*)*)`)/y;
/** Tcl of `expect`: the words behind `spawn`; and what it types. */
const EXPECT = /^[ \t]*(?:spawn|exec|send(?:_user)?(?:[ \t]+--)?)[ \t]+(.+)$/gm;
const MAX_CALLS = 200;

/**
 * The shell commands that a program in another language visibly starts: literal arguments of the usual calls, a list
 * joined. What it computes stays unseen.
 */
export function callsIn(program: string, text: string): string[] {
  const calls: string[] = [];
  if (/^expect/.test(program)) {
    for (const match of text.matchAll(EXPECT))
      calls.push((match[1] ?? '').replace(/^["{]|["}]$/g, '').replace(/\\[rn]/g, ''));
  }
  for (const match of text.matchAll(CALL)) {
    if (calls.length >= MAX_CALLS) break;
    const strings: string[] = [];
    STRINGS.lastIndex = match.index + match[0].length;
    for (let found = STRINGS.exec(text); found !== null && strings.length < 100; found = STRINGS.exec(text)) {
      strings.push((found[1] ?? found[2] ?? found[3] ?? '').replace(/\\(.)/g, '$1'));
    }
    if (strings.length === 1) calls.push(strings[0]!);
    else if (strings.length > 1) calls.push(strings.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' '));
  }
  return calls;
}
