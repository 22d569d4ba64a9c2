import type { Fact } from '../../../domain/extract/contract.ts';
import type { StepLinks } from '../ci/step-links.ts';

/** What holds for the statements inside a closure. */
export interface Place {
  workflow: Fact;
  stage: Fact | undefined;
  /** Inside `post { failure {...} }` or a catch. */
  onFailure: boolean;
  /** A try or catchError around it handles its failure. */
  isHandled: boolean;
  /** Working directory of `dir('x')`; undefined when an expression decides it. */
  folder: string | undefined;
  parallel: boolean;
  links: StepLinks;
}
