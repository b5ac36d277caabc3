import { exitCodeOf } from '../core/doctor.ts';
import { examine } from '../doctor.ts';
import { doctorProse } from '../terminal/doctor.ts';
import type { Trailwarden } from '../wire.ts';
import { type ExitCode, print } from './stage.ts';

export type DoctorOptions = { json?: boolean; sandbox?: boolean };

/** Looks at everything that must be in place, and prints what is missing and what to do about it. */
export async function doctor(options: DoctorOptions, trailwarden: Trailwarden): Promise<ExitCode> {
  const checks = await examine(trailwarden);
  print(options.json ? JSON.stringify({ schemaVersion: 1, checks }) : doctorProse(checks));
  return exitCodeOf(checks);
}
