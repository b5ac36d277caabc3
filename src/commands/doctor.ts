import { exitCodeOf } from '../core/doctor.ts';
import { examine } from '../doctor/index.ts';
import { doctorProse } from '../terminal/doctor.ts';
import { inTrailwarden, print } from './stage.ts';
import type { ExitCode } from './usage.ts';

export type DoctorOptions = { json?: boolean; sandbox?: boolean };

/** Looks at everything that must be in place, and prints what is missing and what to do about it. */
export async function doctor(options: DoctorOptions): Promise<ExitCode> {
  const checks = await inTrailwarden(options, examine);
  print(options.json ? JSON.stringify({ schemaVersion: 1, checks }) : doctorProse(checks));
  return exitCodeOf(checks);
}
