/**
 * Where a thing is looked at in the AWS console: an address built from its ARN alone, every part of it
 * checked and encoded. Null for what has no page of its own that we know, and outside the `aws` partition.
 * The console opens in whatever account its reader is signed in to.
 */
export function consoleLink(arn: string, region: string): string | null {
  const parts = /^arn:aws:([a-z0-9-]+):([a-z0-9-]*):(\d*):(.+)$/s.exec(arn.toWellFormed());
  const [, service = '', own = '', , resource = ''] = parts ?? [];
  const place = own || region;
  if (!parts || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(place)) return null;
  const page = PAGES[service]?.(resource, arn.toWellFormed());
  if (page === undefined) return null;
  const [path, anchor] = page;
  const query = path.includes('?') ? `&region=${place}` : `?region=${place}`;
  return `https://${place}.console.aws.amazon.com/${path}${query}${anchor ? `#${anchor}` : ''}`;
}

type Page = [path: string, anchor?: string] | undefined;

/** By the service of the ARN. What a page is called comes from AWS's own links, as one copies them. */
const PAGES: { [service: string]: (resource: string, arn: string) => Page } = {
  cloudtrail: (resource, arn) =>
    resource.startsWith('trail/')
      ? ['cloudtrailv2/home', `/trails/${encodeURIComponent(arn.replace(/#.*$/s, ''))}`]
      : ['cloudtrailv2/home'],
  s3: (bucket) =>
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)
      ? [`s3/buckets/${bucket}?tab=properties`]
      : undefined,
  kms: (resource) => {
    const key = /^key\/([\w-]{1,80})$/.exec(resource)?.[1];
    return key ? ['kms/home', `/kms/keys/${key}`] : undefined;
  },
  logs: (resource) => {
    const group = /^log-group:([^:]{1,512})/.exec(resource)?.[1];
    // The console's own encoding: the percent sign of the encoded name stands as $25.
    const name = group && encodeURIComponent(encodeURIComponent(group)).replaceAll('%', '$');
    return name ? ['cloudwatch/home', `logsV2:log-groups/log-group/${name}`] : undefined;
  },
  ec2: (resource) => {
    const group = /^security-group\/(sg-[0-9a-f]{8,17})$/.exec(resource)?.[1];
    return group ? ['ec2/home', `SecurityGroup:groupId=${group}`] : undefined;
  },
  iam: (resource) => {
    const [, kind, name] = /^(user|role)\/(?:.*\/)?([\w+=,.@-]{1,128})$/s.exec(resource) ?? [];
    return kind && name ? ['iam/home', `/${kind}s/details/${encodeURIComponent(name)}`] : undefined;
  },
  config: () => ['config/home'],
};
