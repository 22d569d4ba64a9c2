/** A text as one word of a POSIX shell: nothing in it is expanded or ends the word (POSIX.1-2017, 2.2.2). */
export const word = (text: string) => `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;

/** On one line, for messages and names. */
export const line = (text: string) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
