/** What the name of a job, stage or step says it is for. Words, not parts of words: `latest` is no test. */

const verification =
  /(?:^|[^a-z])(?:tests?|testing|verify|verification|smoke|health(?:-?checks?)?|e2e|acceptance|validate|validation|lint|sanity|conformance)(?:$|[^a-z])/i;
const undo = /(?:^|[^a-z])(?:roll-?_?\s?back|revert|undo|restore|back-?out)(?:$|[^a-z])/i;

/** Gets ready for a test, or tells what it found: that it went well says nothing of what was built. */
const around =
  /^\s*(?:set-?\s?up|install|check-?\s?out|download|upload|prepare|configure|cache|add|report|publish|comment)\b/i;

export function isVerification(name: string): boolean {
  return verification.test(name) && !around.test(name);
}

export function isUndo(name: string): boolean {
  return undo.test(name);
}

/** A command that takes back what an earlier one did. */
export function isUndoCommand(words: readonly string[]): boolean {
  const sentence = words.slice(0, 6).join(' ');
  return /^(?:helm rollback|kubectl (?:-\S+ )*rollout undo|oc (?:rollout undo|rollback)|argocd app rollback|git revert|flyway undo|liquibase rollback\S*|aws deploy stop-deployment|gcloud run services update-traffic)\b/.test(
    sentence,
  );
}

const mostRuns = 3;

/** What stands behind a name that says test: the last commands of it, for the attributes of the check. */
export function runs(acts: readonly string[] | undefined): { runs?: readonly string[] } {
  return acts === undefined || acts.length === 0 ? {} : { runs: acts.slice(-mostRuns) };
}
