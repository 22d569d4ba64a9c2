import { isEnglish, obligationAt } from './obligation.ts';

/** What keeps a sentence from being one of the EARS patterns. */
export interface FormProblem {
  message: string;
  fix: string;
}

const CONDITION = /^(?:WHEN|WHENEVER|WHILE|WHERE|IF)\b/;
/** `WHEN/THEN` names keywords and states no condition. */
const TRAILING = /(?<![\w/])(WHEN|WHENEVER|WHILE|IF)(?![\w/])/;
const PATTERN = 'WHEN <trigger>, the <system> SHALL <response>';

/**
 * Holds an English sentence against the EARS patterns: ubiquitous, WHEN, WHILE, WHERE, IF ... THEN and combinations, the
 * conditions first. Sentences without SHALL or MUST are prose and left alone, unless they start with a keyword in capitals.
 * A condition in plain words behind SHALL ("SHALL fail if the zone is gone") says the same and is left alone, too.
 *
 * @param listed whether the sentence is a list item, whose subject may stand before the list
 */
export function formProblem(sentence: string, listed: boolean): FormProblem | undefined {
  const text = sentence.replace(/^[\s"'“(*_-]+/, '');
  const conditional = CONDITION.test(text);
  const at = obligationAt(text);
  if (at === undefined) {
    if (!conditional || text.endsWith(':') || !isEnglish(text)) return undefined;
    return { message: 'a condition, and no SHALL that says what follows', fix: `write ${PATTERN}` };
  }
  const before = text.slice(0, at.start);
  const after = text.slice(at.end);
  // Without a full stop, a list may follow.
  if (/^\s*(?:NOT\b)?\s*[.!;]/i.test(after))
    return { message: 'nothing stands after SHALL', fix: 'say what can be observed when it is met' };
  if (!listed && /(?:^|[,:]|\bTHEN\b)\s*$/i.test(before))
    return { message: 'no system is named before SHALL', fix: `say who acts: ${PATTERN}` };
  if (/^(?:WHEN|WHENEVER|WHILE|WHERE|IF)\s*[,.]/i.test(text))
    return { message: 'the condition is empty', fix: `say when it holds: ${PATTERN}` };
  if (conditional && !/,|\bthen\b/i.test(before))
    return { message: 'nothing shows where the condition ends', fix: `put a comma (or THEN) behind it: ${PATTERN}` };
  const late = TRAILING.exec(after)?.[1];
  if (late !== undefined) return { message: `${late} stands behind SHALL`, fix: `put the condition first: ${PATTERN}` };
  return undefined;
}
