import type { JobStep, Origin } from './mine/job.ts';

const longest = 160;

/** Where a value comes from, in a few words. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'constant':
      return `always ${short(origin.value)}`;
    case 'input':
      return `input ${origin.name}`;
    case 'template':
      return `put together: ${short(origin.template)}`;
    case 'result':
      return `${origin.path} of step ${origin.step}`;
    case 'generated':
      return 'made anew at every run';
    case 'secret':
      return 'a secret';
    case 'unknown':
      return `seen once: ${short(origin.value)}`;
  }
}

/** What a step is given, one line a value; a command line as one, with names where values go in. */
export function givenTexts({ values }: JobStep): string[] {
  const words = values.filter(({ path }) => commandPath.test(path));
  const line = words.map(({ path, origin }) => {
    const [, key = '', name = ''] = commandPath.exec(path) ?? [];
    const text = wordText(origin);
    return key !== '' && /^[A-Za-z]/.test(name) ? `${name}=${text}` : text;
  });
  const rest = values
    .filter(({ path }) => !commandPath.test(path))
    .map(({ path, origin }) => `${path}: ${originText(origin)}`);
  return line.length === 0 ? rest : [`command: ${short(line.join(' '))}`, ...rest];
}

export const commandPath = /^(?:.*\.)?(command|cmd|script) (\S+)$/;

function wordText(origin: Origin): string {
  switch (origin.kind) {
    case 'constant':
    case 'unknown':
      return origin.value;
    case 'input':
      return `{${origin.name}}`;
    case 'template':
      return origin.template;
    case 'result':
      return `{${origin.path} of step ${origin.step}}`;
    case 'generated':
      return '{made anew}';
    case 'secret':
      return '{a secret}';
  }
}

/** What a deterministic automation has in place of a step that an agent chose to make. */
export function constructOf(step: JobStep): string {
  const turns = step.turns.most > 1;
  if (step.polls) return 'wait: ask again until the answer is there, with a limit';
  if (turns)
    return step.effect === 'write' ? 'loop over a list, bounded in size, stopping after failures' : 'loop over a list';
  if (step.retried > 0) return 'one call with a bounded number of attempts';
  if (step.effect === 'write')
    return step.verifiedBy === undefined
      ? 'one call; a check behind it is missing'
      : `one call, checked by step ${step.verifiedBy}`;
  return 'one call';
}

function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
