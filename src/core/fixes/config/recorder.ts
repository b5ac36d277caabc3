import type { Json } from '../../json.ts';
import { AUDIT_TYPES } from '../../posture/audit-types.ts';

/** What a recorder takes, in one form however it was written. Lists are sorted. */
export type Takes =
  | { strategy: 'all'; globalTypes: boolean }
  | { strategy: 'only' | 'all-but'; types: string[] };

/** A recorder as it is set up; `mode` is how often it records, as Config tells it. */
export type Recorder = { name: string; roleARN: string; takes: Takes; mode: Json };

/** A recording group as Config describes it. */
export type RecordingGroup = {
  allSupported?: boolean | undefined;
  includeGlobalResourceTypes?: boolean | undefined;
  resourceTypes?: string[] | undefined;
  exclusionByResourceTypes?: { resourceTypes?: string[] | undefined } | undefined;
  recordingStrategy?: { useOnly?: string | undefined } | undefined;
};

/** https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html */
export function takesOf(group: RecordingGroup): Takes {
  const named = group.resourceTypes ?? [];
  const excluded = group.exclusionByResourceTypes?.resourceTypes ?? [];
  const strategy = group.recordingStrategy?.useOnly;
  if (strategy === 'EXCLUSION_BY_RESOURCE_TYPES' || (!strategy && excluded.length > 0))
    return { strategy: 'all-but', types: excluded.toSorted() };
  if (strategy === 'INCLUSION_BY_RESOURCE_TYPES' || (!group.allSupported && named.length > 0))
    return { strategy: 'only', types: named.toSorted() };
  return { strategy: 'all', globalTypes: group.includeGlobalResourceTypes ?? false };
}

/** The group to send for what a recorder is to take: the lists that its strategy does not use are left out. */
export function groupFor(takes: Takes): { [name: string]: Json } {
  switch (takes.strategy) {
    case 'all':
      return {
        allSupported: true,
        includeGlobalResourceTypes: takes.globalTypes,
        recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
      };
    case 'only':
      return {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: takes.types,
        recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
      };
    case 'all-but':
      return {
        allSupported: false,
        includeGlobalResourceTypes: false,
        exclusionByResourceTypes: { resourceTypes: takes.types },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      };
  }
}

/** The types of the audit trail that a recorder does not take. */
export function leftOut(takes: Takes): string[] {
  if (takes.strategy === 'all') return [];
  const named = new Set(takes.types);
  return AUDIT_TYPES.filter((type) => named.has(type) === (takes.strategy === 'all-but'));
}

/** As much as before, and what the audit trail is made of. */
export function withAuditTypes(takes: Takes): Takes {
  if (takes.strategy === 'all') return takes;
  if (takes.strategy === 'only')
    return { strategy: 'only', types: [...new Set([...takes.types, ...AUDIT_TYPES])].sort() };
  const types = takes.types.filter((type) => !AUDIT_TYPES.includes(type));
  // A recorder that leaves out nothing is one that takes all; by exclusion it took the global ones, too.
  return types.length > 0 ? { strategy: 'all-but', types } : { strategy: 'all', globalTypes: true };
}

/** True for a recorder that keeps users, roles and policies, which have no region. */
export function takesGlobalTypes(takes: Takes): boolean {
  if (takes.strategy === 'all') return takes.globalTypes;
  return takes.types.includes('AWS::IAM::Role') === (takes.strategy === 'only');
}
