import { momentAt } from '../moments.ts';
import type { EventDataStoreSetup } from '../scenario.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import { checkKey } from './cloudtrail-change.ts';
import { pageOf } from './config-pages.ts';

/** CloudTrail Lake: the stores that stand in one account and region. */

/**
 * `ListEventDataStores`: name and ARN only, as CloudTrail answers today; the older members are not sent.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListEventDataStores.html
 */
export function listEventDataStores(call: Call, world: World) {
  const { MaxResults, NextToken } = call.input;
  const { page, next } = pageOf(
    here(call, world).map((store) => ({ EventDataStoreArn: arnOf(store), Name: store.name })),
    [call.operation, call.caller.account, call.region],
    { size: MaxResults ?? 1_000, token: NextToken, most: 1_000 },
  );
  return { EventDataStores: page, NextToken: next };
}

/** `GetEventDataStore`: by its ARN, or the id at the end of it. */
export function getEventDataStore(call: Call, world: World) {
  return shown(named(call, world), world);
}

/**
 * `UpdateEventDataStore`: changes what is given. A key can be set once and never taken away or exchanged;
 * its policy must not ask for a source, which CloudTrail does not tell for stores.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html
 */
export function updateEventDataStore(call: Call, world: World) {
  const { input } = call;
  const store = named(call, world);
  if (store.status === 'PENDING_DELETION') {
    throw new AwsFault(
      'InactiveEventDataStoreException',
      `The event data store ${arnOf(store)} is not active.`,
    );
  }
  if (input.KmsKeyId !== undefined && input.KmsKeyId !== store.kmsKey) {
    if (store.kmsKey !== undefined) {
      throw new AwsFault(
        'InvalidParameterException',
        'The KMS key of an event data store cannot be changed or removed.',
      );
    }
    checkKey(input.KmsKeyId, world);
    const key = world.scenario.kmsKeys.find(({ id }) => input.KmsKeyId.endsWith(`/${id}`));
    const policy = JSON.stringify(key?.policy ?? {});
    if (!policy.includes('"cloudtrail.amazonaws.com"') || /aws:SourceArn/i.test(policy)) {
      throw new AwsFault(
        'InsufficientEncryptionPolicyException',
        'The policy on the KMS key does not have sufficient permissions for the operation.',
      );
    }
  }
  Object.assign(store, {
    terminationProtection: input.TerminationProtectionEnabled ?? store.terminationProtection,
    kmsKey: input.KmsKeyId ?? store.kmsKey,
  });
  return shown(store, world);
}

function named(call: Call, world: World): EventDataStoreSetup {
  const asked: string = call.input.EventDataStore ?? '';
  const store = here(call, world).find((one) => arnOf(one) === asked || one.id === asked);
  if (store === undefined) {
    throw new AwsFault(
      'EventDataStoreNotFoundException',
      `The event data store ${asked} does not exist.`,
    );
  }
  return store;
}

function shown(store: EventDataStoreSetup, world: World) {
  const created = momentAt(store.createdAt, world.started);
  return {
    EventDataStoreArn: arnOf(store),
    Name: store.name,
    Status: store.status,
    AdvancedEventSelectors: store.selectors,
    MultiRegionEnabled: store.multiRegion,
    OrganizationEnabled: store.organization,
    RetentionPeriod: store.retentionDays,
    TerminationProtectionEnabled: store.terminationProtection,
    CreatedTimestamp: created,
    UpdatedTimestamp: created,
    KmsKeyId: store.kmsKey,
    BillingMode: 'EXTENDABLE_RETENTION_PRICING',
    FederationStatus: 'DISABLED',
  };
}

function here({ caller, region }: Call, world: World): EventDataStoreSetup[] {
  return world.scenario.eventDataStores.filter(
    (store) => store.account === caller.account && store.region === region,
  );
}

function arnOf({ region, account, id }: EventDataStoreSetup): string {
  return `arn:aws:cloudtrail:${region}:${account}:eventdatastore/${id}`;
}
