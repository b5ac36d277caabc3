/** What the audit trail is made of: a recorder of Config that leaves these out does not see it change. */
export const AUDIT_TYPES = ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket', 'AWS::KMS::Key'];
