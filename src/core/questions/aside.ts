/**
 * What is only asked *about* whatever is found: “which instance type?”, “문서 이름”, “did it succeed?”. Every
 * answer tells the parameters, the outcome and the place of its events, so these words choose no events.
 * Only a whole clause of nothing but such words is taken out: beside a value (“type t2.micro”) they
 * restrict, and stay.
 */
export function withoutAsides(text: string): string {
  let left = text;
  for (const pattern of ASIDES) {
    for (const match of left.matchAll(pattern)) {
      const [all, kept = ''] = match;
      const gone = ' '.repeat(all.length - kept.length);
      left = left.slice(0, match.index) + kept + gone + left.slice(match.index + all.length);
    }
  }
  return left;
}

/** Parameters that are no kinds of things: alone behind a comma they can only be asked for. */
const PART_EN =
  '(?:(?:instance|auth|authentication|error|volume|engine) )?(?:types?|size|document(?: name)?|model id|layer|principals?|permissions? boundary|protocol|user ?agent|cidrs?|reasons?|error(?: code)?|ami|image id|name|ip|source ip|(?:target|source|outside|trusted|external) (?:account|acct))';
/** With “which” in front, kinds of things as well. */
const KIND_EN =
  '(?:bedrock |foundation )?(?:models?|ports?|polic(?:y|ies)|amis?|images?|vpcs?|subnets?|buckets?|key ?pairs?|names?|(?:iam )?roles?|instances?|parameters?|values?|ips?|ip addresses|permission ?sets?|groups?|sgs?|security groups?|(?:iam )?users?|secrets?|commands?|functions?|layers?|trails?|volumes?|snapshots?|ip|documents?|queries|objects?|files?)';
const ANY_EN = `(?:${PART_EN}|${KIND_EN})`;
const END = '(?=\\s*(?:[,?.;!]|(?:and|&) |$))';
const CLAUSE = '(?:[,?.:;] |\\s- |\\s(?=(?:and|&) ))';
const AND = '(?:(?:and|&) )?';
const IT = '(?:it|they|that|this|any(?: of (?:it|them|that|those))?)';

const PART_KO =
  '(?:(?:인스턴스|auth|인증|에러|오류|볼륨|엔진) ?)?(?:타입|유형|크기|사이즈|principal|프린시펄|프로토콜|user ?agent|유저 ?에이전트|cidr|이유|사유|에러 ?코드|ami|instance ?type|type|유형)';
const NAMED_KO =
  '(?:(?:이벤트 )?(?:함수|트레일|문서|역할|롤|유저|사용자|정책|버킷|키|모델|레이어|인스턴스|그룹|볼륨|시크릿|대상) ?(?:이름|명)|이름)';
const OF_KO =
  '(?:(?:대상|신뢰|외부 신뢰|외부|타겟) ?(?:계정(?: ?번호| ?id)?|유저|사용자|역할|롤)|(?:무슨|어떤|어느) ?(?:정책|모델|문서|역할|롤|레이어|버킷|시크릿|권한|권한 ?셋|타입|키|유저|사용자|포트))';
const PLACE_KO = '(?:역할|롤|유저|모델|포트|정책)(?=은|는|도)';
const ANY_KO = `(?:${PART_KO}|${NAMED_KO}|${OF_KO}|${PLACE_KO})`;
/** A particle, and the words that make a question of it. */
const TAIL_KO =
  '(?:은요?|는요?|이랑|랑|이|가|도|만|을|를|으로|로|하고|과|와|이고)?(?: ?(?:뭐[가-힣]{0,5}|뭔[가-힣]{0,3}|무엇[가-힣]{0,4}|어디[가-힣]{0,4}|알려[가-힣]{0,3}|좀|같이|함께))*';

