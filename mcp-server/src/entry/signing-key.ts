import { loadPolicy } from '../app/load.ts';
import type { SigningKey } from '../app/ports/signing.ts';
import type { Ports } from '../app/ports.ts';
import { trustView } from '../app/trust.ts';
import { trustText } from './render/trust.ts';
import { paint } from './terminal.ts';
import type { VerbContext } from './verbs/verb.ts';

/** The key to sign with: `--key`, policy's, or git's; undefined when there is none. */
export const findKey = (ports: Ports, named: string | undefined) =>
  ports.signatures.findKey(named, loadPolicy(ports).signing.key);

/** The first signature in a repository asks whether its list of signers is the right one. */
export async function firstUse(ports: Ports, context: VerbContext): Promise<void> {
  const trust = trustView(ports);
  if (trust.data.state === 'pinned') return;
  const { acceptWhenTyped } = await import('./verbs/trust.ts');
  context.terminal.show(trustText(trust, context.terminal));
  if (trust.data.state !== 'none') await acceptWhenTyped(ports, context);
}

/** Says what a decision without a key, or with one that is open to every program, is worth. */
export function warnAbout(key: SigningKey | undefined, context: VerbContext): void {
  const say = (text: string) => context.terminal.show(`${paint(context.terminal, 'yellow', 'note')} ${text}`);
  if (key === undefined)
    say('there is no signing key: this will be level recorded, which shows that someone used the terminal, no more.');
  else if (key.inAgent)
    say(
      `ssh-agent holds ${key.path}: every program you run can sign with it. Take it out with ssh-add -d ${key.path}.`,
    );
}
