import type { Answer, AnswerCoverage, ConfigState, Verdict } from '../../core/evidence/answer.ts';
import type { Asked } from '../../core/evidence/conclude.ts';
import { candidatesFor } from '../../core/evidence/config-candidates.ts';
import type { ConfigSearched, ConfigVerdictSeen } from '../../core/evidence/config-edge.ts';
import { byGravity, stateOf } from '../../core/evidence/config-state.ts';
import { configTypes, typeOfId } from '../../core/evidence/config-types.ts';
import type { Gap } from '../../core/evidence/source.ts';
import type { Plan } from '../../core/questions/plan.ts';
import type { Unseen } from '../../core/reading.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Answerer, World } from './world.ts';

/** How many resources an answer holds; that there are more is a gap. */
const HELD = 500;

/** How resources are, by AWS Config: all that are so, or how the named ones are. */
export const answerState: Answerer = async (wanted, _reader, world) => {
  const asked = asOf(world.now(), wanted);
  const { plan } = asked;
  if (!plan.state) throw new Error('a plan of shape state says no state');
  if (!world.config) return unknowable(wanted, NO_CONFIG[asked.language]);
  const answer =
    plan.state.property === 'noncompliant'
      ? await byRules(asked, plan.state.rule, world.config)
      : await byConfiguration(asked, plan.state.property, world);
  return { ...answer, understood: { echo: wanted.echo, plan: wanted.plan } };
};

/** Config is asked how things are: whatever time the plan holds, it is now. */
function asOf(now: Date, asked: Asked): Asked {
  const at = now.toISOString();
  return { ...asked, plan: { ...asked.plan, time: { ...asked.plan.time, from: at, to: at } } };
}

const NO_CONFIG = {
  en: 'AWS Config is not asked over log files alone',
  ko: '로그 파일만으로는 AWS Config를 조회할 수 없습니다',
};
const NOT_SO = {
  en: 'Config keeps nothing that would tell that of such a resource',
  ko: 'Config는 이런 리소스에 대해 그것을 알 수 있는 값을 보관하지 않습니다',
};
const NOT_KNOWN = {
  en: 'Config does not know this resource: it may be gone, or nothing records it',
  ko: 'Config가 이 리소스를 모릅니다. 삭제되었거나 기록되지 않는 리소스일 수 있습니다',
};

async function byConfiguration(
  asked: Asked,
  property: NonNullable<Plan['state']>['property'],
  world: World,
): Promise<Answer> {
  const { plan, language } = asked;
  const { resources, accounts, regions } = plan;
  const types = typesOf(plan);
  const named = resources.length > 0 ? await namedTypes(resources, types, world) : types;
  // Of a resource that is named, everything is read: its type alone decides whether it can be told.
  const candidates =
    property === 'configuration'
      ? named.map((type) => ({ type, condition: null, columns: [], mayBe: () => true }))
      : candidatesFor(property, named);
  if (candidates.length === 0)
    return unknowable(asked, named.length > 0 ? NOT_SO[language] : NOT_KNOWN[language]);
  const read = await world.config?.items({ candidates, resources, accounts, regions });
  if (!read) throw new Error('nobody asks Config');
  if (!wasSeen(read)) return unknowable(asked, reasonOf(read.unseen, asked));
  const { items, blocks, searched } = read.seen;
  const states = items.flatMap((item) => stateOf(property, item, blocks) ?? []);
  const told = resources.length > 0 ? states : states.filter(({ wrong }) => wrong);
  if (resources.length > 0 && told.length === 0)
    return answered(asked, [], searched, NOT_KNOWN[language]);
  const gaps = [...searched.gaps, ...states.filter(({ unread }) => unread).map(unreadGap)];
  return answered(asked, told, { ...searched, gaps });
}

/** What could not be read is neither so nor not so. */
function unreadGap({ account, region, resource, says, saysKo }: ConfigState): Gap {
  return {
    account,
    region,
    reason: `${resource}: ${says}`,
    ...(saysKo && { ko: `${resource}: ${saysKo}` }),
  };
}

function typesOf({ resourceType, resources }: Plan): string[] {
  const types = configTypes(resourceType);
  return types.length > 0 ? types : [...new Set(resources.flatMap((id) => typeOfId(id) ?? []))];
}

