import type * as z from 'zod';
import type { Outcome, PlatformFact } from '../../domain/feasibility/snapshot.ts';
import type { ProbeSettings, SystemSettings } from '../../domain/policy/probes.ts';
import type { Conversation } from './conversation.ts';

/**
 * A read-only question. `{name}` in it stands for a value that is given when it is asked; in an argument vector the value is
 * never taken apart, in a path it is percent-encoded, unless it is written `{+name}` (RFC 6570).
 */
export type Call =
  | {
      run: readonly [string, ...string[]];
      /** Environment variables that are set for it. */
      set?: Readonly<Record<string, string>>;
      /** Exit codes that are answers; only 0 when left out. */
      exits?: readonly number[];
      /** How far it stands behind others where processors are short: for what nothing waits for. */
      nice?: number;
    }
  | { get: string }
  /** A POST that only asks, or logs in. */
  | { post: string; form?: true };

/** What is asked in one go: a context, a system, a program. Its id is the prefix of its facts. */
export interface Target {
  id: string;
  /** For `{name}` in its calls. */
  values?: Readonly<Record<string, string>>;
  /** Where requests go. */
  system?: Pick<SystemSettings, 'url' | 'ca-file'> & { socket?: string };
  /** Go along with every request. */
  headers?: Readonly<Record<string, string>>;
  /** Values that its program or its requests are given, which may be secrets. */
  secrets?: readonly string[];
  /** A program of the project that policy allows to start, with what it is given. */
  program?: { argv: readonly string[]; env: Readonly<Record<string, string>> };
  /** Why it is not asked at all. */
  refused?: string;
}

/** A question that brought no answer. */
export interface Refusal {
  outcome: Exclude<Outcome, 'present'>;
  reason: string;
  /** The HTTP status, where there was one. */
  status?: number;
}

/** An answer, read with the schema that it was asked with. */
export type Asked<T> = { value: T; headers: Readonly<Record<string, string>>; text: string } | Refusal;

export const isRefusal = <T>(asked: Asked<T>): asked is Refusal => 'outcome' in asked;

export interface AskOptions {
  values?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** Added to the path. */
  query?: Readonly<Record<string, string>>;
  body?: Readonly<Record<string, unknown>>;
}

/** What a probe has to work with: its own calls and nothing else. */
export interface Hands {
  /** Puts one of the probe's calls; the answer is JSON. */
  ask<T>(call: string, schema: z.ZodType<T>, options?: AskOptions): Promise<Asked<T>>;
  /** The same for an answer that is text. */
  text(call: string, options?: AskOptions): Promise<Asked<string>>;
  /** Starts the target's program to talk with it; undefined for a target without one. */
  converse(): Conversation | undefined;
  /** Records a fact; secrets are taken out of it later. */
  found(fact: PlatformFact): void;
  /** The value of an environment variable that holds a credential; from then on it is taken out of everything. */
  secret(variable: string | undefined): string | undefined;
  /** Takes a value out of everything, such as a token that was handed out. */
  hide(value: string): void;
  /** Text of a file, undefined when it cannot be read; at most 4 MiB. */
  read(path: string): string | undefined;
  readonly settings: ProbeSettings;
  readonly root: string;
}

/** What the machine and the project look like, for finding targets. */
export interface Surroundings {
  /** The project. */
  root: string;
  home: string;
  env: NodeJS.ProcessEnv;
  settings: ProbeSettings;
  read(path: string): string | undefined;
  /** Names in a folder, sorted; empty when it is not there. */
  list(path: string): string[];
}

/** One probe: a file of its own, and one line in the catalogue. */
export interface Probe {
  name: string;
  /** What it can answer, one phrase. */
  answers: string;
  /** What it needs to answer. */
  needs: string;
  /** What of the answers it leaves out. */
  strips: string;
  /** All that it may ask. */
  calls: Readonly<Record<string, Call>>;
  /** Further environment variables that its programs see. */
  env?: readonly string[];
  /** What there is to ask here; a lone Refusal says why there is nothing. */
  targets(around: Surroundings): Target[] | Refusal;
  look(target: Target, hands: Hands): Promise<void> | void;
}

/** A probe as declared. */
export const defineProbe = (probe: Probe) => probe;
