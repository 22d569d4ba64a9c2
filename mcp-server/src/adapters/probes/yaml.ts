import { parseDocument } from 'yaml';
import { beyondBounds } from '../../domain/yaml/bounds.ts';

/** The value of a JSON or YAML text; undefined where it cannot be read, or where YAML is too long or too deep for its parser. */
export function yamlIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: YAML then.
  }
  if (beyondBounds(text) !== undefined) return undefined;
  try {
    return parseDocument(text, { logLevel: 'silent' }).toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
