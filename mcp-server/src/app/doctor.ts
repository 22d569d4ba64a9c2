import { type DemandedLevel, type DoctorLine, reachable } from '../domain/doctor/line.ts';
import type { Answer } from './answer.ts';
import type { Ports } from './ports.ts';

export interface Diagnosis {
  lines: DoctorLine[];
  /** The highest level that decisions here can honestly reach; null when none can be made. */
  reachable: DemandedLevel | null;
}

/** What this installation, client and repository can and cannot guarantee. */
export async function doctor(ports: Ports): Promise<Answer<Diagnosis>> {
  const lines = await ports.doctor.look();
  const level = reachable(lines);
  const bad = lines.filter((line) => line.state === 'bad');
  const said =
    level === null
      ? 'No decision can be recorded here as things are.'
      : `The highest assurance that decisions here can honestly reach is ${level}.`;
  const blocks = bad.map((line) => `${line.probe}: ${line.found}`);
  const first = bad[0] ?? lines.find((line) => line.keepsFrom.length > 0);
  return { said, blocks, next: first?.improve ?? '', data: { lines, reachable: level } };
}
