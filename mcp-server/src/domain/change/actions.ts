/** What can be done with a change, in the order of its cycle. */
export const CHANGE_ACTIONS = ['status', 'propose', 'plan', 'apply', 'verify', 'abandon', 'rebase'] as const;
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];
