/** “and …”, “what about …”, “…도”: said only of what was said before; `rest` is what is left of the words. */
export function leadIn(text: string): { rest: string; lead: 'and' | 'same' | null } {
  const same = SAME.exec(text);
  const begun = same ?? AND.exec(text);
  const rest = text.slice(begun?.[0].length ?? 0).trim();
  // “the denied ones too” adds what “denied” alone would leave nothing but: its particle is its meaning.
  if (ADDING_OUTCOMES.test(rest)) return { rest, lead: 'same' };
  const ending = ENDING.exec(rest);
  // What is left without the particle must still be words: “개발 계정도”, “지난달은”.
  const bare = ending && ending.index > 0 ? rest.slice(0, ending.index).trim() : rest;
  return { rest: bare, lead: same || ending ? 'same' : begun ? 'and' : null };
}

/** Failures beside the successes. */
const ADDING_OUTCOMES =
  /^(?:(?:the\s+)?(?:denied|failed|refused)(?:\s+(?:ones|calls|attempts|events))?\s+(?:too|as well)|(?:거부|실패)(?:된|한|당한)?\s*(?:것|거|건|호출|시도|이벤트)?(?:들)?(?:도|까지)\s*(?:요|포함|포함해서|같이|함께)?\s*(?:해줘|해주세요|보여줘|알려줘)?)$/i;

const GOING_ON = ['and', 'ok', 'okay', 'so', 'then', 'now', 'but', 'also'];
const GOING_ON_KO = ['그럼', '그러면', '그리고', '그런데', '근데'];

/** Each says that the question stays, and only what follows changes. */
const SAYING_SAME = [
  // “같은 건데 지난달”.
  '(?:same|같은|똑같은)\\s?(?:건데|인데|데)',
  '(?:what|how)\\s+about',
  'what\\s+of',
  // “the same for dev”, “same question but in tokyo”.
  '(?:and\\s+)?(?:the\\s+)?same(?:\\s+(?:thing|question|search))?(?:\\s+(?:again|but|for|in|with|on|from))*',
  'try',
  'make (?:it|that)',
  'only',
  'just',
  'but only',
];

/** What may stand before the last particle, and belongs to it: “개발 계정에서도”. */
const BEFORE_PARTICLE = ['의\\s*경우', '쪽', '에서', '에서만', '계정만'];
const PARTICLES = ['도', '은', '는', '만', '이요', '요', '는요', '은요', '도요'];
const ASKING = ['똑같이', '같이', '해줘', '알려줘', '보여줘', '어때', '어때요', '확인해줘'];
const TOO = ['too', 'as well', 'only', 'instead', 'either'];

const any = (words: string[]) => `(?:${words.join('|')})`;

const SAME = new RegExp(`^(?:${any(GOING_ON)}[\\s,]+)*${any(SAYING_SAME)}\\s+`, 'i');
const AND = new RegExp(`^(?:${any([...GOING_ON, ...GOING_ON_KO])}[\\s,]+)+`, 'i');
const ENDING = new RegExp(
  `(?:\\s*${any(BEFORE_PARTICLE)})?${any(PARTICLES)}(?:\\s*${any(ASKING)})?$|\\s+${any(TOO)}$`,
  'i',
);