/** Where the words name no kind of thing, Config says what a name is the name of. */
async function namedTypes(resources: string[], types: string[], { locate }: World) {
  if (types.length > 0 || !locate) return types;
  const found = await Promise.all(resources.map((resource) => locate(resource)));
  return [
    ...new Set(
      found.flatMap((one) => (wasSeen(one) ? one.seen : [])).map((one) => one.resourceType),
    ),
  ];
}

async function byRules(
  asked: Asked,
  rule: string | null,
  config: NonNullable<World['config']>,
): Promise<Answer> {
  const { resources, accounts, regions, resourceType } = asked.plan;
  const read = await config.verdicts({ rule, resources, accounts, regions });
  if (!wasSeen(read)) return unknowable(asked, reasonOf(read.unseen, asked));
  const { verdicts, searched } = read.seen;
  const types = configTypes(resourceType);
  const such = verdicts.filter((one) => types.length === 0 || types.includes(one.resourceType));
  if (resources.length > 0 && such.length === 0)
    return answered(asked, [], searched, NO_RULE[asked.language]);
  return answered(asked, such.map(stateOfVerdict), searched);
}

const NO_RULE = {
  en: 'no rule of Config has judged this resource',
  ko: '이 리소스를 판정한 Config 규칙이 없습니다',
};

function stateOfVerdict(verdict: ConfigVerdictSeen): ConfigState {
  const { resourceType, resourceId: resource, account, region, at, compliance, rule } = verdict;
  return {
    resourceType,
    resource,
    account,
    region,
    says: `${compliance} ${rule}`,
    wrong: compliance === 'NON_COMPLIANT',
    at,
  };
}

function reasonOf({ reason, wouldNeed, ko }: Unseen, { language }: Asked): string {
  const korean = language === 'ko';
  const why = (korean ? ko?.reason : undefined) ?? reason;
  const need = (korean ? ko?.wouldNeed : undefined) ?? wouldNeed;
  const asks = korean
    ? `AWS Config를 읽지 못했습니다: ${why}`
    : `AWS Config could not be asked: ${why}`;
  return need ? `${asks} (${need})` : asks;
}

/** Found: something is so. Without a gap, none is a no; where Config is blind somewhere, it is not. */
function answered(
  asked: Asked,
  states: ConfigState[],
  searched: ConfigSearched,
  reason?: string,
): Answer {
  const nothing: Verdict = searched.gaps.length > 0 || reason ? 'none-visible' : 'none';
  const rest = states.length - HELD;
  const gaps = [
    ...(reason ? [{ account: '', region: '', reason }] : []),
    ...searched.gaps,
    ...(rest > 0 ? [more(rest)] : []),
  ];
  return {
    ...blank(asked, states.length > 0 ? 'found' : nothing, {
      from: asked.plan.time.from,
      to: asked.plan.time.to,
      accounts: searched.accounts,
      regions: searched.regions,
      categories: ['configuration'],
      sources: [searched.source],
      gaps,
    }),
    states: byGravity(states).slice(0, HELD),
    ...(reason && { reason }),
  };
}

function more(rest: number): Gap {
  return {
    account: '',
    region: '',
    reason: `${rest} more resources are so, and are not listed`,
    ko: `해당하는 리소스가 ${rest}개 더 있습니다`,
  };
}

/** An answer that nobody could give, with the reason. */
export function unknowable(asked: Asked, reason: string): Answer {
  const nothing = { searched: 0, of: 0 };
  const { from, to } = asked.plan.time;
  const coverage = { from, to, accounts: nothing, regions: nothing };
  return {
    ...blank(asked, 'unknowable', { ...coverage, categories: [], sources: [], gaps: [] }),
    reason,
  };
}

export function blank(asked: Asked, verdict: Verdict, coverage: AnswerCoverage): Answer {
  return {
    schemaVersion: 1,
    id: asked.id,
    question: asked.question,
    lang: asked.language,
    verdict,
    understood: { echo: asked.echo, plan: asked.plan },
    total: 0,
    events: [],
    groups: [],
    coverage,
    text: '',
    spread: null,
  };
}
