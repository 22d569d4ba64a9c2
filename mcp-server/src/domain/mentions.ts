const plain = (text: string) =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

/** The last text that was searched: one design is asked for many names. */
let last: { text: string; words: string } | undefined;

/**
 * Whether a text names something, whatever the letter case and signs: the whole name, or its last part behind the namespace
 * (`nginx` for `docker.io/library/nginx`, `checkout` for `actions/checkout`).
 */
export function mentions(text: string, name: string): boolean {
  if (last?.text !== text) last = { text, words: plain(text) };
  const { words } = last;
  const asked = [name, name.split('/').at(-1)!].map(plain).filter((one) => one.trim() !== '');
  return asked.some((one) => words.includes(one));
}
