/** Where a key is by its ARN; undefined for an alias and anything else. */
export function keyIn(arn: string): { account: string; region: string } | undefined {
  const parts = /^arn:[\w-]+:kms:([a-z0-9-]+):(\d{12}):key\/[\w-]+$/.exec(arn);
  return parts?.[1] && parts[2] ? { region: parts[1], account: parts[2] } : undefined;
}
