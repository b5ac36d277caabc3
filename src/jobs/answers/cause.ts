import type { Answer } from '../../core/evidence/answer.ts';
import type { Asked } from '../../core/evidence/conclude.ts';
import type { Gap } from '../../core/evidence/source.ts';
import { type Thing, type Traced, thingsOf, trace } from './cause-trace.ts';
import { blank, unknowable } from './state.ts';
import type { Answerer } from './world.ts';

/** Which change made a resource break a rule, and who made it: Config's history joined with the calls. */
export const answerCause: Answerer = async (asked, reader, world) => {
  const { plan, language } = asked;
  const { config } = world;
  if (!config) return unknowable(asked, NO_CONFIG[language]);
  const gaps: Gap[] = [];
  const things = await thingsOf(plan, config, world, gaps);
  const traced = (
    await Promise.all(things.map((thing) => trace(thing, asked, reader, world, config, gaps)))
  ).filter((one) => one !== null);
  if (traced.length === 0) return nothingTraced(asked, things, gaps);
  return united(asked, traced, gaps);
};

const NO_CONFIG = {
  en: 'over log files alone nobody can ask AWS Config which rule was broken, and when',
  ko: '로그 파일만으로는 언제 어떤 규칙을 위반했는지 AWS Config에 물어볼 수 없습니다',
};

function united(asked: Asked, traced: Traced[], gaps: Gap[]): Answer {
  const found = traced.map((one) => one.found);
  const events = [
    ...new Map(found.flatMap((one) => one.events).map((one) => [one.eventID, one])).values(),
  ];
  const [first] = found;
  if (!first) throw new Error('something was traced, and nothing was found');
  const changes = traced.flatMap(({ change }) => change ?? []);
  const all = [...gaps, ...found.flatMap(({ coverage }) => coverage.gaps)];
  return {
    ...first,
    understood: { echo: asked.echo, plan: asked.plan },
    verdict: events.length > 0 ? 'found' : 'none-visible',
    total: found.reduce((sum, { total }) => sum + total, 0),
    events,
    coverage: { ...first.coverage, sources: [...first.coverage.sources, 'AWS Config'], gaps: all },
    causes: traced.flatMap(({ causes }) => causes),
    states: traced.map(({ thing, broken }) => ({
      resourceType: thing.resourceType,
      resource: thing.resourceId,
      account: thing.account,
      region: thing.region,
      says: `${broken.still ? 'NON_COMPLIANT' : 'COMPLIANT'} ${broken.rules.join(' ')}`,
      wrong: broken.still,
      at: broken.at,
    })),
    ...(changes.length > 0 && { changes }),
    ...(events.length === 0 && {
      reason: traced.flatMap(({ causes }) => causes.map((one) => one[asked.language])).join('; '),
    }),
  };
}

/** Config knows of no broken rule: a no where it kept the compliance of the thing, else nobody knows. */
function nothingTraced(asked: Asked, things: Thing[], gaps: Gap[]): Answer {
  const { plan, language } = asked;
  const named = plan.resources.length > 0;
  if (things.length === 0 && (named || gaps.length > 0))
    return { ...unknowable(asked, NOT_KNOWN[language]), coverage: covered(asked, gaps) };
  if (gaps.length > 0)
    return { ...blank(asked, 'none-visible', covered(asked, gaps)), reason: NO_BREAK[language] };
  return { ...blank(asked, 'none', covered(asked, gaps)), reason: NO_BREAK[language] };
}

function covered({ plan }: Asked, gaps: Gap[]): Answer['coverage'] {
  const nothing = { searched: 0, of: 0 };
  return {
    from: plan.time.from,
    to: plan.time.to,
    accounts: nothing,
    regions: nothing,
    categories: ['configuration'],
    sources: ['AWS Config'],
    gaps,
  };
}

const NOT_KNOWN = {
  en: 'Config does not know this resource, so it cannot be said when it broke a rule',
  ko: 'Config가 이 리소스를 모르므로 언제 규칙을 위반했는지 알 수 없습니다',
};
const NO_BREAK = {
  en: 'Config keeps no moment at which it came to break a rule',
  ko: 'Config에 규칙을 위반하게 된 시점이 남아 있지 않습니다',
};
