import { isHarmless } from './harmless.ts';
import { inputsOf } from './inputs.ts';
import type { ShellReading } from './reading.ts';

/**
 * Whether a script surely does nothing but print: every command is known to be harmless, or a function of its own, nothing
 * goes to a file, and it takes nothing from outside. One command that is not known makes it impure.
 */
export function isPure({ script, calls }: ShellReading): boolean {
  if (script.errors.length > 0 || script.commands.length === 0 || inputsOf(script).length > 0) return false;
  // Values that differ from run to run and from place to place.
  if (
    /\$\{?(?:RANDOM|SECONDS|EPOCH\w*|PWD|OLDPWD|HOME|USER|BASHPID|PPID|HOSTNAME|LINENO|0|\$)\b|\$\$/.test(script.text)
  )
    return false;
  const own = new Set(script.functions.map(({ name }) => name));
  const arePure = calls.every(({ call }) => own.has(call.program) || isHarmless(call.program, call.args));
  return (
    arePure &&
    calls.length === script.commands.filter(({ words }) => words.length > 0).length &&
    script.commands.every(({ redirects }) =>
      redirects.every(
        ({ operator, target }) => !operator.includes('>') || /^(?:\/dev\/(?:null|stderr)|\d|-)$/.test(target),
      ),
    )
  );
}
