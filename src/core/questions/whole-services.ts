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
};
