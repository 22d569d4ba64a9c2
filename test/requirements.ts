/**
 * What the product has to do, as data. Test names cite the ids: `[R-RULE-5] a rejected round ...`. A requirement that is
 * built and cited nowhere fails test/requirements.test.ts, so a rule cannot lose its test unnoticed.
 */
export interface ProductRequirement {
  id: string;
  text: string;
  /** Where it was fixed: the design's section, or the name of a standard. */
  source: string;
  /** Whether it is there already; what is not yet built needs no test yet. */
  built: boolean;
}

const from = (source: string, built: boolean, rows: Record<string, string>): ProductRequirement[] =>
  Object.entries(rows).map(([id, text]) => ({ id, text, source, built }));

export const REQUIREMENTS: readonly ProductRequirement[] = [
  ...from('artifacts', true, {
    'R-ART-1':
      'Artifacts are CommonMark with GFM tables; the first key of their front matter is countersign: <stage>/1.',
    'R-ART-2': 'Sections are found by their heading and entries by their id, never by position or number.',
    'R-ART-3': 'An edit changes its own span; every byte outside it stays, line ends and byte order mark included.',
    'R-ART-4': 'Unknown sections and prose are kept.',
    'R-ART-5': 'What is wrong in an artifact is a finding with its line; readers never throw and never guess.',
    'R-ART-6': 'Statements marked (inferred: reason) are told apart from the others.',
    'R-IMPORT-1': 'Work in a known format of another tool becomes drafts that validate without errors.',
    'R-IMPORT-2': 'An import loses no text: what has no place is kept with its file and lines.',
    'R-IMPORT-3':
      'Imported text is data: it disables no rule, marks nothing as inferred, opens no section, keeps no secret.',
    'R-CI-1': 'A job that is written from a delivery is YAML, and every step parses as shell.',
    'R-CI-2': 'Missing configuration fails with its name and the expected format, never with a value.',
    'R-CI-3': 'Text of a design is data in a job: no shell and no expression of the CI expands it.',
    'R-CI-4': 'Writing a job again changes nothing, and edits outside its markers stay.',
    'R-RULES-1': 'A repository sets severities of rules; those that a gate rests on cannot be switched off or lowered.',
    'R-RULES-2': 'An id that was approved and taken out is not given to something else.',
    'R-RULES-3': 'Kept findings never change an answer: whatever moved or was damaged is found again.',
    'R-RELEASE-1': 'The npm package holds what runs and what people read, and needs nothing else.',
    'R-RELEASE-2': 'A record that an earlier release wrote verifies as it did then, and can be gone on with.',
    'R-MONO-1': 'In a monorepo the nearest countersign.yaml upwards decides which project a folder belongs to.',
    'R-MONO-2': 'A project of a monorepo is compared with a ref by its own paths alone.',
    'R-MONO-3': 'A policy further down adds to those above it in the guard, and takes nothing away.',
    'R-TEAM-1': 'A Build is decided on when those of the deliveries it depends on are.',
    'R-TEAM-2': 'verify can be kept to deliveries that a change reaches, and misses none of them.',
    'R-TEAM-3':
      'A decision as strict as any gate retires a delivery; its record stays, and revoking it brings it back.',
    'R-CLIENT-1': 'Any MCP client lists and calls every tool; a call that is wrong says what to do.',
    'R-CLIENT-2': 'The commands are prompts for other clients; none of them decides for a person.',
    'R-IMPORT-4':
      'Requirements that are derived from a design or pseudocode are marked as inferred, each with its line.',
    'R-RULES-4': 'Mending findings changes its own places and no other byte, and nothing that was submitted.',
    'R-REUSE-1':
      'A delivered spec becomes a template: what belongs to its site is asked, ids stay, and its worked example validates.',
    'R-REUSE-2': 'No template is made from a spec that is not delivered, that moved since, or that has findings.',
    'R-REUSE-3': 'A template is never written over without being told.',
    'R-LESSON-1':
      'What earlier deliveries with the same systems or template learned is offered to who writes the next.',
    'R-FEAS-1': 'The feasibility decision follows from the findings, whoever writes it; it may only be more cautious.',
    'R-FEAS-2': 'Present, absent, denied and not probed are kept apart in a snapshot; equal facts give equal bytes.',
    'R-FEAS-3':
      'A need is matched to facts by policy, name or vocabulary, and what follows for it is computed from them.',
    'R-FEAS-4': 'What is there already is proposed for reuse, with the words that it shares with a requirement.',
    'R-FEAS-5': 'Two snapshots are compared by fact.',
    'R-FEAS-6':
      'A first design follows from requirements and snapshot: other platforms, other designs, the same bytes for the same.',
    'R-FEAS-8':
      'A design is drawn again on a platform that moved; requirements that were approved stay as they are, and nobody is asked twice.',
    'R-FEAS-7': 'A missing system that can be stubbed gets a contract, which the design carries.',
    'R-PROBE-1': 'A probe tells what a platform offers, in which version and health and with which rights, as facts.',
    'R-PROBE-2':
      'What is absent, what may not be seen and what could not be looked at are told apart, with the reason.',
    'R-PROBE-3':
      'A probe that hangs, floods or fails ends in its time with what it started, and costs its own facts alone.',
    'R-PROBE-4':
      'A probe puts declared, read-only calls without a shell, and starts nothing that policy does not allow.',
    'R-PROBE-5': 'No secret of a source, a variable or an answer gets into a fact or the record of what was asked.',
    'R-TRACK-1': 'light has two decisions, standard and strict have five; strict asks for signed and separated ones.',
    'R-BUILD-1': 'Build order puts what others depend on first; what lies on a cycle has no place in it.',
    'R-BUILD-2': 'Tasks come from design and ledger: a parent waits until its children are verified.',
    'R-BUILD-3': 'A component is verified only by runs that the ledger holds; expectations decide a run.',
    'R-BUILD-4': 'A path pattern is a file, a folder or a glob, matched as text relative to the project.',
    'R-BUILD-5':
      'Whoever starts a task gets its component, requirements, checks, neighbours and bindings, and no other component.',
    'R-BUILD-6': 'A redesign keeps verified tasks that it does not touch and opens the others again.',
    'R-BUILD-8':
      'A check of a person is decided on by itself where they are asked: a no is a failure, other files ask anew.',
    'R-BUILD-7':
      'The builder writes in the components whose tasks are started; what is written for a delivery elsewhere is found.',
    'R-CHECK-1':
      'Runs on the same files that came to different results stay visible as flaky in record, review and evidence.',
    'R-CHECK-2':
      'A second run that claims to change nothing is run, and held against files and what the program reports.',
    'R-CHECK-3': 'A check that never failed is told apart from one that failed on other content before it passed.',
    'R-CHECK-4': 'A check has its folder, variables and time limit, and may be a program without a shell.',
    'R-CHECK-5':
      'Scripts that checks run, directly, by folder or through others, are shown by hash; editing one opens Build again.',
    'R-RECORD-1':
      'As-built tells dependencies, deviations with who accepted them and changed requirements, and is the same when drawn again.',
    'R-PROV-1':
      'Each delivered file is tied to component, task, writer, content and commit, with how the writer is known.',
    'R-PROV-2':
      'A component is built anew in a work tree beside, and what the old one does that nothing asks for is listed.',
    'R-SCAN-1':
      'What linters and scanners say becomes findings with severity, place and rule; their versions are recorded.',
    'R-SCAN-2':
      'A program that is absent or gives no usable answer is named and never counts as passed; gap rules always run.',
    'R-SCAN-6': 'A program or settings that the project brings along cannot make a scan say that nothing is wrong.',
    'R-SCAN-5': 'Another scan reopens an approved Build when it finds more, and not when it finds the same.',
    'R-SCAN-4': 'A scan that is recorded with other results than its evidence has is found.',
    'R-SCAN-3':
      'Where policy says so, errors of a scan and differences that nobody explained keep Build from submission.',
    'R-DEP-1':
      'Dependencies that delivered files bring in are listed with version, pin, source and licence, beside the design.',
    'R-POLICY-1': 'A policy with a typo is one finding with its line, and then no policy holds.',
    'R-POLICY-2': "A gate's own entry may only add to what policy asks of all gates.",
  }),
  ...from('ledger', true, {
    'R-LEDGER-1': 'An event is canonical JSON (RFC 8785); its file name is the SHA-256 of its bytes.',
    'R-LEDGER-2': 'Two branches that both append merge without a conflict; the next event joins the heads.',
    'R-LEDGER-3': 'A file whose name is not its hash is an integrity fault.',
    'R-LEDGER-4': 'A missing parent is an integrity fault.',
    'R-LEDGER-5': 'There is exactly one first event; two are an integrity fault.',
    'R-LEDGER-6': 'An event of another delivery is an integrity fault.',
    'R-LEDGER-7': '.tmp-* files left by a crash are ignored.',
    'R-LEDGER-8': 'An event of a newer format says "upgrade".',
    'R-LEDGER-9': 'An event is at most 64 KiB; what is larger is evidence.',
    'R-LEDGER-10': 'The first event is the identity of the delivery, and every subject names it.',
    'R-LEDGER-11': 'A broken ledger is reported and never repaired: no events are handed out beside its problems.',
    'R-LEDGER-12': 'What is written can be read: an event that no reader would accept is never written.',
  }),
  ...from('signing', true, {
    'R-SIGN-1': 'Signatures by ed25519, ecdsa, rsa and security keys are checked as ssh-keygen checks them.',
    'R-SIGN-2': 'A signature that was changed, was made for another purpose or is none holds for nobody.',
    'R-SIGN-3':
      'allowed_signers is read as ssh-keygen reads it, but for capital letters; certificates are not accepted.',
    'R-SIGN-4': 'Every signature by a revoked key is void, whenever it was made.',
    'R-SIGN-5':
      'From init --signed to a signed approval a person types a passphrase and a digest; anything else records nothing.',
    'R-SIGN-6':
      'Signing needs a person at a terminal and OpenSSH, and says so; a key in ssh-agent is warned about and never used from there.',
    'R-SIGN-7': 'A rotated key: what it signed while it was valid holds, what it signs afterwards is void.',
    'R-TRUST-1': 'Signers are accepted once on each machine by a person; until then a signature is worth a record.',
    'R-TRUST-2': 'A changed list of signers is a finding and changes nothing until a person accepts it.',
  }),
  ...from('verify', true, {
    'R-VERIFY-1': 'With --trust-from, signers and policy come from that ref; an approval they bear out is external.',
    'R-VERIFY-2':
      'A policy or signers changed against the ref is an error until a decision at the old level accepts it.',
    'R-VERIFY-3': 'Events and deliveries that the ref holds and that are gone are integrity faults.',
    'R-VERIFY-4':
      'Owned files that no approved Build manifest covers are found by content, whatever happened to history.',
    'R-VERIFY-5': 'A date counts for a key only in events that the ref holds.',
    'R-VERIFY-6': 'A ref that is not there, as in a shallow clone, is an environment error that says what to fetch.',
    'R-VERIFY-7': 'With --require, every open gate has approvals of that level at least.',
    'R-VERIFY-8': 'What verify finds can be had as text, JSON and SARIF.',
    'R-VERIFY-9': 'Two branches that each approve something merge with plain git and verify.',
    'R-GLASS-1':
      "Break-glass is a person's, bounded in time, loud everywhere, and a follow-up that fails verify when it is overdue.",
    'R-GLASS-2': 'A withheld piece of evidence may be gone when a signed event says so; its hash and the reason stay.',
  }),
  ...from('hard cases', true, {
    'R-RULE-1': 'The content hash is SHA-256 of the UTF-8 text without BOM and with LF line ends.',
    'R-RULE-2': "Order is the graph's, never the clock's.",
    'R-RULE-3': 'A time more than five minutes ahead, or before an ancestor, is a finding.',
    'R-RULE-4': 'A submission opens a round, one higher than every round its author could have seen.',
    'R-RULE-5': 'Reject, revoke or changed bytes: a new round, and no approval carries over.',
    'R-RULE-6':
      'Upstream is bound by content: revoking closes what is downstream, approving the same content again opens it.',
    'R-RULE-7': 'Concurrent approve and reject or revoke: blocked until a decision descends from both.',
    'R-RULE-8': 'One vote per person, not per key.',
    'R-RULE-9': 'Quorum and separation need hosted or signed, because recorded names are claims.',
    'R-RULE-10': 'Two branches that edited one artifact: the merged text has a new hash and is stale.',
    'R-RULE-11': 'Gates go stale by file; tasks, checks and evidence by id.',
    'R-RULE-12': 'Policy, risk and track: the stricter of what was bound at submission and what is now.',
    'R-RULE-13': 'Lowering risk or track is itself a subject and needs a decision at the old level.',
    'R-RULE-14': 'New deliveries start at standard.',
    'R-RULE-15':
      "Build's subject is a manifest: component, path, hash, check evidence, and the scripts that checks run.",
    'R-RULE-16': 'tasks.md is drawn from design and ledger and is never a subject.',
    'R-RULE-17': 'Nothing but bytes and the graph decides: no locale, file order or environment in any verdict.',
    'R-RULE-18': 'A gate is open only if nothing is missing.',
  }),
  ...from('hard cases', false, {
    'R-RULE-19': 'The review of a merged text shows the difference from each approved side.',
    'R-RULE-20': 'While a change is open the approved text stays the baseline for everyone else.',
    'R-RULE-21': 'Last-seen heads are kept outside the repository; when some are gone, everything says rewound.',
    'R-RULE-22': 'Edits after as-built are drift, not stale gates.',
    'R-RULE-23': 'Ids that were never approved may be renumbered after a merge; approved ones never.',
    'R-RULE-24': 'For key validity a time counts only in events that the trust ref already holds.',
  }),
  ...from('deploys', true, {
    'R-DEPLOY-1': 'An apply rehearses again and is refused when anything that the approved plan rests on moved.',
    'R-DEPLOY-2': 'A decision on a plan is good for one apply; rejected and revoked it is good for none.',
    'R-DEPLOY-3': 'What comes after another environment waits until that one is verified with the same build.',
    'R-DEPLOY-4': 'Windows, freezes and the ticket are judged when it is applied.',
    'R-DEPLOY-5': 'A plan beyond the limits is not submitted; what cannot be counted is beyond them.',
    'R-DEPLOY-6': 'A deploy needs the Build gate, for the files as they are.',
    'R-DEPLOY-7': "The environment's level holds, and weakening the policy opens nothing.",
    'R-DEPLOY-8': 'Of two deploys to one environment at once, one is refused.',
    'R-DEPLOY-9': 'What began and has no end is an unknown outcome, never a success.',
    'R-DEPLOY-10': 'Going back from a failure to the last verified state needs no new decision; any other state does.',
    'R-DEPLOY-11': 'A standing approval covers runs within its bounds, with exactly the words that were approved.',
    'R-DEPLOY-12': 'An apply elsewhere is authorised by plan, recorded after, and a finding without an approval.',
    'R-DEPLOY-13': 'Ansible is planned by check mode, and the plan is the same at every run.',
    'R-DEPLOY-14': 'The plan that Terraform saved is applied; its projection without secrets is approved.',
    'R-DEPLOY-15': 'kubectl is planned by the differences that the server reports, without values of Secrets.',
    'R-DEPLOY-16': 'Helm is planned by the objects it renders beside those of the release.',
    'R-DEPLOY-17': 'A tool that is missing, fails or does not end is said, and nothing is submitted.',
    'R-DEPLOY-19': 'The record as built follows the first verified deploy, where the design names environments.',
    'R-DEPLOY-23': 'Settings of an environment that ask for less than the approved design says deploy nothing.',
    'R-DEPLOY-20': 'What has to hold before a deploy is asked before the plan and again before the apply.',
    'R-DRIFT-1':
      'Drift of files is accepted by a person for exactly these bytes, with a reason; anything else is drift.',
    'R-DRIFT-2': 'How bad drift is follows from the requirements; where they say nothing, it is an error.',
    'R-DRIFT-3': 'Drift of a running system is what rehearsing its last deploy would change; looking changes nothing.',
    'R-DRIFT-4': 'Drift of a running system is accepted as strictly as a deploy to it, until the next deploy.',
    'R-DEPLOY-21': 'Whatever is killed at whatever moment, the record never claims more than happened.',
    'R-DEPLOY-22': 'verify --require asks its level of the last deploy to each environment.',
    'R-ATTEST-1': 'An attestation is an in-toto statement that OpenSSH and sha256sum check as its README says.',
    'R-ATTEST-2': 'verify --bundle checks an attestation without a repository and shows whatever was changed.',
    'R-OPERATE-1': 'A diagnosis asks the running system and names criteria, logs and evidence of what fails.',
    'R-OPERATE-2': 'A breached limit is recorded with its evidence and becomes a proposed change.',
    'R-DEPLOY-18': 'No sequence of plan, approve, apply and edits applies a plan that nobody approved.',
  }),
  ...from('approvals', true, {
    'R-APPROVAL-1': 'The digest is the SHA-256 of the canonical subject; its format is frozen.',
    'R-APPROVAL-2': 'A digest may be typed as any prefix of at least 12 hex digits.',
    'R-APPROVAL-3': "A statement's canonical bytes are what gets signed; their format is frozen.",
    'R-APPROVAL-4': 'Levels are ordered recorded, hosted, signed, external; external is derived, never stored.',
    'R-APPROVAL-5': 'Policy says which level, how many approvers and whether the author counts.',
    'R-APPROVAL-7': 'No answer (decline, cancel, timeout, no terminal) is no decision.',
    'R-APPROVAL-8': 'Every approval, status and report prints the level; recorded is never called verified.',
    'R-APPROVAL-9': 'No MCP tool can create signed or hosted.',
    'R-APPROVAL-11':
      'A review on the git host counts while it is the latest verdict of its account, for the exact bytes; it is never stored.',
  }),
  ...from('approvals', false, {
    'R-APPROVAL-6': 'A decision is refused only if something on this subject or upstream came since it was shown.',
    'R-APPROVAL-10': 'Trust in signers is pinned outside the repository; a changed file is a finding until re-pinned.',
  }),
  ...from('report', true, {
    'R-REPORT-1':
      'A report is one file that needs nothing else: it loads nothing, and runs and styles only what its policy names.',
    'R-REPORT-2':
      'What artifacts, file names and output say is text in every report: page, Markdown, CSV and terminal.',
    'R-REPORT-3':
      'The page can be used with the keyboard and a screen reader, in light and dark, at 360 pixels, and on paper.',
    'R-REPORT-4': 'A record that does not hold together is reported as that, and nothing is concluded from it.',
    'R-REPORT-5':
      'An audit sample has each decision of its span with author, approver, separation, level, broken glass and ticket.',
    'R-REPORT-6': 'Flow is counted from the ledger; no duration is negative, whatever clocks say.',
    'R-REPORT-7': 'Deliveries of 100 requirements make a page below a megabyte; larger ones stay usable.',
    'R-MINE-1':
      'What waits for a person are the decisions of theirs that would count, and work of theirs that came back.',
  }),
  ...from('templates and conventions', true, {
    'R-TEMPLATE-1': 'Every shipped template, answered as in its example, passes validate --strict.',
    'R-TEMPLATE-2': 'No two shipped templates share more than a few sentences, and none names a product.',
    'R-TEMPLATE-3': 'Templates of the repository stand before shipped ones; nothing outside it is read through links.',
    'R-LAYER-1': 'Layers of conventions add and tighten, and weaken no gate, in any order.',
    'R-LAYER-2': 'A layer that is not as it was pinned stops every gate; a person’s own conventions decide none.',
  }),
  ...from('extraction from platforms and runs', true, {
    'R-EXPORT-1':
      'Exports are told by content in every known envelope; unknown types and cut files cost themselves only.',
    'R-EXPORT-2': 'Tasks come in the order of the transitions, whatever the order of the export is.',
    'R-EXPORT-3': 'A task that talks to another system without an error transition is a gap.',
    'R-EXPORT-4': 'A running platform is only read, and gives the same facts as its exported files.',
    'R-EXPORT-5': 'What a platform hides, refuses, or changes while it is read is said, and costs itself only.',
    'R-RUNS-1': 'Steps and inputs of a job are recovered exactly from five runs, among retries and chance calls.',
    'R-RUNS-2': 'Secrets and personal data are taken out of runs before anything is kept or shown.',
    'R-RUNS-3': 'Fewer than five runs are said aloud, and a step counts as seen only above 80 % of at least five.',
    'R-RUNS-4': 'Transcripts of any size are read in bounded memory.',
    'R-RUNS-5': 'A delivery can be started from the session that is open, with what agents below it did.',
    'R-RUNS-6': 'Every claim of a draft from runs cites lines of the transcripts.',
  }),
  ...from('speed', true, {
    'R-FAST-1':
      'What status keeps between runs never changes what it says, and nothing that decides or verifies reads it.',
    'R-FAST-2': 'No text that is nearly right makes a reader throw, run away or break what it promises.',
    'R-FAST-4': 'ARCHITECTURE.md says what is so: arrows, files, words; and files stay small.',
    'R-FAST-5':
      'Full disks, missing permissions, files that run out, jumping clocks and git at work lose nothing and are named.',
    'R-FAST-6': 'What a trusted ref says is what was committed there, not what a local object replaces it with.',
    'R-FAST-7': 'Verdicts are the same whatever the number of threads that share the work.',
    'R-FAST-3': 'What others wrote and the bundles hold is named, with its licence, from what is really in them.',
  }),
];
