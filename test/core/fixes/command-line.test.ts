import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { commandLine } from '../../../src/core/fixes/command-line.ts';

const call = (api: string, parameters = {}) => ({ api, parameters });

test.each([
  ['cloudtrail:UpdateTrail', 'aws cloudtrail update-trail'],
  ['s3:PutPublicAccessBlock', 'aws s3api put-public-access-block'],
  ['config:PutConfigurationRecorder', 'aws configservice put-configuration-recorder'],
  ['iam:PutUserPolicy', 'aws iam put-user-policy'],
  ['ec2:RevokeSecurityGroupIngress', 'aws ec2 revoke-security-group-ingress'],
])('%s is %s', (api, command) => {
  const { text } = commandLine({ calls: [call(api)], region: 'eu-west-1' });
  expect(text).toBe(`${command} --region eu-west-1 --cli-input-json '{}'`);
});

test('each call has its own line and its own region', () => {
  const calls = [
    { ...call('kms:PutKeyPolicy'), at: { account: '222233334444', region: 'us-east-1' } },
    call('cloudtrail:UpdateTrail'),
  ];
  const lines = commandLine({ calls, region: 'eu-west-1' }).text.split('\n');
  expect(lines.map((line) => / --region (\S+)/.exec(line)?.[1])).toEqual([
    'us-east-1',
    'eu-west-1',
  ]);
});

test('a shell hands over exactly the parameters, whatever stands in them', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', "'", '"', '\\', '$(id)', '`', '\n', ';', 'é'),
  });
  fc.assert(
    fc.property(text, (Name) => {
      const { text } = commandLine({ calls: [call('s3:X', { Name })], region: 'eu-west-1' });
      const words = text.slice('aws s3api x --region eu-west-1 --cli-input-json '.length);
      const said = execFileSync('/bin/sh', ['-c', `printf %s ${words}`], { encoding: 'utf8' });
      expect(JSON.parse(said)).toEqual({ Name });
    }),
    { numRuns: 40 },
  );
});
