import type {
  DescribeConfigRulesCommandOutput,
  GetComplianceDetailsByResourceCommandOutput,
} from '@aws-sdk/client-config-service';
import { placesOfConfig, readConfigWord } from '../../../src/aws/facts/config-word.ts';
import type { Ground } from '../../../src/aws/facts/reader.ts';
import type { ConfigWord } from '../../../src/core/posture/facts.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { denied, soundBucket, soundTrail } from '../../core/posture/sound.ts';
import { answering, HOME, over } from './over.ts';

const PAYMENTS = '666677778888';
const TRAIL = `arn:aws:cloudtrail:${HOME}:${PAYMENTS}:trail/payments-audit`;
const VALIDATION = 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED';
const LOCK = 'S3_BUCKET_DEFAULT_LOCK_ENABLED';
const here = {
  account: PAYMENTS,
  region: HOME,
  judged: [
    { type: 'AWS::::Account', ids: [PAYMENTS] },
    { type: 'AWS::CloudTrail::Trail', ids: [TRAIL, 'payments-audit'] },
  ],
};

function word(
  identifiers: string[],
  change?: (scenario: Scenario) => void,
  before: (ground: Ground) => void = () => {},
): Promise<ConfigWord> {
  return over((ground) => {
    before(ground);
    return readConfigWord(ground, here, identifiers);
  }, change);
}

test('a trail is spoken of by the identifier of its rule, with when, by which rule, and how often', async () => {
  const { rules, setUp } = await word([VALIDATION]);
  expect(rules).toMatchObject({
    seen: {
      [VALIDATION]: {
        seen: [{ resource: TRAIL, compliance: 'NON_COMPLIANT', at: expect.stringContaining('T') }],
      },
    },
  });
  expect(setUp).toEqual({
    [VALIDATION]: [{ name: 'cloud-trail-log-file-validation-enabled', everyHours: 6, scope: null }],
  });
});

test('a rule that does not exist is absent', async () => {
  const said = await word(['NO_SUCH_RULE']);
  expect(said.rules).toMatchObject({ seen: {} });
  expect(said.setUp).toEqual({});
});

test('a rule that judged nothing of ours is there, and silent', async () => {
  const { rules, setUp } = await word([LOCK]);
  expect(rules).toMatchObject({ seen: { [LOCK]: { seen: [] } } });
  expect(setUp?.[LOCK]).toMatchObject([
    { everyHours: null, scope: { types: ['AWS::S3::Bucket'] } },
  ]);
});

test('rules are found by identifier: of an organization, a conformance pack and Security Hub alike', async () => {
  const names = ['OrgConfigRule-validation-abcd1234', 'securityhub-validation-1a2b3c4d'];
  const { rules, setUp } = await word([VALIDATION], undefined, (ground) => {
    const client = ground.aws.config(here);
    answering<DescribeConfigRulesCommandOutput & GetComplianceDetailsByResourceCommandOutput>(
      client,
      (output) => {
        const twice = (name?: string) => (name?.includes('validation') ? names : [name]);
        if (output.ConfigRules)
          output.ConfigRules = output.ConfigRules.flatMap((rule) =>
            twice(rule.ConfigRuleName).map((name) => ({ ...rule, ConfigRuleName: name })),
          );
        if (output.EvaluationResults)
          output.EvaluationResults = output.EvaluationResults.flatMap((result) => {
            const qualifier = result.EvaluationResultIdentifier?.EvaluationResultQualifier;
            return twice(qualifier?.ConfigRuleName).map((name) => ({
              ...result,
              EvaluationResultIdentifier: {
                EvaluationResultQualifier: { ...qualifier, ConfigRuleName: name },
              },
            }));
          });
      },
    );
  });
  expect(setUp?.[VALIDATION]?.map(({ name }) => name)).toEqual(names);
  const verdicts = 'seen' in rules ? rules.seen[VALIDATION] : undefined;
  expect(verdicts && 'seen' in verdicts && verdicts.seen.map(({ rule }) => rule)).toEqual(names);
});

test.each<[string, string, object]>([
  ['the rules', 'config:DescribeConfigRules', { unseen: { kind: 'denied' } }],
  [
    'the verdicts',
    'config:GetComplianceDetailsByResource',
    { seen: { [VALIDATION]: { unseen: { kind: 'denied' } } } },
  ],
])('%s refused are unseen, with the permission', async (_, operation, rules) => {
  const said = await word([VALIDATION], ({ faults }) => {
    faults.push({ operation, effect: 'deny' } as Scenario['faults'][number]);
  });
  expect(said.rules).toMatchObject(rules);
  expect(JSON.stringify(said.rules)).toContain(`${operation} for role trailwarden-read`);
});

test('a resource that Config knows by its name is asked for by that, too', async () => {
  const asked = await over(async (ground) => {
    const judged = [{ type: 'AWS::CloudTrail::Trail', ids: ['by-another-name', TRAIL] }];
    return readConfigWord(ground, { ...here, judged }, [VALIDATION]);
  });
  expect(asked.rules).toMatchObject({ seen: { [VALIDATION]: { seen: [{ resource: TRAIL }] } } });
});

test('the number of questions does not grow with the buckets of an account', async () => {
  const calls = await over(async (ground) => {
    const before = ground.aws.calls();
    await readConfigWord(ground, here, [VALIDATION, LOCK]);
    return ground.aws.calls() - before;
  });
  // The identity and the session of the bot, the rules, the account, and the trail.
  expect(calls).toBeLessThanOrEqual(5);
});

test('Config is asked where our things are, about the account and each of them', () => {
  const places = placesOfConfig({
    trails: [soundTrail()],
    buckets: [soundBucket(), soundBucket({ name: 'hidden', place: denied() })],
    keys: [],
    logGroups: [
      {
        arn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/trail:*',
        account: '111122223333',
        region: 'us-east-1',
      },
    ],
  });
  expect(places).toMatchObject([
    {
      account: '111122223333',
      judged: [
        { type: 'AWS::::Account', ids: ['111122223333'] },
        { type: 'AWS::CloudTrail::Trail', ids: [expect.stringContaining(':trail/'), 'org-trail'] },
        { type: 'AWS::Logs::LogGroup', ids: ['/aws/trail'] },
      ],
    },
    { account: '222233334444', judged: [{ ids: ['222233334444'] }, { ids: ['org-logs'] }] },
  ]);
});
