import type { RecorderFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { subjectsOf } from '../../../../src/core/posture/subjects/index.ts';
import { denied, failed, seen, soundAccount, soundFacts, soundSettings } from '../sound.ts';

function recorded(recorders: RecorderFacts[]) {
  const accounts = [soundAccount({ recorders: seen(recorders) })];
  const [subject] = subjectsOf('account', known(soundFacts({ accounts })), soundSettings());
  return subject;
}

const on = (region: string): RecorderFacts => ({ region, state: seen('recording') });

describe('the regions in which Config does not record', () => {
  test.each<[string, RecorderFacts[], unknown]>([
    ['none', [on('eu-west-1'), on('us-east-1')], { seen: [] }],
    [
      'CT-31: each region is told apart, though every recorder is called default',
      [on('eu-west-1'), { region: 'us-east-1', state: seen('stopped') }, on('us-west-2')],
      { seen: ['us-east-1 (stopped)'] },
    ],
    [
      'CT-31: one that fails, and one that was never there',
      [
        { region: 'eu-west-1', state: seen('failing') },
        { region: 'us-east-1', state: seen('absent') },
      ],
      { seen: ['eu-west-1 (failing)', 'us-east-1 (absent)'] },
    ],
    [
      'CT-31: one that records, but not what the audit trail is made of',
      [{ ...on('eu-west-1'), leavesOut: ['AWS::CloudTrail::Trail'] }, on('us-east-1')],
      { seen: ['eu-west-1 (leaves-out)'] },
    ],
    [
      'none: a recorder that names what it records, and names all of ours',
      [{ ...on('eu-west-1'), leavesOut: [] }],
      { seen: [] },
    ],
    [
      'one is seen to be stopped, whatever could not be seen',
      [
        { region: 'eu-west-1', state: denied() },
        { region: 'us-east-1', state: seen('stopped') },
      ],
      { seen: ['us-east-1 (stopped)'] },
    ],
    [
      'nobody knows: one could not be read',
      [on('eu-west-1'), { region: 'us-east-1', state: failed() }],
      { unseen: expect.objectContaining({ kind: 'failed' }) },
    ],
  ])('%s', (_, recorders, regions) => {
    expect(recorded(recorders)?.facts.regionsNotRecording).toEqual(regions);
  });

  test('what is left out is shown as evidence', () => {
    const subject = recorded([{ ...on('eu-west-1'), leavesOut: ['AWS::KMS::Key'] }]);
    expect(subject?.evidence[0]?.fields).toEqual({
      recorder: 'recording',
      leavesOut: ['AWS::KMS::Key'],
    });
  });
});