const ASIDES: RegExp[] = [
  // “how long between stop and start”: both are listed with their times.
  /((?:^|[,?] ?)how) (?:long|much time) (?:was it |did it take |passed |elapsed )?(?:between|from)(?= )/gi,
  /( ?)(?:사이(?:에|가|는)? ?)?(?:얼마나|몇 ?분|몇 ?시간|몇 ?초) ?(?:걸렸|지났|흘렀|차이)[가-힣]*(?=\s*(?:[,?.!]|$))/g,
  // “first and last call by bob”: the times of both are told.
  /(^|[,?] ?|\s)(?:the )?(?:first and (?:the )?last|earliest and latest)(?= (?:calls?|events?|times?|activity|use|uses)\b)/gi,
  /(^|[,?] ?|\s)(?:처음|최초|첫) ?(?:이랑|과|와|하고|,)? ?마지막(?= (?:호출|시각|시간|이벤트|활동))/g,
  // “is includeManagementEvents off?”: what a parameter says.
  /([,?] ?(?:and )?)(?:is|was|are|were) [a-z]+(?:[A-Z][a-z]+)+ (?:still )?(?:on|off|true|false|enabled|disabled|set)(?=\s*(?:[,?.!]|$))/g,
  /([,;?] )(?:and )?(?:list|show|name|give)(?: me)? (?:all )?(?:the )?(?:accounts?|regions?|names?|roles?|users?|events?|times?|ids?)(?=\s*(?:[,?.!]|$))/gi,
  // “did it succeed?”, “and did any work?”, “was it denied?”
  new RegExp(
    `(${CLAUSE})${AND}(?:did|does|has|had) ${IT} (?:actually |even )?(?:work|worked|succeed|succeeded|go through|gone through)${END}`,
    'gi',
  ),
  new RegExp(
    `(${CLAUSE})${AND}(?:was|were|is|got) ${IT} (?:actually )?(?:denied|successful|blocked|refused|rejected|allowed)${END}`,
    'gi',
  ),
  // “시도했어? 성공했나요?”, “… 한 거 성공했어?”
  /([,?.] ?|(?:거|건|것|시도|누구|누구임|누구야|누구고|누구인지) )(?:혹시 )?(?:성공|실패|막|차단|거부)(?:했|함|한|됐|혔|당했|여부|인가)?[가-힣]{0,4}(?=\s*(?:[,?.!]|$))/g,
  // “, which instance type and ami?”, “and with what role”
  new RegExp(
    `(${CLAUSE})${AND}(?:(?:from|to|for|under|with|on|in|by|of) )?(?:which|what|whose) (?:the )?${ANY_EN}(?: (?:and|&|or) ${ANY_EN})?(?: (?:was|is|were|did|does) (?:it|that|they|this|used)(?: use| have)?)?${END}`,
    'gi',
  ),
  // “- type & ami”, “- reason?”
  new RegExp(
    `(${CLAUSE})${AND}(?:the |its )?${PART_EN}(?: ?(?:,|&|and|\\+) ?(?:the )?${PART_EN})*(?=\\s*(?:[?.!]|$))`,
    'gi',
  ),
  // “which user agent did bob use …”: the rest is the question.
  /(^)(?:which|what) (?:user ?agents?|instance types?|size|document)(?= (?:was|were|is|did) )/gi,
  /([,?] |\s)(?:and )?(?:what (?:did (?:they|he|she) (?:change|do)|changed))(?=\s*(?:[?.!]|$))/gi,
  /(,? )(?:in order|in sequence|chronologically|시간순으로|순서대로)(?=\s*(?:[,?.!]|$))/gi,
  // “…, 인스턴스 타입이 뭐였어요? ami도”, “만든 사람이랑 신뢰 계정”, “principal 뭐로”
  new RegExp(
    `([,?.:;] |(?:이랑|랑|과|와|하고|고|거|건|것|누구) )${ANY_KO}${TAIL_KO}(?=\\s*(?:[,?.!]|$))`,
    'gi',
  ),
];
