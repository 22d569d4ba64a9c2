import type { Call } from './run.ts';

/** What a call is tied to; no class for what the agent does within its own workspace. */
export interface Tie {
  name: string;
  class: 'adapter' | 'api' | 'cli' | undefined;
}

/** Programs that every machine has: no tie to anybody. */
const ordinary =
  /^(?:cd|ls|cat|head|tail|grep|rg|find|echo|printf|pwd|sed|awk|cut|sort|uniq|wc|tr|xargs|tee|test|true|false|sleep|date|which|mkdir|rm|cp|mv|touch|chmod|ln|jq|yq|diff|export|set|source|bash|sh|python3?|node|timeout|for|do|done|if|then|fi|while)$/;
const workspace = /^(?:Bash|Read|Write|Edit|MultiEdit|Glob|Grep|LS|NotebookEdit|WebFetch|WebSearch|TodoWrite)$/;

/** The system behind a tool, by the way its name is put together, or by the program of its command line. */
export function systemOf({ tool, label }: Call): Tie {
  if (label !== '' && !/^(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)\b/.test(label)) {
    const programs = label.split(' && ').map((one) => one.split(' ')[0] as string);
    const telling = programs.find((program) => !ordinary.test(program));
    return telling === undefined ? { name: 'shell', class: undefined } : { name: telling, class: 'cli' };
  }
  const server = /^mcp__(.+?)__/.exec(tool)?.[1];
  if (server !== undefined) return { name: server, class: 'api' };
  const adapter = /^adapter:([^:]*):([^:]*)/.exec(tool);
  if (adapter !== null) return { name: adapter[2] || (adapter[1] as string), class: 'adapter' };
  if (workspace.test(tool)) return { name: 'workspace', class: undefined };
  const dotted = /^([\w-]+)[.:/]/.exec(tool)?.[1];
  return dotted === undefined ? { name: 'tools', class: undefined } : { name: dotted, class: 'api' };
}
