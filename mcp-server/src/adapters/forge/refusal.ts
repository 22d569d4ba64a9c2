import { environmentFault, type Fault } from '../../domain/fault.ts';

/** What a forge's HTTP status means for the person who asked. */
export function refusal(forge: string, status: number, asked: string, login: string): Fault {
  const [code, message, next] = MEANING[status] ?? ['forge-error', `answered with ${status}`, 'try again later'];
  return environmentFault({
    code,
    message: `${forge} ${message} (${asked})`,
    expected: 'an answer of the git host; without it nothing counts as hosted',
    next: next === '' ? login : next,
  });
}

/** What is not there is none; every other trouble goes on. */
export function noneWhereMissing(error: unknown): [] {
  if ((error as { code?: unknown }).code === 'forge-not-found') return [];
  throw error;
}

const MEANING: Record<number, [string, string, string]> = {
  401: ['forge-login', 'does not know who is asking', ''],
  403: ['forge-forbidden', 'does not let this account look, or limits its requests', ''],
  404: ['forge-not-found', 'has nothing there, or hides it from this account', ''],
  422: ['forge-not-found', 'knows no such commit', 'push it first'],
  429: ['forge-rate-limit', 'limits the number of requests', 'try again in some minutes'],
};
