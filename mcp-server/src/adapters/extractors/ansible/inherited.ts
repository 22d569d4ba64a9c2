import { childOf, entriesOf, entryOf, textOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { type Inherited, tidy } from './context.ts';

/** What holds inside a play, block or task, given what holds around it. */
export function inherit(around: Inherited | undefined, node: YamlNode): Inherited {
  const held: Inherited = { ...around };
  const truths = { become: 'become', checkMode: 'check_mode', noLog: 'no_log', runOnce: 'run_once' } as const;
  for (const [name, key] of Object.entries(truths) as [keyof typeof truths, string][]) {
    const truth = truthOf(childOf(node, key));
    if (truth !== undefined) held[name] = truth;
    // An expression decides when it runs: neither is known.
    else if (entryOf(node, key) !== undefined) delete held[name];
  }
  const user = textOf(childOf(node, 'become_user'));
  if (user !== undefined) held.becomeUser = tidy(user);
  const host = textOf(childOf(node, 'delegate_to'));
  if (host !== undefined) held.delegateTo = tidy(host);
  const names = environmentOf(childOf(node, 'environment'));
  if (names.length > 0) held.environment = [...new Set([...(held.environment ?? []), ...names])];
  return held;
}

/** Of a map its keys, of a list of maps theirs; a variable that holds them says no names. */
function environmentOf(node: YamlNode | undefined): string[] {
  const maps = node?.kind === 'seq' ? node.items : [node];
  return maps.flatMap((map) => entriesOf(map).map(({ key }) => tidy(key)));
}
