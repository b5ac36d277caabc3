import type { PostureFacts, PostureSettings } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { subjectsOf } from '../../../../src/core/posture/subjects/index.ts';
import type { SubjectKind } from '../../../../src/core/posture/vocabulary.ts';
import { denied, SHOP, seen, soundAccount, soundFacts, soundSettings } from '../sound.ts';

function facts(
  kind: SubjectKind,
  differs: Partial<PostureFacts>,
  settings: Partial<PostureSettings> = {},
) {
  return subjectsOf(kind, known(soundFacts(differs)), soundSettings(settings));
}

describe('the recorders of an account', () => {
  test('one that is stopped is named with its region', () => {
    const recorders = seen([
      { region: 'eu-west-1', state: seen('stopped' as const) },
      { region: 'us-east-1', state: denied() },
    ]);
    const [subject] = facts('account', { accounts: [soundAccount({ recorders })] });
    expect(subject).toMatchObject({ subject: SHOP, owner: SHOP });
    expect(subject?.facts.regionsNotRecording).toEqual({ seen: ['eu-west-1 (stopped)'] });
  });

  test('one that cannot be seen leaves the account open', () => {
    const recorders = seen([{ region: 'us-east-1', state: denied() }]);
    const [subject] = facts('account', { accounts: [soundAccount({ recorders })] });
    expect(subject?.facts.regionsNotRecording).toHaveProperty('unseen');
  });
});
