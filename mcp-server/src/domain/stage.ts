/** The five stages in their order; everything about the workflow that is not here derives from it. */
export const STAGES = ['requirements', 'feasibility', 'design', 'build', 'as-built'] as const;
export type Stage = (typeof STAGES)[number];

interface StageFacts {
  title: string;
  /** The document that is frozen at submission. Build has none: its subject is the manifest of what was built. */
  artifact: ArtifactName | null;
  /** The slash command that drives the stage. */
  command: string;
}

export const ARTIFACTS = ['requirements.md', 'feasibility.md', 'design.md', 'tasks.md', 'as-built.md'] as const;
export type ArtifactName = (typeof ARTIFACTS)[number];

export const STAGE: Record<Stage, StageFacts> = {
  requirements: { title: 'Requirements', artifact: 'requirements.md', command: '/spec' },
  feasibility: { title: 'Feasibility', artifact: 'feasibility.md', command: '/feasibility' },
  design: { title: 'Design', artifact: 'design.md', command: '/solution-design' },
  build: { title: 'Build', artifact: null, command: '/build' },
  'as-built': { title: 'As-Built', artifact: 'as-built.md', command: '/as-built' },
};

export const TRACKS = ['light', 'standard', 'strict'] as const;
export type Track = (typeof TRACKS)[number];

/** A gate ends one stage, or several with one decision; it is named after its last stage. */
export interface GateFacts {
  stage: Stage;
  covers: readonly Stage[];
}

const oneEach: readonly GateFacts[] = STAGES.map((stage) => ({ stage, covers: [stage] }));

/** Which gates a delivery needs, in order (docs/artifacts.md). */
export const GATES: Record<Track, readonly GateFacts[]> = {
  light: [
    { stage: 'design', covers: ['requirements', 'feasibility', 'design'] },
    { stage: 'as-built', covers: ['build', 'as-built'] },
  ],
  standard: oneEach,
  strict: oneEach,
};

/** The gate that decides about a stage on a track. */
export function gateOf(track: Track, stage: Stage): GateFacts {
  return GATES[track].find((gate) => gate.covers.includes(stage))!;
}

export const isStage = (text: string): text is Stage => (STAGES as readonly string[]).includes(text);
