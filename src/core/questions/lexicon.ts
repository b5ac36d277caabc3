import { SERVICE_WORDS } from './catalogue/services.ts';
import { RESOURCE_TYPES } from './catalogue.ts';
import type { Meaning } from './meaning.ts';
import { PHRASES } from './phrases.ts';
import { SPOKEN } from './phrases-spoken.ts';
import { VERB_WORDS } from './verb-words.ts';
import { squeeze } from './words.ts';

type Entry = {
  meaning: Meaning /** Korean: what may follow the stem. */;
  ends?: 'verb' | 'noun';
  whole?: boolean;
};

const LEXICON = new Map<string, Entry>();

function add(phrases: string, meaning: Meaning, entry: Omit<Entry, 'meaning'> = {}): void {
  for (const phrase of phrases.split(',')) {
    const key = squeeze(phrase.trim());
    if (!LEXICON.has(key)) LEXICON.set(key, { meaning, ...entry });
  }
}

// The longest forms of speech come first, then types: what the catalogue names is that thing.
for (const [words, meaning, form] of [...PHRASES, ...SPOKEN])
  add(words, meaning, form === 'noun' ? { ends: 'verb' } : form === 'whole' ? { whole: true } : {});

// Types come before words of everyday.
for (const { id, words } of RESOURCE_TYPES) add(words.join(','), { says: 'type', type: id });

for (const [verbs, english, korean, whole] of VERB_WORDS) {
  const meaning: Meaning = { says: 'verb', verbs };
  add(english, meaning);
  add(korean, meaning, { ends: 'verb' });
  add(whole, meaning, { whole: true });
}

const noun = (phrases: string, meaning: Meaning) => add(phrases, meaning, { ends: 'verb' });

