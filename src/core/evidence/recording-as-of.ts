import type { Selectors } from '../posture/facts.ts';
import { type EventSet, type HowMuch, howMuch } from '../posture/recorded/event-sets.ts';
import type { TrailChange } from './trail-changes.ts';

/**
 * A trail as it is now; null of a member: nobody could read it. `accounts` are those that see it, its
 * owner at least. Times are ISO 8601 UTC.
 */
export type TrailNow = {
  arn: string;
  homeRegion: string;
  multiRegion: boolean | null;
  organization: boolean | null;
  logging: boolean | null;
  /** Of a trail that is logging: since when without a break (StartLoggingTime); null: not known. */
  loggingSince: string | null;
  /** Set where its deliveries fail: when it last delivered something. */
  undeliveredSince: string | null;
  selectors: Selectors | null;
  accounts: string[];
};

/**
 * What is known of the past: every change of trails since `since`, but for those of the accounts in
 * `dark`, whose calls could not be searched. `heads` may have a trail of the whole organization: its
 * management account, and who owned one.
 */
export type TrailHistory = {
  changes: TrailChange[];
  since: string;
  dark: string[];
  heads: string[];
};

/**
 * How much of a set of events was recorded between two moments: at least `least`, at most `most`; they
 * differ where the past is not known. `began` is the call that made it less than it was before.
 */
export type Stretch = {
  from: string;
  to: string;
  least: HowMuch;
  most: HowMuch;
  began: TrailChange | null;
  ended: TrailChange | null;
};

type Place = { account: string; region: string };

/**
 * What the trails recorded of a set of events in one place, moment by moment of a window: from how they
 * are `now` and the calls that changed them since. What was before the first known change of a thing is
 * unknown, unless that change itself tells (a trail that was created was not there before).
 */
export function recordedAsOf(
  place: Place,
  set: EventSet,
  window: { from: string; to: string },
  trails: TrailNow[],
  history: TrailHistory,
  now: string,
): Stretch[] {
  const lives = livesOf(trails, history, now).filter((life) => mayReach(life, place));
  const [from, to] = [Date.parse(window.from), Math.min(Date.parse(window.to), Date.parse(now))];
  if (from >= to) return [];
  const known = knownFrom(place, history, now);
  const moments = [known, ...lives.flatMap((life) => life.moments)].filter((at) => at < to);
  const starts = [...new Set([Math.min(from, ...moments), ...moments, from])].toSorted(
    (a, b) => a - b,
  );
  const stretches: (Omit<Stretch, 'from' | 'to'> & { from: number; to: number })[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? to;
    const amounts = amountsAt(start, lives, place, set, start < known);
    const change = changeAt(start, lives);
    const last = stretches.at(-1);
    if (last && last.least === amounts.least && last.most === amounts.most) last.to = end;
    else {
      if (last) last.ended = change;
      const less = last && isLess(amounts, last) ? change : null;
      stretches.push({ from: start, to: end, ...amounts, began: less, ended: null });
    }
  }
  return stretches
    .filter((stretch) => stretch.to > from)
    .map((stretch) => ({
      ...stretch,
      from: iso(Math.max(stretch.from, from)),
      to: iso(Math.min(stretch.to, to)),
    }));
}

/** One thing of a trail through time: what it was from a moment on; undefined: not known. */
type Course<T> = { at: number; value: T | undefined }[];

type Life = {
  trail: TrailNow;
  owner: string;
  changes: TrailChange[];
  exists: Course<boolean>;
  logging: Course<boolean>;
  multiRegion: Course<boolean>;
  organization: Course<boolean>;
  selectors: Course<Selectors>;
  moments: number[];
};

function livesOf(trails: TrailNow[], history: TrailHistory, now: string): Life[] {
  const known = new Map(trails.map((trail) => [trail.arn, trail]));
  const gone = [...new Set(history.changes.map(({ arn }) => arn))].filter((arn) => !known.has(arn));
  return [
    ...trails.map((trail) => lifeOf(trail, true, history, now)),
    ...gone.map((arn) => lifeOf(goneTrail(arn), false, history, now)),
  ];
}

/** A trail of which only its calls are left. */
function goneTrail(arn: string): TrailNow {
  const [, , , homeRegion = '', owner = ''] = arn.split(':');
  return {
    arn,
    homeRegion,
    multiRegion: null,
    organization: null,
    logging: null,
    loggingSince: null,
    undeliveredSince: null,
    selectors: null,
    accounts: [owner],
  };
}

function lifeOf(trail: TrailNow, there: boolean, history: TrailHistory, now: string): Life {
  const owner = trail.arn.split(':')[4] ?? '';
  const changes = history.changes.filter(({ arn }) => arn === trail.arn);
  // Where nobody could look for its calls, only the present is known.
  const since = Date.parse(history.dark.includes(owner) ? now : history.since);
  const course = <Name extends keyof TrailChange['sets']>(
    name: Name,
    present: NonNullable<TrailChange['sets'][Name]> | null,
    before?: (first: TrailChange) => NonNullable<TrailChange['sets'][Name]> | undefined,
  ) => courseOf(changes, name, present ?? undefined, since, before);
  const logging = course('logging', there ? trail.logging : false);
  const life: Life = {
    trail,
    owner,
    changes,
    exists: course('exists', there, ({ call }) => call === 'DeleteTrail'),
    logging: withAnchors(logging, trail),
    multiRegion: course('multiRegion', there ? trail.multiRegion : null),
    organization: course('organization', there ? trail.organization : null),
    selectors: course('selectors', there ? trail.selectors : null),
    moments: [],
  };
  const { exists, multiRegion, organization, selectors } = life;
  life.moments = [exists, life.logging, multiRegion, organization, selectors]
    .flatMap((steps) => steps.map(({ at }) => at))
    .filter(Number.isFinite);
  return life;
}

