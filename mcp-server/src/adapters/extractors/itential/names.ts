/** `@<24 hex digits>: Name` is how a project marks what is its own; people call it `Name`. */
const prefix = /^@[0-9a-f]{24}:\s*/i;

export function withoutPrefix(name: string): string {
  return name.replace(prefix, '');
}

/** Why a name is not found letter by letter in its lines: JSON had to escape it. */
export function nameFrom(name: string): string | undefined {
  return JSON.stringify(name) === `"${name}"` ? undefined : 'decoded JSON';
}