noun(
  'who,whos,whom,whoever,anyone,anybody,someone,somebody,which user,which person,which people,which engineer,what user,which principal,which identity,which actor,engineer,person,people,principal,identity,culprit,by whom',
  { says: 'who' },
);
noun(
  '누가,누구,누군가,누군지,사람,분들,담당자,주체,어떤 사용자,어느 사용자,어떤 유저,어떤 사람,범인,작업자,어느 분,무슨 서비스',
  { says: 'who' },
);
add('분,놈,자', { says: 'who' }, { whole: true });
noun('whose,who owns,owner,누구꺼,누구 꺼,누구 것,누구거,누구 거,누구 소유,주인,소유자', {
  says: 'whose',
});
noun(
  'which account,what account,which acct,what acct,account name,어느 계정,어떤 계정,무슨 계정,계정이 어디,계정은 어디,대상 계정',
  { says: 'asked', group: 'account' },
);
noun('which region,what region,어느 리전,어떤 리전,무슨 리전,리전,region', {
  says: 'asked',
  group: 'region',
});
noun('which ip,what ip,from where,어느 ip,어떤 ip', { says: 'asked', group: 'address' });
add(
  'got access denied,get access denied,getting access denied,got denied,get denied,was denied access,denied access',
  { says: 'outcome', outcome: 'denied' },
);
add(
  'changes made,change made,made changes,make changes,made any changes,make any changes,made a change',
  { says: 'verb', verbs: ['change'] },
);
add('난,뜬,떴어,나온,났어,났던', { says: 'nothing' }, { whole: true });
noun('human,아무나', { says: 'who' });
noun('switched into,switched to role,switch into,switched into role,역할을 전환,롤 전환', {
  says: 'verb',
  verbs: ['assume'],
});
noun('trusted account,trusted principal,외부 신뢰 계정,신뢰 계정,신뢰 대상', {
  says: 'asked',
  group: null,
});
noun('뭐뭐있,뭐있,뭐가있', { says: 'asked', group: null });
add('뭐뭐,뭐뭐가,무엇무엇', { says: 'asked', group: null });
add('한꺼번에,한번에,통째로', { says: 'nothing' }, { ends: 'verb' });
noun(
  'when,where,what,whats,which,how,what time,언제,어디,어디서,뭐,뭘,뭐가,무엇,무슨,어떤,어느,어떻게,이름',
  { says: 'asked', group: null },
);
noun(
  'how many,how often,how many times,number of,count of,count,몇 번,몇 건,몇 개,몇 번씩,몇 건씩,몇 개씩,몇,횟수,건수,개수',
  { says: 'count' },
);
noun('per account,by account,each account,계정별', { says: 'per', group: 'account' });
noun('per user,by user,each user,by person,per person,사용자별,유저별,사람별', {
  says: 'per',
  group: 'actor',
});
noun('per region,by region,리전별', { says: 'per', group: 'region' });
noun('per day,by day,daily,each day,일별,날짜별', { says: 'per', group: 'day' });
noun('per event,by event,이벤트별', { says: 'per', group: 'event' });
noun('by code,per code,코드별', { says: 'per', group: 'error' });
noun('per ip,by ip,ip별', { says: 'per', group: 'address' });
noun(
  'activity,activities,api call,api activity,do,done,doing,did what,been up to,up to,active,everything,called the api,활동,했,한,함,뭐했,뭐 했,api 호출,작업,행위,짓',
  { says: 'activity' },
);
noun(
  'history,timeline,happened,happen,happening,trail of events,event,events,이력,내역,기록,히스토리,타임라인,무슨 일,이벤트,로그 기록',
  { says: 'history' },
);
noun(
  'denied,deny,access denied,accessdenied,unauthorized,unauthorised,forbidden,rejected,unauthorizedoperation,거부,권한 거부,접근 거부,거절',
  { says: 'outcome', outcome: 'denied' },
);
noun('failed,fail,fails,failure,failing,error,unsuccessful,unsuccessfully,실패,에러,오류', {
  says: 'outcome',
  outcome: 'failed',
});
add(
  'but failed,but it failed,but they failed,and failed,but was denied,but were denied,but got denied,and was denied,and got denied,but could not,but couldnt,but did not succeed,but didnt succeed,but without success',
  { says: 'outcome', outcome: 'failed' },
);
add('succeed,succeeds,succeed in,succeeded in', { says: 'outcome', outcome: 'ok' });
noun('try,tries,tried,trying,attempt,attempts,attempted,attempting,시도', {
  says: 'outcome',
  outcome: 'any',
});
noun('successful,successfully,succeeded,성공', { says: 'outcome', outcome: 'ok' });
noun('permission,privilege,access right,권한,퍼미션', { says: 'permission' });
noun(
  'invokable by everyone,invokable by anyone,invocable by anyone,invocable by everyone,callable by anyone,callable by everyone,누구나 호출 가능하게,누구나 호출할 수 있게,누구나 접근 가능하게',
  { says: 'public' },
);
noun('public,publicly,퍼블릭', { says: 'public' });
noun(
  'to the world,to the internet,to everyone,to anyone,to the public internet,world,internet,everyone,the whole world,전체,전세계,인터넷',
  { says: 'world' },
);
noun(
  'another account,other account,different account,external account,external,externally,outside account,another acct,another aws account,외부,외부 계정,다른 계정,다른 aws 계정,타 계정',
  { says: 'external' },
);
noun(
  'without mfa,no mfa,without multi factor authentication,without multi factor,without using mfa,mfa 없이,mfa 없는,mfa 안 쓴,mfa 안 쓰고,mfa 미사용,mfa 안 한',
  { says: 'no-mfa' },
);
noun('port,ports,포트', { says: 'port' });
add('ssh', { says: 'port-number', port: 22 });
add('rdp', { says: 'port-number', port: 3389 });
noun('inbound,ingress,인바운드,인그레스', { says: 'direction', ending: 'Ingress' });
noun('outbound,egress,아웃바운드,이그레스', { says: 'direction', ending: 'Egress' });
noun('member,멤버,구성원', { says: 'principal', kind: 'user' });
add('writes,write calls,write events,write api calls,mutating calls,쓰기 호출,쓰기 이벤트', {
  says: 'verb',
  verbs: ['change'],
});
noun('federated user,페더레이션 사용자,연동 사용자', { says: 'principal', kind: 'user' });
noun('session key,temporary key,session access key,세션 키,임시 키', {
  says: 'type',
  type: 'access-key',
});
noun('user,사용자,유저', { says: 'principal', kind: 'user' });
noun('account,acct,aws account,계정,aws 계정', { says: 'principal', kind: 'account' });
noun(
  'all accounts,every account,any account,across all accounts,all regions,every region,any region,across the org,across the organization,org wide,account wide,모든 계정,전체 계정,계정 전체,모든 리전,전체 리전,전사',
  { says: 'everywhere' },
);
noun('root,root account,root user,루트,루트 계정,루트 사용자', { says: 'root' });
noun(
  'cred,creds,credential,role cred,role creds,role credential,instance credential,instance creds,자격 증명,크리덴셜,롤 자격 증명,역할 자격 증명',
  { says: 'credentials' },
);
noun('ip,ip address,ip 주소,아이피 주소,아이피,대역,ip 대역,cidr', { says: 'ip' });
add('key,키', { says: 'type', type: 'access-key' }, { ends: 'verb' });
noun('console,aws console,management console,콘솔,관리 콘솔', { says: 'via', via: 'console' });
noun('cli,aws cli,command line', { says: 'via', via: 'cli' });
noun('terraform,pulumi,cdk,테라폼', { says: 'via', via: 'iac' });
noun('cloudformation,cfn,클라우드포메이션', {
  says: 'service',
  source: 'cloudformation.amazonaws.com',
});
noun('autoscaling,auto scaling,오토스케일링,오토 스케일링', {
  says: 'service',
  source: 'autoscaling.amazonaws.com',
});
noun('roles anywhere', { says: 'service', source: 'rolesanywhere.amazonaws.com' });
noun('iam', { says: 'service', source: 'iam.amazonaws.com' });
noun('sts', { says: 'service', source: 'sts.amazonaws.com' });
noun('organizations', { says: 'service', source: 'organizations.amazonaws.com' });
noun('sso,identity center,iam identity center,아이덴티티 센터', {
  says: 'service',
  source: 'sso.amazonaws.com',
});
noun('ssm,systems manager', { says: 'service', source: 'ssm.amazonaws.com' });
for (const { source, words } of SERVICE_WORDS) noun(words.join(','), { says: 'service', source });
noun('do we have,we have,do i have,currently', {
  says: 'refused',
  why: 'state',
});
noun('몇 명', { says: 'per', group: 'actor' });
add('으로,에서,부터', { says: 'nothing' }, { whole: true });
add('in,inside', { says: 'place' });
noun(
  'this account,that account,same account,my account,it,them,that one,this one,those ones,그거,이거,저거,그것,이것,이 계정,그 계정,해당 계정,같은 계정,내 계정',
  { says: 'anaphor' },
);
noun('ou,organizational unit,조직 단위', { says: 'nothing' });
add(
  'can,could,would,will,should,may,might,able to,allowed to,supposed to,has access to,have access to,had access to,접근 권한',
  { says: 'refused', why: 'possible' },
);
add('by', { says: 'by' });
noun('each,respectively,각각,각자,저마다', { says: 'each' });
add('to,with,한테,에게', { says: 'towards' });
add('did,does,has,have,had', { says: 'aux', passive: false });
add('was,were,is,are,been,be,being', { says: 'aux', passive: true });
add('the,a,an,this,that,these,those,my,our,any,all,some,its,they,he,she,him,her', {
  says: 'nothing',
});
add('그,이,저,해당,우리,모든,얘,걔,각,너,넌,네가,니가,당신', { says: 'nothing' }, { whole: true });
add('and,or,및,그리고,또는,혹은,나', { says: 'and' });
add(
  'please,pls,plz,thanks,thank you,thx,hi,hey,hello,can you,could you,would you,will you,can i,can we,can someone,could someone,you,tell,me,us,i,we,know,show,list,find,give me,let me know,look up,check,see,need,want,for,of,on,at,from,into,about,then,there,exactly,just,also,called,named,anything,something,stuff,aws,amazon,name,id,actually,resource,thing,time,who did it,did it,behind,here,over,during,within,as,so,ok,okay,well,via,per,that was,which one,the one,one,wondering,curious,quick question,question,team,folks,everybody know,happens to,recently,lately,ever,through,is there,are there,came,coming,comes,has been used,it was,whodunit,details,detail,info,full,new,newly,already,still now,again',
  { says: 'nothing' },
);
noun(
  '맞아,맞아요,맞지,맞죠,맞나,고마워,고마워요,고맙,수고,땡큐,그랬,그런,아시,아는,알려,알려줘,알려주,알고,보여,보여줘,보여주,찾아,찾아줘,찾아주,확인,부탁,부탁드려,부탁해,혹시,있어,있나,있는지,있는,있었,있습,있을,계신,계시,알아,거야,거예요,거임,것,건지,건가,그리고,리소스,목록,전부,다,정확히,해줘,해주,안녕,감사,제발,궁금,인지,저기,여기,동안,사이,안에,대해,관련,이후,되었,여부,리스트,정보,빨리,지금,그건,이건,최근,방금,아니면,아까,일단,다시,질문,새로,새로운,하나,모두,총,상세,자세히,좀,명단,주신,주세요,겁니,건가요,누가 했',
  { says: 'nothing' },
);
add(
  '새,적,수,건,거,게,걸,중,중에,내,좀,요,다,및,일,임,인,로,에,의,을,를,이,가,은,는,도,만,된,됐,돼,해,때,곳,데',
  { says: 'nothing' },
  { whole: true },
);

