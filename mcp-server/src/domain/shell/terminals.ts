import type { Carrier, Next } from './carrier.ts';
import { readArguments } from './options.ts';
import type { Word } from './script.ts';
import { joinWords } from './word.ts';

const KEYS: Readonly<Record<string, string>> = {
  Enter: '\n',
  'C-m': '\n',
  'C-j': '\n',
  KPEnter: '\n',
  Space: ' ',
  Tab: '\t',
};

const SPAWNING =
  /^(?:new|new-session|neww|new-window|splitw|split-window|respawnp|respawn-pane|respawnw|respawn-window|run|run-shell|if|if-shell|popup|display-popup|pipep|pipe-pane)$/;

/** `tmux`: typed keys and commands for new panes, in each of its commands separated by `;`. */
export const tmux: Carrier = (words) => {
  const { rest } = readArguments(words.slice(1), { valued: '-L -S -f -c -T', leading: true });
  const nexts: Next[] = [];
  let from = 0;
  for (let at = 0; at <= rest.length; at++) {
    if (at < rest.length && rest[at]?.text !== ';' && !rest[at]?.text?.endsWith('\\;')) continue;
    nexts.push(...tmuxCommand(rest.slice(from, at)));
    from = at + 1;
  }
  return nexts;
};

function tmuxCommand(words: readonly Word[]): readonly Next[] {
  const verb = words[0]?.text ?? '';
  const { operands } = readArguments(words.slice(1), {
    valued: '-t -s -n -c -x -y -e -F -l',
    leading: true,
  });
  if (operands.length === 0) return [];
  if (verb === 'send' || verb === 'send-keys')
    return [{ kind: 'program', text: typedKeys(words.slice(1)), subshell: true }];
  if (!SPAWNING.test(verb)) return [];
  if (operands.length === 1) return [{ kind: 'program', text: operands[0]?.text, subshell: true }];
  return [{ kind: 'command', words: operands }];
}

/** The text that `send-keys` types; undefined when a part of it is dynamic. */
function typedKeys(words: readonly Word[]): string | undefined {
  const { operands } = readArguments(words, { valued: '-t -N -c', leading: true });
  const keys = operands.map(({ text }) => (text !== undefined && Object.hasOwn(KEYS, text) ? KEYS[text] : text));
  return keys.includes(undefined) ? undefined : keys.join('');
}

/** GNU `screen`: `-X stuff text`, or a command for a new window. */
export const screen: Carrier = (words) => {
  const { rest, options } = readArguments(words.slice(1), { valued: '-S -c -e -h -p -s -t -T', leading: true });
  if (!options.some((option) => option.name === '-X')) {
    return rest.length === 0 ? [] : [{ kind: 'command', words: rest }];
  }
  if (rest[0]?.text === 'stuff') {
    return [{ kind: 'program', text: joinWords(rest.slice(1))?.replace(/\\[nr]|\^M/g, '\n'), subshell: true }];
  }
  return [];
};

/** `script -c text [file]`, and BSD's `script file command...`. */
export const script: Carrier = (words) => {
  const valued = '-c -I -O -B -T -E -m -o -t --command --log-in --log-out --log-io --log-timing --echo';
  const { options, operands } = readArguments(words.slice(1), { valued, leading: true });
  const command = options.find((option) => option.name === '-c' || option.name === '--command');
  if (command !== undefined) return [{ kind: 'program', text: command.value?.text, subshell: true }];
  // GNU's allows options behind the file too.
  const behind = readArguments(operands.slice(1), { valued });
  const late = behind.options.find((option) => option.name === '-c' || option.name === '--command');
  if (late !== undefined) return [{ kind: 'program', text: late.value?.text, subshell: true }];
  return operands.length < 2 ? [] : [{ kind: 'command', words: operands.slice(1) }];
};
