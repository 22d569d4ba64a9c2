import { Fault, type FaultKind } from '../domain/fault.ts';

/** Exit codes (docs/cli.md): 0 fine, 1 findings or blocked, and these. */
const EXIT: Record<FaultKind, number> = { input: 2, policy: 2, integrity: 3, environment: 4 };

/** A fault as people and programs see it: what happened, what was expected, what to do; never a stack trace. */
export interface FaultView {
  code: string;
  message: string;
  expected?: string;
  next?: string;
  exit: number;
}

/** The one place where anything thrown becomes words. */
export function faultView(error: unknown): FaultView {
  if (error instanceof Fault)
    return {
      code: error.code,
      message: error.message,
      ...(error.expected === undefined ? {} : { expected: error.expected }),
      ...(error.next === undefined ? {} : { next: error.next }),
      exit: EXIT[error.kind],
    };
  const { code, message, path } = error as NodeJS.ErrnoException;
  const system = SYSTEM[code ?? ''];
  if (system !== undefined)
    return {
      code: code!.toLowerCase(),
      message: `${system}${path === undefined ? '' : `: ${path}`}`,
      exit: EXIT.environment,
    };
  return {
    code: 'internal',
    message: `an error inside Countersign: ${message ?? String(error)}`,
    next: 'run it again with COUNTERSIGN_DEBUG=1 and report what it prints',
    exit: EXIT.environment,
  };
}

const SYSTEM: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the disk',
  EMFILE: 'too many open files',
  EISDIR: 'a folder is where a file should be',
  ENOTDIR: 'a file is where a folder should be',
};

/** A fault as lines of text. */
export function faultText(view: FaultView): string {
  const lines = [view.message];
  if (view.expected !== undefined) lines.push(`expected: ${view.expected}`);
  if (view.next !== undefined) lines.push(`next: ${view.next}`);
  return lines.join('\n');
}
