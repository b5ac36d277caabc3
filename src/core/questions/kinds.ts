import { eventsFor, RESOURCE_TYPES, resourceType } from './catalogue.ts';
import type { Heard } from './heard.ts';
import { isRankNumber } from './measures.ts';
import type { Plan, Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { hostOf, isPartOf } from './several-kinds.ts';
import { unique } from './unique.ts';
import { is } from './unit.ts';

/** The kinds of things that the question speaks of: as said, else as the identifiers tell. */
export function typesMeant({ types, units, verbs, names }: Heard, plan: Plan): string[] {
  // “the role X deleted”: the kind of whoever acts is not the kind of thing.
  const acting = names.flatMap(({ role, beside }) => (role === 'actor' && beside ? [beside] : []));
  const ranked = units.some((unit) => is(unit, 'rank'));
  // “which role made the most calls”: they are counted, not what is done to them.
  const counted = (id: string) => ranked && (id === 'iam-role' || id === 'iam-user');
  const calls = verbs.every((verb) => verb === 'use');
  const said = unique(
    types
      .filter(({ id, asked }) => !asked && !acting.includes(id) && !(counted(id) && calls))
      .map(({ id }) => id),
  );
  const fromIds = unique(plan.resources.flatMap((resource) => typeOfId(resource) ?? []));
  const askedFor = unique(
    types.filter(({ id, asked }) => asked && !counted(id)).map(({ id }) => id),
  );
  // A session on an instance is one of Session Manager.
  const shell = said.includes('session') && fromIds.includes('instance');
  if (shell) return said.map((type) => (type === 'session' ? 'ssm-session' : type));
  const host = hostOf(said, verbs);
  if (host !== null) return said.filter((type) => type !== host);
  if (said.length > 0) return said;
  if (fromIds.length > 0) return fromIds;
  if (askedFor.length > 0 && verbs.length > 0 && !(verbs.includes('assume') && plan.actor))
    return askedFor;
  if (aboutUsers(units) && !plan.actor && verbs.some((verb) => TO_USERS.includes(verb)))
    return ['iam-user'];
  return askedFor;
}

const TO_USERS: Verb[] = ['delete', 'create', 'change', 'attach', 'detach', 'stop', 'start'];

/** “who created users”: users are the thing. “로그인한 사용자”, “which user”: they are who is asked for. */
function aboutUsers(units: Unit[]): boolean {
  return units.some((unit, at) => {
    if (!is(unit, 'principal') || unit.meaning.kind !== 'user') return false;
    const before = units[at - 1];
    // “top 5 users by deletes”: they are ranked, by what they did.
    if (is(before, 'rank') || isRankNumber(units, at - 1)) return false;
    // “what users were created”: they are what was made, not who made it.
    const made = units.slice(at + 1).some((one) => is(one, 'aux') && one.meaning.passive);
    if (is(before, 'asked') && made && /s$/i.test(unit.words)) return true;
    // “in that region, users …”: a place that was named asks nothing.
    const place = is(before, 'asked') && /^(?:리전|region)/i.test(before.words);
    if (!place && is(before, 'asked', 'count', 'by')) return false;
    return !(
      is(before, 'verb') &&
      /^[가-힣]/.test(before.words) &&
      !/[됐된되돼]/.test(before.words)
    );
  });
}

/** `i-0abc` is an instance, `arn:aws:s3:::x` a bucket. */
export function typeOfId(id: string): string | undefined {
  if (id.startsWith('s3://')) return id.slice(5).includes('/') ? 'object' : 'bucket';
  const arn = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.*)$/.exec(id);
  if (arn) {
    const [, service = '', rest = ''] = arn;
    if (service === 's3') return rest.includes('/') ? 'object' : 'bucket';
    return RESOURCE_TYPES.find(({ arn: shapes }) =>
      shapes?.some(([of, prefix]) => of === service && prefix !== '' && rest.startsWith(prefix)),
    )?.id;
  }
  // `AdministratorAccess`, `ReadOnlyAccess`: policies are called so, and nothing else is.
  if (/^(?:[A-Z][a-z0-9]+)+(?:Access|Policy)$/.test(id)) return 'iam-policy';
  const prefix = /^([a-z]+)-[0-9a-f]{8,17}$/i.exec(id)?.[1]?.toLowerCase();
  return prefix && RESOURCE_TYPES.find(({ ids }) => ids?.includes(prefix))?.id;
}

/** Of several kinds: the events they share, else the one that the verb fits; a part goes before its whole. */
export function chooseAmong(types: string[], verbs: Verb[], korean: boolean): string[] {
  const fitting = types.filter((type) =>
    verbs.some((verb) => eventsFor(verb, type).names.length > 0),
  );
  const parts = fitting.filter((type) => isPartOf(type, types) || resourceType(type)?.part);
  // English names the head first (“objects of bucket x”), Korean last (“x 버킷 객체”).
  const heads = fitting.filter((type) => type !== 'iam-policy');
  const best = parts[0] ?? heads.at(korean ? -1 : 0) ?? fitting[0] ?? types[0];
  return best ? [best] : [];
}
