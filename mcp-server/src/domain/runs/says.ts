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
