import type { Identity } from '../app/ports/repository.ts';
import type { Ports } from '../app/ports.ts';
import { policyFault } from '../domain/fault.ts';
import type { Actor } from '../domain/ledger/event.ts';

/**
 * The person git knows.
 *
 * @throws Fault `no-identity`
 */
export async function whoIsThere(ports: Ports): Promise<Identity> {
  const identity = await ports.repository.identity();
  if (identity !== undefined) return identity;
  throw policyFault({
    code: 'no-identity',
    message: 'git does not know who you are',
    expected: 'user.name and user.email, so that the record can name the person',
    next: 'git config --global user.name "Your Name" && git config --global user.email you@example.org',
  });
}

/** The person at the command line as the actor of an event. */
export async function personAtCli(ports: Ports): Promise<Actor> {
  return { kind: 'human', ...(await whoIsThere(ports)), via: 'cli' };
}
