/** Hooks that answer a dialog in a person's place. */
const DIALOG_HOOKS = new Set(['Elicitation', 'ElicitationResult']);
/** Variables by which Countersign tells a person's session from a driven one. */
const TELLING = new Set(['CLAUDECODE', 'CLAUDE_CODE_ENTRYPOINT', 'CLAUDE_PLUGIN_DATA', 'CLAUDE_PLUGIN_ROOT']);
const TEXT =
  /Elicitation(?:Result)?|disableAllHooks|countersign@[^"\s]*"\s*:\s*false|CLAUDECODE|CLAUDE_CODE_ENTRYPOINT|CLAUDE_PLUGIN_(?:DATA|ROOT)/g;

/**
 * What in a settings file of the client would answer for a person or take the guard away, each as `place = value`.
 * Text that is no JSON is searched for the names.
 */
export function plants(text: string): string[] {
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch {
    return [...new Set(unescapeJson(text).match(TEXT) ?? [])];
  }
  if (!isRecord(settings)) return [];
  const found: string[] = [];
  const add = (place: string, value: unknown) => found.push(`${place} = ${JSON.stringify(value)}`);
  for (const [event, hooks] of entries(settings['hooks']))
    if (DIALOG_HOOKS.has(event) && !isEmpty(hooks)) add(`hooks.${event}`, hooks);
  if (settings['disableAllHooks'] !== undefined && settings['disableAllHooks'] !== false)
    add('disableAllHooks', settings['disableAllHooks']);
  for (const [plugin, enabled] of entries(settings['enabledPlugins']))
    if (/^countersign(?:@|$)/.test(plugin) && enabled !== true) add(`enabledPlugins.${plugin}`, enabled);
  for (const [name, value] of entries(settings['env'])) if (TELLING.has(name)) add(`env.${name}`, value);
  return found;
}

/** What a change of a settings file newly plants; places only, for a message. */
export function planted(before: string | undefined, after: string): string[] {
  const known = new Set(before === undefined ? [] : plants(before));
  return [...new Set(plants(after).filter((one) => !known.has(one)))].map((one) => one.split(' = ')[0]!);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const entries = (value: unknown) => (isRecord(value) ? Object.entries(value) : []);
const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

function unescapeJson(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
