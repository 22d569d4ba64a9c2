/** The parts of an extraction that can be asked for. */
export const VIEWS = ['summary', 'groups', 'story', 'gaps', 'couplings', 'facts', 'rebind'] as const;
export type View = (typeof VIEWS)[number];
