import { type Unseen, wasSeen } from '../../reading.ts';
import type { EventDataStore, LakeFacts, PostureSettings } from '../facts.ts';
import { accountIn } from '../guards/own-sources.ts';
import type { Subject } from '../judge.ts';
import type { Known } from '../known.ts';
import { proof } from '../proof.ts';
import type { FactsOf, FieldsOf } from '../vocabulary.ts';

/**
 * Every event data store of CloudTrail Lake that was found, once, in the account of its ARN. An account that could not be asked, in
 * whatever region, is one subject of its own: there may be stores that nobody sees.
 */
export function eventDataStores(facts: Known, settings: PostureSettings): Subject[] {
  const dark = new Map<string, Subject>();
  // The stores of an organization are shown to its management account and to its administrators.
  const found = new Map<string, Subject>();
  for (const lake of facts.lakes)
    if (wasSeen(lake.stores))
      for (const store of lake.stores.seen) found.set(store.arn, stored(store, lake, settings));
    else if (!dark.has(lake.account))
      dark.set(lake.account, unseenStores(lake, lake.stores.unseen));
  const all = [...found.values(), ...dark.values()];
  return all.length === 0 && facts.lakes.length > 0 ? [nowhere(facts)] : all;
}

const NO_STORES = {
  en: 'no event data store in the management account and the delegated administrators of CloudTrail, where those of an organization are',
  ko: '조직의 이벤트 데이터 스토어가 있을 관리 계정과 CloudTrail 위임 관리자 계정에 스토어가 없습니다',
};

/** Everybody who could have one answered: whoever else could not be seen leaves nothing open. */
function nowhere({ lakes, organization }: Known): Subject {
  const accounts = [...new Set(lakes.map(({ account }) => account))];
  const told = { notApplicable: NO_STORES };
  const named: FactsOf<'event-data-store'> = {
    terminationProtection: told,
    customerKey: told,
    keptLongEnough: told,
    status: told,
  };
  return {
    subject: organization.id || organization.self || 'organization',
    owner: organization.managementAccount ?? organization.self,
    covers: accounts,
    facts: named,
    fields: {},
    evidence: lakes.slice(0, SHOWN).map(({ stores }) => proof(stores, () => ({ stores: 0 }))),
  };
}

/** So many empty places are shown; a hundred prove nothing more. */
const SHOWN = 3;

function stored(store: EventDataStore, { account, stores }: LakeFacts, settings: PostureSettings) {
  const owner = accountIn(store.arn) || account;
  const named: FactsOf<'event-data-store'> = {
    terminationProtection: { seen: store.terminationProtection },
    // CloudTrail never takes a key away again: once set, it stays.
    customerKey: { seen: store.kmsKey !== null },
    keptLongEnough: { seen: store.retentionDays >= settings.retentionDays },
    status: { seen: store.status },
  };
  const fields: FieldsOf<'event-data-store'> = {
    store: store.name || store.arn,
    owner,
    retention: String(store.retentionDays),
  };
  return {
    subject: store.arn,
    owner,
    covers: [owner],
    facts: named,
    fields,
    evidence: [proof(stores, () => ({ ...store }))],
  };
}

function unseenStores({ account, stores }: LakeFacts, unseen: Unseen): Subject {
  const named: FactsOf<'event-data-store'> = {
    terminationProtection: { unseen },
    customerKey: { unseen },
    keptLongEnough: { unseen },
    status: { unseen },
  };
  return {
    subject: account,
    owner: account,
    covers: [account],
    facts: named,
    fields: { owner: account },
    evidence: [proof(stores, () => ({}))],
  };
}