/** What one thing was: unknown before `since`, as it is now where no call ever set it. */
function courseOf<Name extends keyof TrailChange['sets']>(
  changes: TrailChange[],
  name: Name,
  present: NonNullable<TrailChange['sets'][Name]> | undefined,
  since: number,
  before: (first: TrailChange) => NonNullable<TrailChange['sets'][Name]> | undefined = () =>
    undefined,
): Course<NonNullable<TrailChange['sets'][Name]>> {
  const setting = changes.filter(({ sets }) => Object.hasOwn(sets, name));
  const [first] = setting;
  const unknown = { at: Number.NEGATIVE_INFINITY, value: undefined };
  if (!first) return [unknown, { at: since, value: present }];
  return [
    { at: Number.NEGATIVE_INFINITY, value: undefined },
    { at: since, value: before(first) },
    ...setting.map(({ at, sets }, index) => ({
      at: Date.parse(at),
      value: sameMoment(setting, index) ? rest(index, setting, present) : sets[name],
    })),
  ].map(({ at, value }) => ({ at, value: value ?? undefined }));
}

/** CloudTrail tells seconds: of two calls in one, nobody knows which was the last. */
function sameMoment(changes: TrailChange[], index: number): boolean {
  const at = changes[index]?.at;
  return changes.some((other, place) => place !== index && other.at === at);
}

/** After the last calls of all, it is as it is now. */
function rest<T>(index: number, changes: TrailChange[], present: T | undefined): T | undefined {
  return changes[index]?.at === changes.at(-1)?.at ? present : undefined;
}

/** What GetTrailStatus itself tells of the past: logging without a break since, delivering nothing since. */
function withAnchors(course: Course<boolean>, { logging, ...trail }: TrailNow): Course<boolean> {
  const { loggingSince, undeliveredSince } = trail;
  let steps = course;
  const since = loggingSince === null ? Number.NaN : Date.parse(loggingSince);
  // A call that stopped it since then says otherwise, and leaves its own record.
  const stopped = course.some(({ at, value }) => at > since && value === false);
  if (logging && loggingSince && !stopped) {
    const at = since;
    steps = [...steps.filter((step) => step.at < at), { at, value: true }];
  }
  if (undeliveredSince) {
    const at = Date.parse(undeliveredSince);
    steps = [...steps.filter((step) => step.at < at), { at, value: undefined }];
  }
  return steps;
}

function valueAt<T>(course: Course<T>, at: number): T | undefined {
  return course.findLast((step) => step.at <= at)?.value;
}

/** Of other people's trails only those that are, or were, the organization's can matter. */
function mayReach(life: Life, { account }: Place): boolean {
  const { trail, owner, organization } = life;
  if (owner === account || trail.accounts.includes(account)) return true;
  // The organization's trail as it is now reaches those that see it.
  return trail.organization !== true && organization.some(({ value }) => value !== false);
}

type Certain = 'yes' | 'no' | 'perhaps';

function reachesAt(at: number, life: Life, { account, region }: Place): Certain {
  const { trail, owner, exists, logging, multiRegion, organization } = life;
  const conditions = [
    valueAt(exists, at),
    valueAt(logging, at),
    trail.homeRegion === region || valueAt(multiRegion, at),
    owner === account || valueAt(organization, at),
  ];
  if (conditions.includes(false)) return 'no';
  return conditions.includes(undefined) ? 'perhaps' : 'yes';
}

/** From when on it is known which trails there were: one that is gone leaves nothing but its calls. */
function knownFrom({ account }: Place, { since, dark, heads }: TrailHistory, now: string): number {
  const blind = [account, ...heads].some((one) => dark.includes(one));
  return Date.parse(blind ? now : since);
}

function amountsAt(at: number, lives: Life[], place: Place, set: EventSet, unheard: boolean) {
  const certain: Selectors[] = [];
  const possible: Selectors[] = [];
  let anything = unheard;
  for (const life of lives) {
    const reaches = reachesAt(at, life, place);
    if (reaches === 'no') continue;
    const selectors = valueAt(life.selectors, at);
    if (!selectors) anything = true;
    else {
      possible.push(selectors);
      if (reaches === 'yes') certain.push(selectors);
    }
  }
  const least = howMuch(certain, set);
  return { least, most: anything ? ('all' as const) : howMuch(possible, set) };
}

function changeAt(at: number, lives: Life[]): TrailChange | null {
  return (
    lives.flatMap(({ changes }) => changes).findLast((change) => Date.parse(change.at) === at) ??
    null
  );
}

const RANK: Record<HowMuch, number> = { none: 0, part: 1, all: 2 };

function isLess(amounts: { least: HowMuch; most: HowMuch }, before: { most: HowMuch }): boolean {
  return RANK[amounts.most] < RANK[before.most];
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
