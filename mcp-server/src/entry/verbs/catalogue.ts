import type { Verb } from './verb.ts';

interface Entry {
  summary: string;
  load: () => Promise<Verb>;
}

/** Every verb, in the order of the help text; each is loaded only when it is called. */
export const VERBS: Record<string, Entry> = {
  demo: {
    summary: 'walks a delivery through all gates in a temporary repository',
    load: async () => (await import('./demo.ts')).demo,
  },
  init: {
    summary: 'prepares a repository: policy file and a shim on request',
    load: async () => (await import('./init.ts')).init,
  },
  new: {
    summary: 'starts a delivery; --list shows the templates',
    load: async () => (await import('./new.ts')).newVerb,
  },
  status: {
    summary: 'stages, gates, what blocks, the next step',
    load: async () => (await import('./status.ts')).statusVerb,
  },
  validate: { summary: 'checks the artifacts', load: async () => (await import('./validate.ts')).validateVerb },
  submit: {
    summary: 'freezes a stage for review and prints its digest',
    load: async () => (await import('./submit.ts')).submitVerb,
  },
  review: { summary: 'shows what a decision is about', load: async () => (await import('./review.ts')).reviewVerb },
  approve: {
    summary: "a person's decision: approve",
    load: async () => (await import('./decide.ts')).decisionVerb('approve'),
  },
  reject: {
    summary: "a person's decision: reject",
    load: async () => (await import('./decide.ts')).decisionVerb('reject'),
  },
  revoke: {
    summary: "a person's decision: take an approval back",
    load: async () => (await import('./decide.ts')).decisionVerb('revoke'),
  },
  trust: {
    summary: 'who may sign here, and what was accepted on this machine',
    load: async () => (await import('./trust.ts')).trustVerb,
  },
  policy: {
    summary: 'the effective policy, and why a gate is blocked',
    load: async () => (await import('./policy.ts')).policyVerb,
  },
  tasks: { summary: 'the build order', load: async () => (await import('./tasks.ts')).tasksVerb },
  'run-check': {
    summary: 'runs a check and records evidence',
    load: async () => (await import('./run-check.ts')).runCheckVerb,
  },
  history: { summary: 'the record of a delivery', load: async () => (await import('./history.ts')).historyVerb },
  verify: {
    summary: 'integrity, gates and drift of all deliveries; for CI',
    load: async () => (await import('./verify.ts')).verifyVerb,
  },
};
