import type { Input } from './resolve.ts';
import type { Word } from './script.ts';

/** Where a command runs when not here: the program that goes there, and the host, container or pod. */
export interface Place {
  readonly program: string;
  readonly name: Word | undefined;
}

/** What a command that runs commands would run. */
export type Next =
  | {
      readonly kind: 'command';
      readonly words: readonly Word[];
      readonly place?: Place;
      /** `filtered`: the environment may be lost on the way (sudo); `cleared`: it is. */
      readonly environment?: 'filtered' | 'cleared';
      readonly assignments?: ReadonlyMap<string, Word>;
    }
  | {
      /** A shell program; undefined text for one that is not known. */
      readonly kind: 'program';
      readonly text: string | undefined;
      readonly subshell: boolean;
      readonly place?: Place;
      /** The program itself came from standard input. */
      readonly fromInput?: boolean;
      readonly parameters?: ReadonlyMap<string, readonly Word[]>;
    }
  | {
      readonly kind: 'opaque';
      readonly program: string;
      readonly path: Word | undefined;
      readonly text: string | undefined;
    };

/** @param words the command with its name. */
export type Carrier = (words: readonly Word[], input: Input) => readonly Next[];
