/**
 * What an approval proves, weakest first (docs/signing.md). `external` is derived by a verifier that the change
 * cannot alter and is never stored; `void` is what a decision comes to whose signature does not hold.
 */
export const LEVELS = ['void', 'recorded', 'hosted', 'signed', 'external'] as const;
export type Level = (typeof LEVELS)[number];

/** Levels that an event may carry. */
export const STORED_LEVELS = ['recorded', 'hosted', 'signed'] as const;
export type StoredLevel = (typeof STORED_LEVELS)[number];

/** Levels that may be asked for. */
export const DEMANDED_LEVELS = ['recorded', 'hosted', 'signed', 'external'] as const;
