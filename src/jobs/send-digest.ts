import type { AuditStep } from '../core/audit.ts';
import { composeDigest, dayOf } from '../core/digest/compose.ts';
import type { Digest } from '../core/digest/digest.ts';
import type { Scan } from '../core/posture/finding.ts';
import type { Language } from '../core/reader.ts';
import type { Telling } from '../core/telling.ts';

/** A digest that is older news than this is preceded by a new scan. */
const FRESH_FOR_MINUTES = 60;

/** A channel that gets the digest, in its language and by its clock. */
export type DigestChannel = { channel: string; timeZone: string; language: Language };

export type DigestWorld = {
  now(): Date;
  lastScans(count: number): Promise<Scan[]>;
  /** Scans the organization and keeps the scan. */
  scan(): Promise<Scan>;
  claimDigest(channel: string, date: string): Promise<boolean>;
  releaseDigest(channel: string, date: string): Promise<void>;
  appendAudit(step: AuditStep): Promise<void>;
  post(telling: Telling, to: DigestChannel): Promise<void>;
};

/** claim the day -> a fresh scan -> what changed -> post. Once per channel and day, whoever asks first. */
export async function sendDigest(
  to: DigestChannel,
  world: DigestWorld,
): Promise<Digest | 'already-sent'> {
  const date = dayOf(world.now(), to.timeZone);
  if (!(await world.claimDigest(to.channel, date))) return 'already-sent';

  let digest: Digest;
  try {
    await scanUnlessFresh(world);
    digest = await digestOf(world);
    await world.post({ kind: 'digest', digest }, to);
  } catch (error) {
    // The day is not over: whoever tries again must find it unclaimed.
    await world.releaseDigest(to.channel, date);
    throw new Error(`sending the digest of ${date} to ${to.channel}`, { cause: error });
  }
  await world.appendAudit({
    at: world.now().toISOString(),
    actor: 'trailwarden',
    action: 'digest-sent',
    details: { channel: to.channel, date, scannedAt: digest.scannedAt },
  });
  return digest;
}

/** The digest as it would be sent now, from what is known. Null: there has been no scan yet. */
export async function currentDigest(world: Pick<DigestWorld, 'lastScans'>): Promise<Digest | null> {
  const [current, previous] = await world.lastScans(2);
  return current ? composeDigest(previous, current) : null;
}

async function scanUnlessFresh(world: DigestWorld): Promise<void> {
  const [last] = await world.lastScans(1);
  const oldest = world.now().getTime() - FRESH_FOR_MINUTES * 60_000;
  if (!last || new Date(last.scannedAt).getTime() < oldest) await world.scan();
}

async function digestOf(world: DigestWorld): Promise<Digest> {
  const digest = await currentDigest(world);
  if (!digest) throw new Error('the scan before the digest was not kept');
  return digest;
}
