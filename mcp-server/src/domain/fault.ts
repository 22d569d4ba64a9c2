/** Who has to act on a fault; the CLI's exit code follows from it (docs/cli.md). */
export type FaultKind = 'input' | 'policy' | 'integrity' | 'environment';

/** What a fault says, in the order a person needs it. */
export interface FaultText {
  /** Stable, for programs: `unknown-delivery`, `lost-update` ... */
  code: string;
  /** What happened, with the place where there is one. */
  message: string;
  expected?: string;
  /** The next step, as a command or an edit where possible. */
  next?: string;
  cause?: unknown;
}

/** Something that cannot go on. Expected outcomes, such as a blocked gate, are values and never faults. */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly code: string;
  readonly expected: string | undefined;
  readonly next: string | undefined;

  constructor(kind: FaultKind, text: FaultText) {
    super(text.message, text.cause === undefined ? {} : { cause: text.cause });
    this.name = 'Fault';
    this.kind = kind;
    this.code = text.code;
    this.expected = text.expected;
    this.next = text.next;
  }
}

export const inputFault = (text: FaultText) => new Fault('input', text);
export const policyFault = (text: FaultText) => new Fault('policy', text);
export const integrityFault = (text: FaultText) => new Fault('integrity', text);
export const environmentFault = (text: FaultText) => new Fault('environment', text);
