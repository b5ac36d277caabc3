import type { CloudTrailEvent } from '../evidence/event.ts';
import { leavesOf } from '../evidence/leaves.ts';
import { withoutVersion } from '../evidence/parse-event.ts';
import { isInSet } from '../questions/catalogue/event-sets.ts';
import type { ByName } from './detector.ts';

/** Calls that silence something, whatever they say. */
const ALWAYS = [
  'StopLogging',
  'DeleteTrail',
  'DeleteEventDataStore',
  'StopEventDataStoreIngestion',
  'StopConfigurationRecorder',
  'DeleteConfigurationRecorder',
  'DeleteDeliveryChannel',
  'DeleteConfigurationAggregator',
  'DeleteDetector',
  'StopMonitoringMembers',
  'DisassociateMembers',
  'DeleteMembers',
  'DisassociateFromMasterAccount',
  'DisassociateFromAdministratorAccount',
  'DeletePublishingDestination',
  'DisableOrganizationAdminAccount',
  'DisableSecurityHub',
  'BatchDisableStandards',
  'DisableImportFindingsForProduct',
  'DeleteFlowLogs',
  'DeleteLogGroup',
  'DeleteLogStream',
  'DeleteSubscriptionFilter',
  'DeleteMetricFilter',
  'DisableAlarmActions',
  'DeleteResolverQueryLogConfig',
  'DisassociateResolverQueryLogConfig',
  'DeleteLoggingConfiguration',
  'DeleteAnalyzer',
  'DisableMacie',
];

/** Calls that silence something only by what they say. */
const SOMETIMES: Record<string, (event: CloudTrailEvent, days: number) => boolean> = {
  UpdateTrail: (event) =>
    says(event, 'isMultiRegionTrail', 'false') ||
    says(event, 'includeGlobalServiceEvents', 'false') ||
    says(event, 'enableLogFileValidation', 'false') ||
    says(event, 'isOrganizationTrail', 'false') ||
    says(event, 's3BucketName', null),
  PutEventSelectors: (event) =>
    says(event, 'includeManagementEvents', 'false') ||
    says(event, 'readWriteType', 'ReadOnly') ||
    says(event, 'readWriteType', 'WriteOnly') ||
    request(event).some(
      ({ path, value }) =>
        /excludeManagementEventSources\.\d+$/i.test(path) ||
        (/\.field$/i.test(path) && /^(readOnly|eventSource)$/.test(value)),
    ),
  UpdateDetector: (event) => says(event, 'enable', 'false'),
  CreateFilter: (event) => says(event, 'action', 'ARCHIVE'),
  UpdateFilter: (event) => says(event, 'action', 'ARCHIVE'),
  CreateIPSet: (event) => event.eventSource === 'guardduty.amazonaws.com',
  UpdateIPSet: (event) => event.eventSource === 'guardduty.amazonaws.com',
  PutConfigurationRecorder: (event) => says(event, 'allSupported', 'false'),
  PutRetentionPolicy: (event, days) =>
    request(event).some(
      ({ path, value }) => /\.retentionInDays$/i.test(path) && Number(value) < days,
    ),
  PutBucketLogging: (event) =>
    !request(event).some(({ path }) => /LoggingEnabled\.TargetBucket$/i.test(path)),
  UpdateStandardsControl: (event) => says(event, 'controlStatus', 'DISABLED'),
};

/** CloudTrail, Config, GuardDuty, Security Hub, flow logs or log groups stopped, narrowed or deleted; attempts too. */
export const LOGGING_TAMPERED: ByName = {
  id: 'logging-tampered',
  kind: 'by-name',
  threshold: ['retentionDays'],
  names: [...ALWAYS, ...Object.keys(SOMETIMES)],
  find: (events, { retentionDays = 0 }) =>
    events.filter((event) => {
      const name = withoutVersion(event.eventName);
      if (!isInSet('logging', event.eventSource, name)) return false;
      return ALWAYS.includes(name) || (SOMETIMES[name]?.(event, retentionDays) ?? false);
    }),
};

function request(event: CloudTrailEvent) {
  return leavesOf(event).filter(({ path }) => path.startsWith('requestParameters.'));
}

/** Does the request give this member this value; null: any? */
function says(event: CloudTrailEvent, name: string, value: string | null): boolean {
  return request(event).some(
    (leaf) =>
      leaf.path.toLowerCase().endsWith(`.${name.toLowerCase()}`) &&
      (value === null || leaf.value.toLowerCase() === value.toLowerCase()),
  );
}
