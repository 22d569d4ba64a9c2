/**
 * Fills `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME-default}` with values that are known; what is unknown stays.
 * The forms are those of the Dockerfile and Compose references.
 */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{([A-Za-z_]\w*)(?::?-([^{}$]*))?\}|([A-Za-z_]\w*))/g,
    (whole: string, braced?: string, fallback?: string, bare?: string) =>
      values.get(braced ?? bare ?? '') ?? fallback ?? whole,
  );
}
