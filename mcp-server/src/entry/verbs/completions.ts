import { inputFault } from '../../domain/fault.ts';
import { type Completable, completionScript, SHELLS } from '../completions.ts';
import type { Verb, VerbEntry } from './verb.ts';

/** @param verbs all there are */
export const completionsVerb = (verbs: Readonly<Record<string, VerbEntry>>): Verb => ({
  usage: 'completions bash|zsh|fish',
  examples: [
    'completions bash > ~/.local/share/bash-completion/completions/countersign',
    'completions zsh > ~/.zfunc/_countersign',
    'completions fish > ~/.config/fish/completions/countersign.fish',
  ],
  arity: [1, 1],
  async run({ args }) {
    const shell = SHELLS.find((one) => one === args[0]);
    if (shell === undefined)
      throw inputFault({
        code: 'unknown-shell',
        message: `there are no completions for ${JSON.stringify(args[0])}`,
        expected: `one of: ${SHELLS.join(', ')}`,
      });
    const script = completionScript(shell, await completable(verbs));
    return {
      answer: { said: `Completions for ${shell}.`, blocks: [], next: '', data: { shell, script } },
      text: script,
    };
  },
});

function completable(verbs: Readonly<Record<string, VerbEntry>>): Promise<Completable[]> {
  return Promise.all(
    Object.entries(verbs).map(async ([name, { summary, load }]) => {
      const { usage, options = {} } = await load();
      const own = Object.entries(options).map(([key, one]) => ({
        name: key,
        summary: one.summary,
        takes: one.type === 'string',
      }));
      const json = { name: 'json', summary: 'one JSON object on standard output', takes: false };
      return { name, summary, usage, options: [...own, json] };
    }),
  );
}
