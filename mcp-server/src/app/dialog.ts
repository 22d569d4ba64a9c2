/** What a person can say in a dialog. */
export const OUTCOMES = ['approve', 'request changes', 'later'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The client's own dialog. No answer is a value: nothing was decided, and why. */
export interface Dialog {
  ask(message: string): Promise<{ outcome: Outcome; comment: string } | { unanswered: string }>;
}
