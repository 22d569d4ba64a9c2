/** What every use case answers: enough for an agent, a person and a program. */
export interface Answer<T extends object = object> {
  /** What happened, one or two sentences. Trusted text: never contains what files say. */
  said: string;
  /** What blocks, one sentence each; empty when nothing does. */
  blocks: string[];
  /** The next step, as a command where possible. */
  next: string;
  data: T;
}

export const isBlocked = (answer: Answer) => answer.blocks.length > 0;
