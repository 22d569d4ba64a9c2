import type { ShellAssignment, ShellParameter, ShellScript } from './script.ts';

/** One thing that a script takes from whoever runs it. */
export interface ShellInput {
  name: string;
  at: number;
  end: number;
  from: 'argument' | 'option' | 'environment';
  rule: string;
  required: boolean;
  default?: string;
  /** Which argument, from 1. */
  position?: number;
  /** What `${x:?...}` says when it is missing. */
  message?: string;
  /** How the name was made, where it does not stand in the text as it is. */
  nameFrom?: string;
  /** Nothing in the script sets it: taken for an input because it is used. */
  isInferred: boolean;
}

/** Variables that the shell or the login sets (POSIX.1-2024 XCU 2.5.3, the Bash manual, chapter 5). */
const provided =
  /^(?:HOME|PATH|PWD|OLDPWD|USER|USERNAME|LOGNAME|SHELL|TERM|LANG|LANGUAGE|LC_\w+|TMPDIR|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|UID|EUID|PPID|RANDOM|SRANDOM|SECONDS|LINENO|EPOCHSECONDS|BASH\w*|FUNCNAME|PIPESTATUS|IFS|OPTARG|OPTIND|OPTERR|REPLY|SHLVL|SHELLOPTS|COLUMNS|LINES|EDITOR|PAGER|DISPLAY|PS\d|MAPFILE|DIRSTACK|GROUPS|COPROC|COMP_\w+|COMPREPLY|SUDO_USER|XDG_\w+)$/;

/** Inputs in source order, each name once: its best evidence, a declaration before a mere use. */
export function inputsOf(script: ShellScript): ShellInput[] {
  const found = new Map<string, ShellInput>();
  const add = (input: ShellInput) => {
    const known = found.get(input.name);
    if (known === undefined || (known.isInferred && !input.isInferred)) found.set(input.name, input);
  };
  for (const option of options(script)) add(option);
  const positional = positionals(script);
  for (const input of positional) add(input);
  for (const input of environment(script, new Set(positional.map((input) => input.name)))) add(input);
  return [...found.values()].sort((a, b) => a.at - b.at);
}

/** `$1` of the script itself; one that is only stored goes by the name of its variable. */
function positionals(script: ShellScript): ShellInput[] {
  const found = new Map<number, ShellInput>();
  const stored = new Map(script.assignments.map((assignment) => [assignment.end, assignment]));
  for (const parameter of script.parameters) {
    const position = Number(parameter.name);
    if (parameter.within !== undefined || !Number.isInteger(position) || position < 1 || found.has(position)) continue;
    const assignment = stored.get(parameter.end) ?? stored.get(parameter.end + 1);
    const isStored = assignment !== undefined && assignment.at < parameter.at && /^["']?\$\{?\d/.test(assignment.value);
    const name = isStored ? assignment.name : `$${position}`;
    const place = isStored ? assignment : parameter;
    const isBraced = !isStored && !script.text.startsWith(name, parameter.at);
    found.set(position, {
      name,
      at: place.at,
      end: place.end,
      from: 'argument',
      rule: 'shell-positional',
      position,
      isInferred: false,
      ...(isBraced ? { nameFrom: 'position' } : {}),
      ...need(parameter),
    });
  }
  return [...found.values()];
}

/** What `:-`, `:=` and `:?` say. */
function need({ operator, operand }: ShellParameter): { required: boolean; default?: string; message?: string } {
  if (operator?.endsWith('?') === true) return operand ? { required: true, message: operand } : { required: true };
  if (operator === undefined || operator.endsWith('+')) return { required: true };
  return { required: false, default: (operand ?? '').replace(/^(["'])(.*)\1$/s, '$2') };
}

/** Letters of getopts, and the patterns of a case over the arguments that start with a dash. */
function options(script: ShellScript): ShellInput[] {
  const found: ShellInput[] = [];
  for (const command of script.commands) {
    const [name, letters] = command.words;
    if (name?.text !== 'getopts' || letters === undefined || letters.dynamic) continue;
    for (const [, letter, colon] of letters.text.matchAll(/([A-Za-z0-9])(:?)/g)) {
      if (letter === undefined) continue;
      const base = {
        at: letters.at,
        end: letters.end,
        from: 'option',
        rule: 'shell-getopts',
        nameFrom: 'letter of getopts',
        isInferred: false,
      } as const;
      found.push({ name: `-${letter}`, required: false, ...base, ...(colon === ':' ? {} : { default: 'off' }) });
    }
  }
  for (const decision of script.decisions) {
    if (decision.kind !== 'case') continue;
    for (const pattern of decision.patterns) {
      if (!/^--?[A-Za-z][\w-]*(?:=\*)?$/.test(pattern.text)) continue;
      const name = pattern.text.replace(/=\*$/, '');
      if (name === '--help' || name === '-h') continue;
      found.push({
        name,
        at: pattern.at,
        end: pattern.at + name.length,
        from: 'option',
        rule: 'shell-option-case',
        required: false,
        isInferred: false,
      });
    }
  }
  return found;
}

function environment(script: ShellScript, arguments_: ReadonlySet<string>): ShellInput[] {
  const found: ShellInput[] = [];
  const assigned = firstAssignments(script.assignments);
  for (const parameter of script.parameters) {
    const { name, at, end } = parameter;
    if (!/^[A-Za-z_]\w*$/.test(name) || provided.test(name) || arguments_.has(name)) continue;
    const assignment = assigned.get(name);
    const isSelf = assignment !== undefined && assignment.at <= at && end <= assignment.end;
    const isEarlier = assignment !== undefined && assignment.at < at && !isSelf;
    const isDeclared = parameter.operator !== undefined && !isEarlier;
    if (isDeclared && (assignment === undefined || isSelf || /[?=]$/.test(parameter.operator ?? ''))) {
      found.push({
        name,
        at,
        end,
        from: 'environment',
        rule: 'shell-parameter-default',
        isInferred: false,
        ...need(parameter),
      });
    } else if (assignment === undefined && /^[A-Z][A-Z0-9_]*$/.test(name)) {
      found.push({
        name,
        at,
        end,
        from: 'environment',
        rule: 'shell-unset-variable',
        isInferred: true,
        required: true,
      });
    }
  }
  return found;
}

function firstAssignments(assignments: readonly ShellAssignment[]): Map<string, ShellAssignment> {
  const first = new Map<string, ShellAssignment>();
  for (const assignment of assignments) if (!first.has(assignment.name)) first.set(assignment.name, assignment);
  return first;
}
