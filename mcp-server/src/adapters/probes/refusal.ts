import type { HttpAnswer } from './http.ts';
import type { Refusal } from './probe.ts';

const STATUS: Record<number, [Refusal['outcome'], string]> = {
  401: ['denied', 'it does not accept the credential, or it has expired (401)'],
  403: ['denied', 'this account may not look (403)'],
  // Several platforms answer so for what an account may not see: not visible is not missing.
  404: ['absent', 'nothing is there, or it is hidden from this account (404)'],
  407: ['not-probed', 'a proxy wants a login (407)'],
  429: ['not-probed', 'it limits the number of requests (429)'],
};

/** What an HTTP answer means where it is no answer to the question; undefined where it is one. */
export function httpRefusal({ status, headers, text }: HttpAnswer): Refusal | undefined {
  const known = STATUS[status];
  if (known !== undefined) return { outcome: known[0], reason: known[1], status };
  if (status < 200 || status > 299)
    return { outcome: 'not-probed', reason: `it answers with an error (${status})`, status };
  if (/^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype html|html)\b/i.test(text))
    return { outcome: 'not-probed', reason: 'it answers with a web page: a proxy, or a login page', status };
  return undefined;
}

/** What programs say when they may not; kubectl, helm, gh, cloud CLIs and ssh have these words in common. */
const DENIED =
  /\b(?:forbidden|unauthorized|not authorized|accessdenied\w*|access denied|security token|signature we calculated|permission_denied|permission denied|credentials|not logged in|auth login|az login|401|403|expired)\b/i;
const MISSING = /\b(?:doesn't have a resource type|not found|404)\b/i;

/** What it means that a program ended with an error. */
export function commandRefusal(program: string, exit: number | null, err: string): Refusal {
  const lines = err
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // Some end with advice: what they call an error says more.
  const said = lines.findLast((line) => /^error\b/i.test(line)) ?? lines.at(-1);
  const reason = said === undefined ? `${program} ended with exit code ${exit}` : `${program}: ${said}`;
  if (DENIED.test(err)) return { outcome: 'denied', reason };
  return { outcome: MISSING.test(err) ? 'absent' : 'not-probed', reason };
}
