import type { DoctorLine } from '../../domain/doctor/line.ts';

/** Looks at installation, client and repository; read-only. */
export interface Doctor {
  look(): Promise<DoctorLine[]>;
}
