import { concurrently } from '../../core/concurrently.ts';
import type { AnswerEvent, ConfigChange } from '../../core/evidence/answer.ts';
import { changedMembers } from '../../core/evidence/config-diff.ts';
import { type ConfigItem, calledItem } from '../../core/evidence/config-item.ts';
import { type Changed, changedBy } from '../../core/evidence/config-types.ts';
import { redactedChange } from '../../core/evidence/redact.ts';
import type { Language } from '../../core/reader.ts';
import { type Unseen, wasSeen } from '../../core/reading.ts';
import type { Ground } from '../facts/reader.ts';
import { idsByName, itemsBetween } from './config-history.ts';

/** Of so many calls that were shown, the changed resource is looked up: two questions each. */
const CALLS = 5;
const LANES = 3;

/** Config captures a change minutes after it, and periodic recorders within a day. */
const AFTER = 26 * 3_600_000;

const READS = /^(Get|Head|List|Describe|Lookup|Search|View|AssumeRole|ConsoleLogin)/;

/**
 * What Config kept of the resources that these calls changed, before and after; of the first few writes
 * that succeeded. What could not be asked is told as unseen, never left out.
 */
export async function changesOf(
  ground: Ground,
  events: AnswerEvent[],
  language: Language,
): Promise<ConfigChange[]> {
  const wanted = events
    .filter(
      ({ outcome, eventName, eventTime, copyOf, own }) =>
        outcome === 'ok' && eventTime !== null && !READS.test(eventName) && !copyOf && !own,
    )
    .flatMap((event) => {
      const changed = changedBy(event);
      return changed ? [{ event, changed }] : [];
    });
  const found = await concurrently(LANES, wanted.slice(0, CALLS), ({ event, changed }) =>
    changeOf(ground, event, changed, language),
  );
  return found.map(redactedChange);
}

async function changeOf(
  ground: Ground,
  event: AnswerEvent,
  { type, ids }: Changed,
  language: Language,
): Promise<ConfigChange> {
  const where = { account: event.account, region: event.region };
  const at = Date.parse(event.eventTime ?? '');
  const now = ground.now().getTime();
  const change = (more: Partial<ConfigChange>): ConfigChange => ({
    eventID: event.eventID,
    resourceType: type,
    resource: ids[0] ?? '',
    ...where,
    before: null,
    after: null,
    deleted: false,
    members: [],
    ...more,
  });
  const until = (moment: number) => new Date(moment).toISOString();
  const read = async (names: string[]) =>
    Promise.all([
      itemsBetween(ground, where, { type, ids: names }, { to: until(at), limit: 1 }),
      // Later than the call itself: CloudTrail tells whole seconds.
      at + 1_000 < now
        ? itemsBetween(
            ground,
            where,
            { type, ids: names },
            { from: until(at + 1), to: until(Math.min(at + AFTER, now)), newest: false, limit: 1 },
          )
        : null,
    ]);
  let [before, after] = await read(ids);
  if (
    wasSeen(before) &&
    before.seen.length === 0 &&
    (!after || (wasSeen(after) && after.seen.length === 0))
  ) {
    const others = await idsByName(ground, where, type, { name: ids[0] ?? '' });
    if (!wasSeen(others)) return change({ unseen: unseenIn(others.unseen, language) });
    const known = others.seen.map(({ id }) => id).filter((id) => !ids.includes(id));
    if (known.length > 0) [before, after] = await read(known.slice(0, 3));
  }
  if (!wasSeen(before)) return change({ unseen: unseenIn(before.unseen, language) });
  if (after && !wasSeen(after)) return change({ unseen: unseenIn(after.unseen, language) });
  const [old, young] = [before.seen[0] ?? null, after?.seen[0] ?? null];
  if (!old && !young) return change({ unseen: NOT_KEPT[language] });
  const { members, cut } = changedMembers(old, young);
  const born = /^(Create|Run|Launch|Allocate|Register|Import|Restore)/.test(event.eventName);
  const unseen = unsaid(old, young, { cut, born }, language);
  return change({
    resource: calledItem((young ?? old) as ConfigItem) || (ids[0] ?? ''),
    before: old?.at ?? null,
    after: young?.at ?? null,
    deleted: young?.deleted ?? false,
    // Against nothing everything is new, which is so only where the call made it.
    members: young && (old || born) ? members : [],
    ...(unseen && { unseen }),
  });
}

function unsaid(
  old: ConfigItem | null,
  young: ConfigItem | null,
  { cut, born }: { cut: number; born: boolean },
  language: Language,
): string | null {
  const ko = language === 'ko';
  if (!young)
    return ko
      ? 'Config에 이 호출 이후의 상태가 아직 없습니다'
      : 'Config has no state of it after the call yet';
  if (!old && !born)
    return ko
      ? 'Config에 이 호출 이전의 상태가 없습니다'
      : 'Config has no state of it before the call';
  if (cut > 0) return ko ? `항목 ${cut}개가 더 바뀌었습니다` : `${cut} more members changed`;
  return null;
}

const NOT_KEPT = {
  en: 'Config kept no state of it around the call',
  ko: 'Config에 이 호출 전후의 상태가 없습니다',
};

function unseenIn({ reason, wouldNeed, ko }: Unseen, language: Language): string {
  const [why, need] =
    language === 'ko' ? [ko?.reason ?? reason, ko?.wouldNeed ?? wouldNeed] : [reason, wouldNeed];
  return need ? `${why} (${language === 'ko' ? '필요: ' : 'it would need '}${need})` : why;
}
