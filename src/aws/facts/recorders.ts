import { DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';
import { concurrently } from '../../core/concurrently.ts';
import type { RecorderFacts, RecorderState, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = ['config:DescribeConfigurationRecorderStatus'];

/**
 * The recorder of every enabled region of one account, live where `known` cannot tell. Without the
 * regions there is nobody to ask.
 */
export async function readRecorders(
  ground: Ground,
  account: string,
  regions: Witnessed<string[]>,
  known: (region: string) => Witnessed<RecorderState> | null = () => null,
): Promise<Witnessed<RecorderFacts[]>> {
  if (!wasSeen(regions)) return regions;
  const seen = await concurrently(6, regions.seen, async (region) => ({
    region,
    state: known(region) ?? (await readRecorder(ground, account, region)),
  }));
  return { seen, by: regions.by };
}

function readRecorder(
  ground: Ground,
  account: string,
  region: string,
): Promise<Witnessed<RecorderState>> {
  const where = { account, region };
  return witnessed(ground, 'config:DescribeConfigurationRecorderStatus', where, async () => {
    const { ConfigurationRecordersStatus = [] } = await ground.aws
      .config(where)
      .send(new DescribeConfigurationRecorderStatusCommand({}));
    // A recorder that belongs to another service records for it, and only what that service needs.
    const own = ConfigurationRecordersStatus.filter(({ servicePrincipal }) => !servicePrincipal);
    if (own.length === 0) return 'absent';
    const recording = own.filter((recorder) => recorder.recording);
    if (recording.length === 0) return 'stopped';
    // The SDK types it in capitals; AWS answers in either case.
    const failing = ({ lastStatus = '' }) => String(lastStatus).toUpperCase() === 'FAILURE';
    return recording.every(failing) ? 'failing' : 'recording';
  });
}
