/**
 * What an approval proves, weakest first (design.md section 5). `external` is derived by a verifier that the change
 * cannot alter and is never stored.
 */
export const LEVELS = ['recorded', 'hosted', 'signed', 'external'] as const;
export type Level = (typeof LEVELS)[number];

/** Levels that an event may carry. */
export type StoredLevel = Exclude<Level, 'external'>;
