import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inputFault } from '../domain/fault.ts';

/** The plugin's root: this is bundled into mcp-server/dist. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A slash command as MCP offers it: a prompt with one optional argument, the line that a person would type behind it. */
export interface Prompt {
  name: string;
  description: string;
  arguments: { name: 'arguments'; description: string; required: false }[];
}

interface Page {
  facts: Record<string, string>;
  body: string;
}

/** Commands that a model may be given; `/approve` is a person's, and in other clients it is no prompt either. */
export function listPrompts(): Prompt[] {
  return offered().map(([name, { facts }]) => ({
    name,
    description: facts['description'] ?? '',
    arguments: [{ name: 'arguments', description: facts['argument-hint'] ?? '', required: false }],
  }));
}

/**
 * The text of a command with what was typed behind it. Other clients have none of the agents that it starts, so their
 * instructions follow it.
 *
 * @throws Fault `unknown-prompt`
 */
export function promptText(name: string, typed: string): string {
  const page = names().includes(name) ? read('commands', `${name}.md`) : undefined;
  if (page === undefined || isHidden(page))
    throw inputFault({
      code: 'unknown-prompt',
      message: `there is no prompt ${JSON.stringify(name)}`,
      expected: offered()
        .map(([known]) => known)
        .join(', '),
    });
  const [first = ''] = typed.trim().split(/\s+/);
  // One pass: what was typed is not read for placeholders again.
  const body = page.body.replace(/\$ARGUMENTS|\$0|\$\{CLAUDE_PLUGIN_ROOT\}/g, (placeholder) =>
    placeholder === '$ARGUMENTS' ? typed : placeholder === '$0' ? first : ROOT,
  );
  const agents = [...new Set([...page.body.matchAll(/`countersign:([a-z-]+)`/g)].map((match) => match[1]!))];
  return [body, ...agents.map(agentText)].join('\n\n---\n\n');
}

const agentText = (name: string): string =>
  [
    `This client cannot start the agent \`countersign:${name}\`. Where the text above starts it, do its work yourself, by these`,
    `instructions, and keep to its limits:\n\n${read('agents', `${name}.md`).body}`,
  ].join(' ');

const names = (): string[] =>
  readdirSync(join(ROOT, 'commands'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
    .sort();

const isHidden = ({ facts }: Page): boolean => facts['disable-model-invocation'] === 'true';

const offered = (): [string, Page][] =>
  names()
    .map((name): [string, Page] => [name, read('commands', `${name}.md`)])
    .filter(([, page]) => !isHidden(page));

/** A file of the plugin: flat front matter, and what follows it. */
function read(folder: string, file: string): Page {
  const text = readFileSync(join(ROOT, folder, file), 'utf8');
  const [, front = '', body = text] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  const facts = front.split('\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [
      line.slice(0, colon),
      line
        .slice(colon + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    ];
  });
  return { facts: Object.fromEntries(facts), body: body.trim() };
}
