import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Ports } from '../app/ports.ts';
import { inputFault } from '../domain/fault.ts';
import { jsonPieces } from '../domain/json-pieces.ts';
import { faultText, faultView } from './respond.ts';
import { shellWord } from './shell-word.ts';
import { paint, printable, processTerminal, type Terminal } from './terminal.ts';
import { VERBS } from './verbs/catalogue.ts';
import type { Verb, VerbContext, VerbInput, VerbResult } from './verbs/verb.ts';
import { VERSION } from './version.ts';

/** Runs the program and returns its exit code (docs/cli.md). */
export async function main(argv: readonly string[]): Promise<number> {
  // A reader that has seen enough (`| head`) closes the pipe: that ends the program, and is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 4));
  const terminal = processTerminal(process.env);
  const [name, ...rest] = argv;
  const wantsJson = argv.includes('--json');
  // A reader that has seen enough (`| head`) closes the pipe: no reason for a stack trace.
  process.stdout.on('error', () => {});
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      const verb = name === 'help' ? rest[0] : undefined;
      showHelp(verb === undefined || verb.startsWith('-') ? overview() : await help(verb), wantsJson, terminal);
      return 0;
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      showHelp(await help(name), wantsJson, terminal);
      return 0;
    }
    if (name.startsWith('-')) throw optionFirst(name);
    const verb = await loadVerb(name);
    const input = readArguments(name, verb, rest);
    const result = await verb.run(input, await context(terminal));
    return finish(name, result, terminal, input.options['json'] === true);
  } catch (error) {
    const view = faultView(error);
    if (process.env['COUNTERSIGN_DEBUG']) process.stderr.write(`${(error as Error).stack}\n`);
    if (wantsJson) terminal.show(JSON.stringify({ schema: `countersign/${schemaName(name)}@1`, error: view }));
    else process.stderr.write(`${printable(faultText(view))}\n`);
    return view.exit;
  }
}

/** Names what was called, where it is a verb; anything else is no part of a schema's name. */
const schemaName = (name: string | undefined) => (name !== undefined && Object.hasOwn(VERBS, name) ? name : 'error');

function showHelp(text: string, json: boolean, terminal: Terminal): void {
  terminal.show(json ? JSON.stringify({ schema: 'countersign/help@1', text }) : text);
}

function optionFirst(name: string) {
  return inputFault({
    code: 'bad-usage',
    message: `${JSON.stringify(name)} stands where the verb belongs`,
    expected: 'countersign <verb> [arguments] [options]',
    next: 'countersign --help',
  });
}

async function context(terminal: Terminal): Promise<VerbContext> {
  // Only now: help and wrong usage need none of it, and start in half the time.
  const { compose } = await import('./compose.ts');
  const cwd = process.env['CLAUDE_PROJECT_DIR'] || process.cwd();
  let ports: Ports | undefined;
  return {
    ports() {
      ports ??= compose(cwd, process.env).ports;
      return ports;
    },
    env: process.env,
    cwd,
    terminal,
    self: selfCommand(),
  };
}

function selfCommand(): string {
  const path = process.argv[1] ?? fileURLToPath(import.meta.url);
  if (/(?:^|[\\/])countersign$/.test(path)) return 'countersign';
  return `node ${shellWord(path)}`;
}

async function loadVerb(name: string): Promise<Verb> {
  if (Object.hasOwn(VERBS, name)) return VERBS[name]!.load();
  throw inputFault({
    code: 'unknown-verb',
    message: `there is no verb ${JSON.stringify(name)}`,
    expected: `one of: ${Object.keys(VERBS).join(', ')}`,
    next: 'countersign --help',
  });
}

function readArguments(name: string, verb: Verb, argv: readonly string[]): VerbInput {
  const options = { json: { type: 'boolean' as const }, ...verb.options };
  const declared = Object.fromEntries(
    Object.entries(options).map(([key, option]) => [key, { type: option.type, multiple: 'multiple' in option }]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...argv], options: declared, allowPositionals: true, strict: true });
  } catch (error) {
    throw inputFault({
      code: 'bad-usage',
      message: (error as Error).message.split('.')[0]!,
      next: `countersign ${name} --help`,
    });
  }
  const [least, most] = verb.arity;
  const args = parsed.positionals;
  if (args.length < least || args.length > most)
    throw inputFault({
      code: 'bad-usage',
      message: `countersign ${name} takes ${least === most ? least : `${least} to ${most}`} argument${most === 1 ? '' : 's'}, got ${args.length}`,
      expected: `countersign ${verb.usage}`,
      next: `countersign ${name} --help`,
    });
  return { args, options: parsed.values as VerbInput['options'] };
}

function finish(name: string, result: VerbResult, terminal: Terminal, json: boolean): number {
  const { answer } = result;
  const exit = result.exit ?? (answer.blocks.length > 0 ? 1 : 0);
  if (json) {
    const { said, blocks, next, data } = answer;
    const document = result.document ?? { schema: `countersign/${name}@1`, said, blocks, next, ...data };
    terminal.show(result.documentText ?? jsonPieces(document));
    return exit;
  }
  if (result.text !== undefined) terminal.show(result.text);
  else {
    terminal.show(printable(answer.said));
    for (const block of answer.blocks) terminal.show(`  ${paint(terminal, 'yellow', 'blocked')} ${printable(block)}`);
    if (answer.next !== '') terminal.show(`  ${paint(terminal, 'cyan', 'next')} ${printable(answer.next)}`);
  }
  return exit;
}

function overview(): string {
  const width = Math.max(...Object.keys(VERBS).map((name) => name.length));
  const lines = Object.entries(VERBS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    `countersign ${VERSION}: spec-driven delivery for infrastructure automation, with gates that a person opens`,
    '',
    'usage: countersign <verb> [arguments] [--json]',
    '',
    ...lines,
    '',
    'examples:',
    '  countersign status --mine                            what waits for you',
    '  countersign review office-vlans design               what a decision is about',
    '  countersign report office-vlans --html report.html   the whole record as a page',
    '',
    'countersign <verb> --help shows arguments and examples.',
    'exit codes: 0 fine, 1 findings or a blocked gate, 2 usage or policy, 3 integrity fault, 4 environment',
  ].join('\n');
}

async function help(name: string): Promise<string> {
  const verb = await loadVerb(name);
  const options = Object.entries({
    ...verb.options,
    json: { type: 'boolean', summary: 'one JSON object on standard output' } as const,
  });
  const named = options.map(
    ([key, option]) =>
      [`--${key}${'takes' in option && option.takes !== undefined ? ` ${option.takes}` : ''}`, option.summary] as const,
  );
  const width = Math.max(...named.map(([key]) => key.length));
  return [
    `countersign ${verb.usage}`,
    `  ${VERBS[name]!.summary}`,
    '',
    ...named.map(([key, summary]) => `  ${key.padEnd(width)}  ${summary}`),
    '',
    'examples:',
    ...verb.examples.map((example) => `  countersign ${example}`),
  ].join('\n');
}
