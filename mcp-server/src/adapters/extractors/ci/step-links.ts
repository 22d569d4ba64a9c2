import type { FileBuilder, Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';

/**
 * Ties of jobs to their steps. References go by name, so a step whose name another step of the file bears too gets
 * none: a wrong tie is worse than a missing one, and what such a step calls its job calls as well (see lifting).
 */
export class StepLinks {
  private readonly links: { job: Fact; step: Fact }[] = [];

  add(job: Fact, step: Fact): void {
    this.links.push({ job, step });
  }

  refer(file: FileBuilder): void {
    const counts = new Map<string, number>();
    for (const { step } of this.links) counts.set(step.name, (counts.get(step.name) ?? 0) + 1);
    for (const { job, step } of this.links) {
      if (counts.get(step.name) !== 1) continue;
      const at = step.evidence[0] ?? { line: 1, endLine: 1 };
      file.refer(job, 'calls', { by: 'name', kinds: ['step'], name: step.name, scope: file.scope }, at);
    }
  }
}

/** A builder whose references to files and to targets of other formats hold for the job as well as for its step. */
export function lifting(file: FileBuilder, job: Fact | undefined): FileBuilder {
  if (job === undefined) return file;
  return {
    ...file,
    refer(from: Fact | string, kind: Parameters<FileBuilder['refer']>[1], target, at: Span) {
      file.refer(from, kind, target, at);
      if (target.by !== 'name' || target.format !== undefined) file.refer(job, kind, target, at);
    },
  };
}