noun(
  'not,no,never,none,neither,nor,but,isnt,wasnt,werent,didnt,hasnt,havent,dont,doesnt,couldnt,wont,cannot,cant,nobody,no one,nothing,un,non',
  { says: 'refused', why: 'negation' },
);
noun('않,아니,없는,없,미사용', {
  says: 'refused',
  why: 'negation',
});
add('안,못,미,비', { says: 'refused', why: 'negation' }, { whole: true });
noun('last,latest,most recent,most recently,newest,마지막,최신,맨 마지막,가장 최근,제일 마지막', {
  says: 'latest',
});
noun(
  'more than,less than,fewer than,at least,at most,compared to,compared with,than,versus,vs,only,more,less,twice,이상,이하,초과,미만,보다,비교,만 있는,더',
  { says: 'refused', why: 'comparison' },
);

noun('before,after,until,till,prior,earlier than,이전,전에,이후에,까지', {
  says: 'refused',
  why: 'before',
});

/** Looks a phrase up: exactly, or in the singular. */
export function lookUp(squeezed: string): Meaning | undefined {
  const entry =
    LEXICON.get(squeezed) ??
    (squeezed.length > 3 && squeezed.endsWith('ies')
      ? LEXICON.get(`${squeezed.slice(0, -3)}y`)
      : undefined) ??
    (squeezed.length > 2 && squeezed.endsWith('es')
      ? LEXICON.get(squeezed.slice(0, -2))
      : undefined) ??
    (squeezed.length > 2 && squeezed.endsWith('s')
      ? LEXICON.get(squeezed.slice(0, -1))
      : undefined);
  return entry?.meaning;
}

