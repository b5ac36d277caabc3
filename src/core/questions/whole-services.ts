import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** Types whose name is also the name of the service. */
export const SERVICES: Record<string, string> = {
  key: 'kms.amazonaws.com',
  bucket: 's3.amazonaws.com',
  instance: 'ec2.amazonaws.com',
  function: 'lambda.amazonaws.com',
  trail: 'cloudtrail.amazonaws.com',
  detector: 'guardduty.amazonaws.com',
  'db-instance': 'rds.amazonaws.com',
  table: 'dynamodb.amazonaws.com',
  model: 'bedrock.amazonaws.com',
  secret: 'secretsmanager.amazonaws.com',
  'hosted-zone': 'route53.amazonaws.com',
  queue: 'sqs.amazonaws.com',
  topic: 'sns.amazonaws.com',
  stack: 'cloudformation.amazonaws.com',
  repository: 'ecr.amazonaws.com',
  parameter: 'ssm.amazonaws.com',
  'web-acl': 'wafv2.amazonaws.com',
};

/** “in kms”: a service as a whole, also where its name is that of a kind of thing. */
export function serviceIn(unit: Unit): string | null {
  if (is(unit, 'service')) return unit.meaning.source;
  const whole = is(unit, 'type') ? SERVICES[unit.meaning.type] : undefined;
  return whole && is(unit, 'type') && SERVICE_NAME.test(unit.words) ? whole : null;
}

const SERVICE_NAME =
  /^(?:aws |amazon )?(?:s3|kms|ec2|lambda|rds|dynamodb|cloudtrail|guardduty|bedrock|secrets ?manager|route ?53|sqs|sns|ecr|waf)(?![\w-])(?! ?[a-z가-힣]{3})/i;

/** The one service that is spoken of, where nothing in it is. */
export function serviceMeant(units: Unit[]): string | null {
  const things = units.filter((unit) => is(unit, 'type'));
  const [service] = things.map(serviceIn);
  return things.length === 1 ? (service ?? null) : null;
}
