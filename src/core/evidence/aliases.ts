import type { CloudTrailEvent } from './event.ts';
import { carries } from './identifiers.ts';
import type { Located } from './located.ts';

/** What else a resource is called, and where those names are its own: by the name that was asked for. */
export type Aliases = ReadonlyMap<string, { account: string; service: string; names: string[] }[]>;

/**
 * The other names of a resource, as Config knows them: an event may carry any of its id, name and ARN. A
 * name that everybody has (`default`) names nothing.
 */
export function aliasesIn(located: ReadonlyMap<string, Located[]>): Aliases {
  return new Map(
    [...located].map(([resource, places]) => [
      resource,
      places.flatMap(({ account, resourceType, aliases }) => {
        const names = aliases.filter((name) => name.length > 2 && name !== 'default');
        return names.length > 0 ? [{ account, service: serviceOf(resourceType), names }] : [];
      }),
    ]),
  );
}

/** Whether an event carries another name of a resource, where that name is the resource's: its account and service. */
export function carriesAlias(
  event: CloudTrailEvent,
  resource: string,
  aliases: Aliases | undefined,
): boolean {
  return (aliases?.get(resource) ?? []).some(
    ({ account, service, names }) =>
      event.account === account &&
      event.eventSource === `${service}.amazonaws.com` &&
      names.some((name) => carries(event, name)),
  );
}

/** `AWS::EC2::Instance` is a thing of `ec2`; a few services go by another name in events. */
function serviceOf(resourceType: string): string {
  const word = (resourceType.split('::')[1] ?? '').toLowerCase();
  return SERVICES[word] ?? word;
}

const SERVICES: Record<string, string> = {
  elasticloadbalancingv2: 'elasticloadbalancing',
  efs: 'elasticfilesystem',
  cloudwatch: 'monitoring',
};