/** Korean: the longest entry that the word begins with, and what is left of the word after it. */
export function lookUpStem(
  squeezed: string,
  atLeast: number,
): { meaning: Meaning; rest: string } | undefined {
  for (
    let length = Math.min(squeezed.length, LONGEST);
    length >= Math.max(1, atLeast);
    length -= 1
  ) {
    const entry = LEXICON.get(squeezed.slice(0, length));
    if (!entry) continue;
    const rest = squeezed.slice(length);
    if (entry.whole && rest !== '') continue;
    if (rest === '' || PARTICLES.test(rest) || (entry.ends === 'verb' && VERB_ENDINGS.test(rest)))
      return { meaning: entry.meaning, rest: '' };
    if (length > 1 && /^[가-힣]/.test(rest) && lookUpStem(rest, 1))
      return { meaning: entry.meaning, rest };
  }
  return undefined;
}

/** Every word of the lexicon, squeezed, and what it says. */
export function lexiconWords(): { key: string; meaning: Meaning }[] {
  return [...LEXICON].map(([key, { meaning }]) => ({ key, meaning }));
}

const LONGEST = Math.max(...[...LEXICON.keys()].map(({ length }) => length));

export const PARTICLES =
  /^(?:을|를|이|가|은|는|에|엔|에서|에게|한테|께서|의|로|으로|부터|까지|도|만|요|과|와|랑|이랑|하고|님|씨|들|나|이나|야|이야|예요|이에요|에요|이고|고|이며|좀|쪽|상|중|당|이라는|라는|인데|인데요|에서의|한테서)+$/;

/** Verb endings are made of few syllables; a stem followed by any other syllable is another word. */
export const VERB_ENDINGS =
  /^[하한했할함해되된됐될됨돼시키켰킨나냐니는은지죠요어아여았었였겠고서던데거건게걸것가까다습니든군네래라려면며자줘주준세셨신람분놈이야예에인임을를의도만로으들당하셨실놨놓둔뒀버린렸려봤본졌진져음기셔있]*$/;
