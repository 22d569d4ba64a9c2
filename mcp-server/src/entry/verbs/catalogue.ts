import type { VerbEntry } from './verb.ts';

/** Every verb, in the order of the help text; each is loaded only when it is called. */
export const VERBS: Record<string, VerbEntry> = {
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
  template: {
    summary: 'turns a delivered spec into a template of this repository',
    load: async () => (await import('./template.ts')).templateVerb,
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
  probe: {
    summary: 'asks tools, clusters and systems what is there; stores a snapshot',
    load: async () => (await import('./probe.ts')).probeVerb,
  },
  'design-skeleton': {
    summary: 'a first design.md from requirements, feasibility and snapshot',
    load: async () => (await import('./design-skeleton.ts')).designSkeletonVerb,
  },
  extract: {
    summary: 'reads existing automation: what it does, in which order, what it touches, what is missing',
    load: async () => (await import('./extract.ts')).extractVerb,
  },
  import: {
    summary: 'takes over work in the format of another tool',
    load: async () => (await import('./import.ts')).importVerb,
  },
  rebind: {
    summary: 'what breaks when a role gets another system, and the new design',
    load: async () => (await import('./rebind.ts')).rebindVerb,
  },
  comment: {
    summary: 'a remark on one entry, to be answered before the next submission',
    load: async () => (await import('./comment.ts')).commentVerb,
  },
  reply: { summary: 'answers a comment', load: async () => (await import('./comment.ts')).replyVerb },
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
  scan: {
    summary: 'linters, security scanners, dependencies, differences from the design',
    load: async () => (await import('./scan.ts')).scanVerb,
  },
  ci: {
    summary: 'writes the CI job of a delivery: configuration, checks, verify',
    load: async () => (await import('./ci.ts')).ciVerb,
  },
  'as-built': {
    summary: 'generates as-built.md from ledger and files',
    load: async () => (await import('./as-built.ts')).asBuiltVerb,
  },
  change: {
    summary: 'a change of the specification: propose, plan, apply, verify',
    load: async () => (await import('./change.ts')).changeVerb,
  },
  deploy: {
    summary: 'a gated apply: plan, decision, apply, verify, roll back',
    load: async () => (await import('./deploy.ts')).deployVerb,
  },
  drift: {
    summary: 'what is not as agreed: texts, files, running systems; a person may accept it',
    load: async () => (await import('./drift.ts')).driftVerb,
  },
  diagnose: {
    summary: 'which criteria a running system fails, with logs and evidence',
    load: async () => (await import('./diagnose.ts')).diagnoseVerb,
  },
  observe: {
    summary: 'measures a running system against its limits; a breach becomes a proposed change',
    load: async () => (await import('./observe.ts')).observeVerb,
  },
  retire: {
    summary: 'asks for the decision that ends a delivery',
    load: async () => (await import('./retire.ts')).retireVerb,
  },
  trace: {
    summary: 'from requirement to approval and back; why a file is there',
    load: async () => (await import('./trace.ts')).traceVerb,
  },
  'break-glass': {
    summary: 'the audited way out: lets writes and effects pass for a while',
    load: async () => (await import('./break-glass.ts')).breakGlassVerb,
  },
  withhold: {
    summary: 'lets the bytes of one piece of evidence go, such as a captured secret',
    load: async () => (await import('./withhold.ts')).withholdVerb,
  },
  history: { summary: 'the record of a delivery', load: async () => (await import('./history.ts')).historyVerb },
  report: {
    summary: 'the whole record as a page, Markdown or JSON; for people and auditors',
    load: async () => (await import('./report.ts')).reportVerb,
  },
  attest: {
    summary: 'a bundle that a third party checks with OpenSSH alone: statement, record, signatures',
    load: async () => (await import('./attest.ts')).attestVerb,
  },
  verify: {
    summary: 'integrity, gates and drift of all deliveries; for CI',
    load: async () => (await import('./verify.ts')).verifyVerb,
  },
  doctor: {
    summary: 'what this installation, client and repository can and cannot guarantee',
    load: async () => (await import('./doctor.ts')).doctorVerb,
  },
  completions: {
    summary: 'what bash, zsh or fish completes',
    load: async () => (await import('./completions.ts')).completionsVerb(VERBS),
  },
};
