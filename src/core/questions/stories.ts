import { lookUpStem } from './lexicon.ts';
import type { Plan } from './plan.ts';
import { readSentence, type Unit } from './sentence.ts';
import { is } from './unit.ts';

/** A clause that tells why somebody asks; `mayName`: it holds a word that could be what a thing is called. */
export type Story = { words: string; mayName: boolean };

/**
 * “checkout is down and i-0abc is gone, who did it?”, “장애났어요”: a clause of its own that holds nothing
 * that a plan could restrict (no name, deed, thing, place, time, number, negation), and says of something
 * that it is out of order or of somebody that they mind, tells a story. What else may be said of it
 * (“jenkins is excluded”, “젠킨스는 빼도 돼요”) may restrict, and is asked about. The question without
 * stories, its other words in their places; what was left aside is told with the plan.
 */
export function withoutStories(masked: string): { rest: string; stories: Story[] } {
  let rest = masked;
  const stories: Story[] = [];
  for (const { from, to } of clausesOf(masked)) {
    const words = masked.slice(from, to);
    const story = storyIn(words.trim());
    if (!story) continue;
    stories.push(story);
    rest = rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to);
  }
  return { rest, stories };
}

/** Is what remains a question by itself, of which the story leaves nothing open? */
export function standsAlone(plan: Plan, stories: Story[]): boolean {
  if (!stories.some(({ mayName }) => mayName)) return true;
  // “orders is down. who stopped the instance?”: the story may name the one that is meant.
  const named = plan.resources.length + plan.addresses.length > 0 || plan.actor !== null;
  return named || !['search', 'count'].includes(plan.shape);
}

const BETWEEN =
  /[.?!;…]+(?=\s|$)|,(?=\s)|\s-+\s|\s(?:and|but|so)(?=\s)|(?<=[가-힣](?:요|다|음|임|죠|네|까))(?=\s)|(?<=[가-힣](?:는데|은데|인데|던데|길래))(?=\s)/g;

function clausesOf(text: string): { from: number; to: number }[] {
  const clauses: { from: number; to: number }[] = [];
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(BETWEEN)) {
    clauses.push({ from, to: index });
    from = index + mark.length;
  }
  return [...clauses, { from, to: text.length }];
}

function storyIn(words: string): Story | null {
  // Nothing but words: a digit, a sign or what was understood already may restrict.
  if (words.length < 4 || words.length > 80 || !/^[\p{L}\p{M}' ]+$/u.test(words)) return null;
  if (BEGINS_WITHIN.test(words) || !tells(words)) return null;
  // “통신이 안돼요”: something does not work, and nothing is left out.
  const units = readSentence(
    words.replace(
      /(?<![가-힣])안 ?(?:돼|되|됨|됩)[가-힣]*$|(?<=[가-힣] )안 ?(?:돼|되|됨|됩)[가-힣]*$/,
      '',
    ),
    [],
  );
  if (!units.every(isHarmless)) return null;
  const unknown = units.filter((unit) => unit.is === 'word');
  if (unknown.length === 0) return null;
  return {
    words,
    mayName: unknown.some((unit) => unit.is === 'word' && /[A-Za-z]/.test(unit.words)),
  };
}

/** Part of the clause before, or said of those who are asked for. */
const BEGINS_WITHIN =
  /^(?:which|that|who|whose|where|when|while|if|unless|for|from|in|on|at|by|of|with|to|under|via|during|before|after|since|until|not|only|or|plus|then|they|he|she|these|those|all|any|each|every|is|are|was|were|has|have|had|did|does|do|can|could|would|will)(?!\w)/i;

/** Does the clause say nothing but that something is out of order, or that somebody minds? */
function tells(words: string): boolean {
  if (TIME_OF_DAY.test(words)) return false;
  if (/[가-힣]/.test(words))
    return TELLING_KO.test(words) && !/[가-힣]만(?:요)?(?:\s|$)/.test(words);
  const said = PREDICATE.exec(words)?.[1]?.split(' ') ?? [];
  return (
    said.some((word) => TELLING_EN.test(word)) &&
    said.every((word) => TELLING_EN.test(word) || BESIDE_TELLING.test(word))
  );
}

/** “weekends are trouble”: told as a story, and yet a time that no rule reads. */
const TIME_OF_DAY =
  /(?<!\w)(?:week(?:day|end)|night|morning|afternoon|evening|lunch|noon|hour)s?(?!\w)|새벽|아침|점심|저녁|(?<![가-힣])밤|주말|평일|오전|오후/i;
/** What follows the first word that says how it is. */
const PREDICATE =
  /(?<!\w)(?:is|are|was|were|has|have|had|it's|we're|i'm|been|looks|feels)(?!\w) (.+)$/i;
const TELLING_EN =
  /^(?:down|broken|dead|dying|slow|stuck|hanging|unavailable|unreachable|offline|furious|angry|upset|mad|unhappy|worried|nervous|panicking|confused|curious|waiting|complaining|screaming|yelling|questions|concerns|costing|fortune|expensive|urgent|asap|outage|mess|disaster|chaos|trouble|alerting)$/i;
const BESIDE_TELLING =
  /^(?:a|an|the|us|me|our|my|very|really|super|so|too|all|completely|totally|quite|pretty|right|now|again|been|just|still|already|here|money|in|for)$/i;
const TELLING_KO =
  /(?:^|\s)(?:장애|먹통|난리|큰일|급[하해한합함했]|궁금|화[가났나]|안 ?(?:돼|되|됨|됩)|죽[었는을]|멈[췄춰]|터[졌져]|느[려립]|끊[겼기김긴]|걱정|불안|당황|답답|힘들)[가-힣 ]{0,8}(?:요|다|음|임|함|죠|네|까|데|길래)$/;

/** What a story may hold beside words that nobody knows. */
function isHarmless(unit: Unit): boolean {
  if (unit.is !== 'word') return is(unit, 'nothing', 'aux', 'anaphor');
  return !unit.named && !beginsWithMeaning(unit.words + unit.particle);
}

/** “버킷인데”: with an ending that the lexicon lacks it is still a bucket. */
function beginsWithMeaning(word: string): boolean {
  if (!/^[가-힣]/.test(word)) return false;
  for (let length = word.length; length >= 2; length -= 1) {
    const meaning = lookUpStem(word.slice(0, length), 1)?.meaning;
    if (meaning && meaning.says !== 'nothing') return true;
  }
  return false;
}
