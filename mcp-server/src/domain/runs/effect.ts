import { classify } from '../guard/classify.ts';
import { toolOf } from '../guard/commands.ts';
import { simpleCommands } from './command-words.ts';

export type Effect = 'read' | 'write';

const words = (list: string) => new Set(list.split(' '));
const readVerbs = words(
  'get list read search find describe show query fetch lookup check view glob grep ls cat head status validate verify count inspect diff test ping retrieve export poll is has whoami',
);
const writeVerbs = words(
  'create update delete remove add set put post patch write edit apply push send insert upsert replace modify attach detach associate disassociate assign unassign reserve release run start stop restart reboot enable disable commit merge deploy install uninstall upload import drop allocate provision configure publish move rename restore rollback revert close open execute register activate notify transfer upgrade scale book grant revoke make',
);
const fileTools = /^(?:Write|Edit|MultiEdit|NotebookEdit|str_replace_editor|apply_patch)$/;
const readTools =
  /^(?:Read|Glob|Grep|LS|WebFetch|WebSearch|NotebookRead|BashOutput|TaskOutput|ListMcpResources\w*|ReadMcpResource\w*)$/;
const httpWrite =
  /\b(?:curl|wget|http|https|xh)\b[^\n|;&]{0,400}?(?:-X\s?|--request[ =]|--method[ =]|\s)(?:POST|PUT|PATCH|DELETE)\b|\bcurl\b[^\n|;&]{0,400}?\s(?:-d|--data(?:-\w+)?|-F|--form|-T|--upload-file)\b/;

/** Words of a tool's own name, the server's name left out: `mcp__netbox__create_vlan` -> create, vlan. */
export function toolWords(tool: string): string[] {
  const own = tool.split(/__|[:./]/).at(-1) ?? tool;
  return own
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/**
 * Whether a use of a tool changes something, by the words of its name, its HTTP method, or its command line. Undefined
 * where neither is known: most tools of agents say it in their names, some do not.
 */
export function effectOf(tool: string, method: string | undefined, command: string | undefined): Effect | undefined {
  if (command !== undefined) {
    const { effects, writes, opaque } = classify(command);
    if (effects.length > 0 || writes.length > 0 || httpWrite.test(command)) return 'write';
    const said = simpleCommands(command).map(byVerb);
    if (said.includes('write')) return 'write';
    return opaque.length > 0 || said.includes(undefined) ? undefined : 'read';
  }
  if (method !== undefined && /^(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)$/i.test(method))
    return /^(?:GET|HEAD|OPTIONS)$/i.test(method) ? 'read' : 'write';
  if (fileTools.test(tool)) return 'write';
  if (readTools.test(tool)) return 'read';
  for (const word of toolWords(tool)) {
    if (writeVerbs.has(word)) return 'write';
    if (readVerbs.has(word)) return 'read';
  }
  return undefined;
}

/** Programs that look, whatever their words are. */
const looks =
  /^(?:cd|ls|cat|head|tail|grep|rg|find|echo|printf|pwd|sed|awk|cut|sort|uniq|wc|tr|test|true|false|sleep|date|which|jq|yq|diff|curl|wget|ping|dig|nslookup|host|traceroute|export|set|ps|df|du|env|hostname|uname|whoami|id)$/;

/** What a simple command does by its first word after the program; of tools that are known, what changes is known. */
function byVerb([program = '', ...words]: readonly string[]): Effect | undefined {
  const verb = words.find((word) => /^[a-z][a-z-]*$/.test(word)) ?? '';
  if (looks.test(program)) return 'read';
  if (writeVerbs.has(verb)) return 'write';
  return readVerbs.has(verb) || toolOf(program) !== undefined ? 'read' : undefined;
}

/** What a tool is about, spelt alike for what writes and what reads it: `create_vlans`, `getVlan` -> `vlan`. */
export function objectOf(tool: string): string {
  const rest = toolWords(tool).filter(
    (word) => !readVerbs.has(word) && !writeVerbs.has(word) && !/^(?:by|id|all|v\d+)$/.test(word),
  );
  return rest.join(' ').replace(/ies$/, 'y').replace(/s$/, '');
}
