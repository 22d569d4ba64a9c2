import { CI_TARGETS, type CiTarget, ciFiles } from '../domain/ci/job.ts';
import { inputFault } from '../domain/fault.ts';
import type { Answer } from './answer.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';

/**
 * Writes the job of a delivery for a CI system, and examples of its environment, from the design. Edits outside the markers
 * stay, and a file that is right already is not touched.
 *
 * @throws Fault `unknown-target`, `no-design`
 */
export function writeCi(ports: Ports, id: string, target: string): Answer<{ files: string[]; written: string[] }> {
  if (!(CI_TARGETS as readonly string[]).includes(target))
    throw inputFault({
      code: 'unknown-target',
      message: `there is no target ${JSON.stringify(target)}`,
      expected: CI_TARGETS.join(', '),
    });
  const { design } = load(ports, id).state;
  if (design === undefined)
    throw inputFault({
      code: 'no-design',
      message: `${id} has no design, and the job follows from it`,
      next: `/solution-design ${id}`,
    });
  const { files, unusable } = ciFiles(id, design, target as CiTarget, (path) => ports.files.read(path));
  const changed = files.filter(({ path, text }) => ports.files.read(path) !== text);
  for (const { path, text } of changed) ports.files.write(path, text);
  const left = unusable.map(
    ({ line }) => `deliveries/${id}/design.md:${line}: a name that no environment can carry, or one that stands twice`,
  );
  return {
    said: `${changed.length} of ${files.length} files written for ${target}${left.length === 0 ? '' : `; ${left.length} rows of Configuration were left out: ${left.join('; ')}`}.`,
    blocks: [],
    next: 'set COUNTERSIGN_COMMIT and the variables in the CI, then commit the files',
    data: { files: files.map((file) => file.path), written: changed.map((file) => file.path) },
  };
}
