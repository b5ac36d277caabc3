import fc from 'fast-check';
import { consoleLink } from '../../src/core/console-link.ts';

const HOME = 'https://ap-northeast-2.console.aws.amazon.com';

test.each([
  [
    'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/audit',
    `${HOME}/cloudtrailv2/home?region=ap-northeast-2#/trails/arn%3Aaws%3Acloudtrail%3Aap-northeast-2%3A666677778888%3Atrail%2Faudit`,
  ],
  [
    'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/audit#s3',
    `${HOME}/cloudtrailv2/home?region=ap-northeast-2#/trails/arn%3Aaws%3Acloudtrail%3Aap-northeast-2%3A666677778888%3Atrail%2Faudit`,
  ],
  [
    'arn:aws:s3:::bora-trail-logs',
    `${HOME}/s3/buckets/bora-trail-logs?tab=properties&region=ap-northeast-2`,
  ],
  [
    'arn:aws:kms:ap-northeast-2:222233334444:key/1234abcd-12ab',
    `${HOME}/kms/home?region=ap-northeast-2#/kms/keys/1234abcd-12ab`,
  ],
  [
    'arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/trail:*',
    `${HOME}/cloudwatch/home?region=ap-northeast-2#logsV2:log-groups/log-group/$252Faws$252Ftrail`,
  ],
  [
    'arn:aws:ec2:ap-northeast-2:666677778888:security-group/sg-0a1b2c3d4e5f60718',
    `${HOME}/ec2/home?region=ap-northeast-2#SecurityGroup:groupId=sg-0a1b2c3d4e5f60718`,
  ],
  [
    'arn:aws:iam::666677778888:user/eve',
    `${HOME}/iam/home?region=ap-northeast-2#/users/details/eve`,
  ],
])('%s is looked at in its own page', (arn, link) => {
  expect(consoleLink(arn, 'ap-northeast-2')).toBe(link);
});

test.each([
  ['666677778888', 'ap-northeast-2'],
  ['arn:aws-cn:s3:::logs', 'cn-north-1'],
  ['arn:aws:s3:::bora/../evil', 'ap-northeast-2'],
  ['arn:aws:s3:::logs', 'evil.example#'],
  ['arn:aws:sqs:ap-northeast-2:666677778888:queue', 'ap-northeast-2'],
])('%s in %s has no page that we know', (arn, region) => {
  expect(consoleLink(arn, region)).toBeNull();
});

test('whatever a thing is called, the link leads to the console and nowhere else', () => {
  const service = fc.constantFrom('cloudtrail', 's3', 'kms', 'logs', 'ec2', 'iam', 'config');
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('trail/x', 'user/@evil'));
  fc.assert(
    fc.property(service, name, fc.string(), (of, called, region) => {
      for (const place of ['eu-west-1', region]) {
        const link = consoleLink(`arn:aws:${of}::123412341234:${called}`, place);
        if (link === null) continue;
        expect(link).toMatch(/^https:\/\/[a-z0-9-]+\.console\.aws\.amazon\.com\/[^\s<>|"`]*$/);
        expect(new URL(link).hostname).toBe(`${place}.console.aws.amazon.com`);
      }
    }),
  );
});
