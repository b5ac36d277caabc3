import type { Meaning } from './meaning.ts';

/**
 * What people say beside the plain words of the lexicon, longest forms of speech first: a noun may
 * carry Korean endings, a `whole` word stands alone, the others are exact.
 */
export const PHRASES: [words: string, meaning: Meaning, form: 'noun' | 'whole' | 'exact'][] = [
  // What is left out.
  [
    'outside,outside of,other than,except,except for,excepting,excluding,exclude,besides,apart from,aside from,but not,not counting,not including,leaving out,ignoring,anywhere but,everyone but,anyone but,anybody but,everything but,rather than,instead of,not by,not from,not in,not via,not through,not using,not on,not done by,not made by,not made from,not done through,not done from,not coming from,not created by,not involving,without,without using,without going through,that wasnt,that werent,that isnt,that arent,which wasnt,which werent,that was not,that were not,that is not,that are not,nobody but,no one but',
    { says: 'except', side: 'before' },
    'exact',
  ],
  [
    '외에,외의,외에는,외에서,이외,이외에,이외의,이외에는,이외에서,말고,말고는,말고도,빼고,빼고는,빼면,제외,제외하고,제외하고는,제외한,제외하면,제외하곤,아닌,밖에서,밖에,밖의,바깥,바깥에서,밖,없이',
    { says: 'except', side: 'after' },
    'noun',
  ],
  ['non root,not root,not the root,not by root,not as root,no root', { says: 'not-root' }, 'exact'],
  // Beyond the organization.
  [
    'outside the org,outside the organization,outside the organisation,outside our org,outside our organization,outside of the org,outside of our org,outside of the organization,outside organization,outside org,outside the company,outside our company,outside our accounts,externally owned account,third party account,third party,foreign account,unknown account,account outside,accounts outside the org,account outside the org,account outside our org,account outside the organization,accounts outside the organization,account outside the organisation,accounts outside the organisation,account outside our organization,accounts outside our organization,account outside of the organization,accounts outside of the organization,account outside of our organization,outside aws account,account we dont own,account not in our org,accounts not in our org,account not in the org,accounts not in the org,account not in our organization,accounts not in our organization,account not in the organization,accounts not in the organization,accounts not part of our org,accounts that are not ours',
    { says: 'external' },
    'exact',
  ],
  [
    '조직 밖,조직 밖으로,조직 밖에,조직 외부,조직 외,회사 밖,사외,외부 조직,외부 aws 계정,타사 계정,바깥 계정,남의 계정,모르는 계정',
    { says: 'external' },
    'noun',
  ],
  [
    'korea,south korea,overseas,abroad,china,russia,foreign country,foreign countries,japan,europe,country,countries,한국,국내,해외,외국,중국,러시아,일본,미국,나라,국가',
    { says: 'refused', why: 'country' },
    'noun',
  ],
  // Counting and ranking.
  [
    'top,most,the most,most often,most frequently,most common,most frequent,most active,highest,highest number of,biggest,largest,busiest,noisiest,heaviest,most of the,ranking,ranked,rank,leaderboard,the largest number of,the most number of,most used,frequent',
    { says: 'rank' },
    'exact',
  ],
  [
    '상위,가장 많은,가장 많이,가장 많았,제일 많은,제일 많이,제일 많았,가장 자주,제일 자주,가장 활발한,가장,제일,최다,순위,랭킹,많은 순,많은 순서,많은,많이,톱,탑,자주',
    { says: 'rank' },
    'noun',
  ],
  ['명,위,개,곳,가지,종', { says: 'counter' }, 'whole'],
  [
    'bytes,gigabytes,terabytes,gb,how much data,amount of data,data volume,volume of data,how many bytes,how many gigabytes,by volume,by bytes,by size,most data,the most data,the most bytes,large download,large downloads,bulk download,bulk downloads,mass download,mass downloads,big download,big downloads,huge download,bytes out,egress volume',
    { says: 'bytes' },
    'exact',
  ],
  [
    '바이트,기가,기가바이트,용량,데이터 양,데이터양,데이터 용량,다운로드 용량,전송량,대용량,대량 다운로드,많은 데이터,데이터를 가장 많이,데이터 가장 많이,데이터를 제일 많이,데이터 제일 많이,데이터를 많이,데이터 많이,데이터를 얼마나,데이터가 얼마나,얼마나 많은 데이터,가장 많은 데이터,제일 많은 데이터',
    { says: 'bytes' },
    'noun',
  ],
  [
    'per hour,by hour,hourly,each hour,시간별,시간대별,시간대',
    { says: 'per', group: 'hour' },
    'noun',
  ],
  [
    'per service,by service,each service,서비스별,which service,which services,what service,what services,어떤 서비스,어느 서비스',
    { says: 'per', group: 'source' },
    'noun',
  ],
  [
    'per resource,by resource,per bucket,by bucket,each bucket,버킷별,리소스별,per instance,인스턴스별',
    { says: 'per', group: 'resource' },
    'noun',
  ],
  [
    'per error,by error,by error code,per error code,에러별,오류별,에러 코드별,오류 코드별,error code별',
    { says: 'per', group: 'error' },
    'noun',
  ],
  [
    'by principal,per principal,per identity,by identity,by actor,by caller,per caller,per iam user,by iam user,by role,per role,역할별,롤별,주체별,계정주별,직원별,담당자별',
    { says: 'per', group: 'actor' },
    'noun',
  ],
  [
    '호출 종류별,이벤트 종류별,작업 종류별,api 종류별,kind of call,kind of event,by kind of call,by kind of event,by event name,per event name,by action,per action,per api,by operation,api별,작업별,이벤트 이름별,액션별,호출별',
    { says: 'per', group: 'event' },
    'noun',
  ],
  [
    'by source ip,per source ip,by address,per address,by ip address,per ip address,아이피별,주소별,ip 주소별',
    { says: 'per', group: 'address' },
    'noun',
  ],
  [
    'by date,per date,day by day,every day,하루별,일자별,매일,날짜 별',
    { says: 'per', group: 'day' },
    'noun',
  ],
  [
    'in each account,for each account,account by account,계정 별',
    { says: 'per', group: 'account' },
    'noun',
  ],
  [
    'in each region,for each region,per aws region,region by region,each region,리전 별,지역별',
    { says: 'per', group: 'region' },
    'noun',
  ],
  // The first of several.
  [
    'first,earliest,initially,originally,oldest,처음,처음으로,최초,최초로,맨 처음,제일 먼저,가장 먼저,가장 처음,먼저',
    { says: 'first' },
    'noun',
  ],
  // Why and by what cause.
  [
    'why,how come,what for,reason,what made,왜,어째서,이유,무슨 이유,왜 그런,경위',
    { says: 'why' },
    'noun',
  ],
  [
    'cause,caused,causes,causing,introduce,introduced,led to,lead to,resulted in,result in,trigger,triggered,triggers,root cause,because of,due to,원인,때문,때문에,탓,유발',
    { says: 'cause' },
    'noun',
  ],
  ['responsible for,responsible,guilty,to blame for,to blame,behind the', { says: 'who' }, 'exact'],
  ['become,became,becomes,becoming,turned,turn', { says: 'became' }, 'exact'],
  ['go,went,go to,disappear to,갔,간거,간건,가버렸,간', { says: 'went' }, 'noun'],
  // How it was done.
  [
    'manually,by hand,manual,clickops,click ops,hand made,handmade,out of band',
    { says: 'manual' },
    'exact',
  ],
  ['수동,수동으로,손으로,수작업,수작업으로,직접', { says: 'manual' }, 'noun'],
  [
    'github actions,github action,github,gha,깃허브 액션,깃헙 액션,깃허브 액션즈,깃허브,깃헙',
    { says: 'tool', name: 'GitHubActions' },
    'noun',
  ],
  [
    'iac,infrastructure as code,opentofu,cdktf,terragrunt,펄루미,코드로,iac 도구,아이에이씨',
    { says: 'via', via: 'iac' },
    'noun',
  ],
  [
    'command line interface,the cli,씨엘아이,커맨드라인,aws cli로,cli로',
    { says: 'via', via: 'cli' },
    'noun',
  ],
  ['sdk,boto3,boto,aws sdk,script,scripts,스크립트', { says: 'via', via: 'sdk' }, 'noun'],
  ['web console,the console,aws 콘솔,웹 콘솔,관리콘솔', { says: 'via', via: 'console' }, 'noun'],
  // What an event must hold.
  [
    'admin,administrator,admin rights,admin right,admin access,administrator access,administrator rights,admin permission,admin permissions,admin privilege,admin privileges,administrative access,administrator privileges,full access,full admin,full admin access,full administrator access,full permissions,full rights,all permissions,every permission,superuser,god mode,관리자 권한,관리자권한,관리자,어드민,어드민 권한,전체 권한,모든 권한,최고 권한,풀 권한,admin 권한,administrator 권한,슈퍼유저',
    { says: 'admin' },
    'noun',
  ],
  [
    'cross account,cross accounts,cross account role,across account boundaries,from another account,from a different account,from other accounts,교차 계정,교차계정,크로스 어카운트,크로스어카운트,크로스 계정,계정 간,계정간,다른 계정에서',
    { says: 'cross-account' },
    'noun',
  ],
  [
    'without a final snapshot,without final snapshot,with no final snapshot,skipping the final snapshot,skipping final snapshot,skip final snapshot,without taking a final snapshot,without snapshot,without a snapshot,with no snapshot,최종 스냅샷 없이,최종 스냅샷 안 남기고,마지막 스냅샷 없이,스냅샷 없이,파이널 스냅샷 없이,스냅샷도 없이',
    { says: 'no-final-snapshot' },
    'noun',
  ],
  [
    'without an mfa,without 2fa,no 2fa,without two factor,without using 2fa,mfa not used,not using mfa,with no mfa,without mfa enabled,sans mfa,mfa disabled login,mfa 안쓰고,mfa 안쓴,mfa를 안 쓰고,mfa 쓰지 않고,mfa 사용 안 한,mfa 사용하지 않고,mfa 사용하지 않은,mfa 없이는,mfa없이,2fa 없이,2단계 인증 없이,다중 인증 없이,mfa 인증 없이,mfa 안 하고,mfa 미적용',
    { says: 'no-mfa' },
    'noun',
  ],
  [
    'not allowed,we do not allow,we dont allow,not approved,unapproved,disallowed,not permitted,that are not allowed,not authorized regions,not on the list,unsanctioned,허용 안 된,허용 안된,허용되지 않은,허용하지 않은,허용 안 한,허가되지 않은,허가 안 된,비허용,미허용,승인되지 않은,승인 안 된,안 쓰는,쓰지 않는,사용하지 않는,금지된',
    { says: 'not-allowed' },
    'noun',
  ],
  // What is out of the ordinary.
  [
    'unusual,suspicious,suspiciously,anomalous,anomaly,anomalies,abnormal,abnormality,weird,weirdness,strange,fishy,odd,shady,sketchy,sus,out of the ordinary,not normal,unexpected,malicious,red flag,red flags,indicator of compromise,compromise,compromised,hacked,attack,attacked,attacker,intrusion,breach,dodgy,irregular,funny business,wrong,anything wrong,something wrong,worrying,alarming,something off,look off,looks off,off about',
    { says: 'anomaly', detector: null },
    'exact',
  ],
  [
    '수상,수상한,수상쩍,비정상,비정상적,비정상 활동,이상한,이상 징후,이상징후,이상 행위,이상행위,이상 활동,이상한 점,이상 동작,이상 패턴,이상 호출,이상 접근,이상 없,이상하,평소와 다른,평소와 다르,평소와 달리,평소랑 다른,평소랑 다르,평소와,평소에 없던,평소 없던,의심,의심스러,의심되,의심스런,낯선,해킹,침해,특이,특이사항,특이한,특이점,이상 여부,이상 유무,공격,침입,탈취',
    { says: 'anomaly', detector: null },
    'noun',
  ],
  [
    'new region,new regions,unfamiliar region,unfamiliar regions,regions never used before,regions we never used,region we never used before,never used region,first use of a region,새 리전,새로운 리전,처음 보는 리전,처음 쓰는 리전,안 쓰던 리전,평소 안 쓰던 리전,낯선 리전',
    { says: 'anomaly', detector: 'new-region' },
    'noun',
  ],
  [
    'never seen before,first seen,seen for the first time,never called before,not seen before,처음 보는 호출,처음 보는 api,처음 등장한,처음 보는',
    { says: 'anomaly', detector: 'first-seen-call' },
    'noun',
  ],
  [
    'new ip,new ips,unknown ip,unknown ips,unfamiliar ip,unfamiliar ips,new ip address,unknown ip address,unfamiliar address,new address,새 ip,새로운 ip,처음 보는 ip,낯선 ip,모르는 ip',
    { says: 'anomaly', detector: 'new-address-for-key' },
    'noun',
  ],
  [
    'brute force,brute forcing,brute forced,password spraying,login burst,burst of failed logins,burst of failed sign ins,무차별 대입,브루트포스,로그인 시도 폭주,로그인 실패 폭주',
    { says: 'anomaly', detector: 'failed-sign-in-burst' },
    'noun',
  ],
  [
    'mass deletion,mass deletions,mass delete,bulk deletion,bulk deletions,bulk delete,bulk deletes,대량 삭제,무더기 삭제,한꺼번에 삭제,대규모 삭제',
    { says: 'anomaly', detector: 'bulk-deletion' },
    'noun',
  ],
  [
    'burst of denied,burst of access denied,spike in access denied,spike of denied,denied burst,거부 폭증,거부 급증',
    { says: 'anomaly', detector: 'denied-burst' },
    'noun',
  ],
  // Rules of Config, and how things are.
  [
    'noncompliant,non compliant,not compliant,isnt compliant,arent compliant,noncompliance,non compliance,out of compliance,not in compliance,incompliant,violating,in violation,violation,violations,violate,violates,violated,config violation,rule violation,policy violation,compliance violation,failing a rule,failing rules,fail a rule,broke,broken,break,breaks,breaking,failing config',
    { says: 'compliance' },
    'exact',
  ],
  [
    '위반,비준수,규칙 위반,룰 위반,규정 위반,정책 위반,config 위반,미준수,준수하지 않는,준수하지 않은,준수 안 하는,준수 안 된,컴플라이언스 위반,룰에 걸린,규칙에 걸린,규칙 어긴,깨뜨린,깨뜨렸,깬,위배',
    { says: 'compliance' },
    'noun',
  ],
  ['compliant,compliance,준수,컴플라이언스', { says: 'refused', why: 'compliance' }, 'noun'],
  [
    'config rule,aws config rule,rule,config,config 규칙,컨피그 룰,config 룰,규칙,룰,컨피그',
    { says: 'rule' },
    'noun',
  ],
  [
    'unencrypted,not encrypted,isnt encrypted,arent encrypted,without encryption,no encryption,encryption disabled,encryption off,lacking encryption,non encrypted,nonencrypted,lack encryption,missing encryption,have no encryption,encryption is off,encryption not enabled,암호화 안 된,암호화 안된,암호화 안 돼,암호화 안 되어,암호화되지 않은,암호화되지 않는,암호화가 안 된,암호화가 안된,암호화 되지 않은,암호화가 되지 않은,미암호화,비암호화,암호화 없는,암호화 안 한,암호화 꺼진,암호화 안 걸린,암호화 해제된,암호화 미적용,암호화 설정 안 된',
    { says: 'property', property: 'unencrypted' },
    'noun',
  ],
  ['encrypted,encryption,암호화,encrypt', { says: 'property', property: 'encryption' }, 'noun'],
  [
    'without versioning,versioning disabled,versioning off,versioning is off,no versioning,not versioned,unversioned,versioning not enabled,버저닝 안 켜진,버전 관리 안 켜진,버저닝 꺼진,버전 관리 꺼진,버전 관리가 꺼진,버전 관리 안 된,버저닝 안 된,버전 관리 안 하는,버저닝 없는,버전 관리 없는,versioning,versioned,bucket versioning,version control,버전 관리,버전관리,버저닝,버전 설정',
    { says: 'property', property: 'versioning' },
    'noun',
  ],
  [
    'configured,configuration,current configuration,current config,current settings,current setting,current state,settings,how is it configured,현재 구성,현재 설정,현재 상태,구성,설정,설정값,구성 정보,지금 설정',
    { says: 'property', property: 'configuration' },
    'noun',
  ],
  // Sets of events with a name.
  [
    'audit logging,audit log,audit logs,audit trail logging,logs tampered,log tampering,logging setup,logging settings,audit settings,security logging,감사 로그,감사로그,감사 로깅,로그 설정,로깅 설정,로그 수집,감사 설정,감사 기록 설정',
    { says: 'set', set: 'logging' },
    'noun',
  ],
  [
    'privilege escalation,priv esc,privesc,escalation,escalate privileges,escalated privileges,escalating privileges,elevated privileges,elevate privileges,권한 상승,권한상승,권한 탈취,권한 에스컬레이션',
    { says: 'set', set: 'privilege-escalation' },
    'noun',
  ],
  [
    'expensive,costly,cost relevant,cost related,cost incurring,costs money,cost money,비용 발생,비용이 드는,비용 드는,비싼,돈 드는,비용 관련',
    { says: 'set', set: 'cost' },
    'noun',
  ],
  [
    'mfa,multi factor authentication,mfa 기기,mfa 디바이스,mfa 장치',
    { says: 'type', type: 'mfa-device' },
    'noun',
  ],
  // Outcomes.
  [
    'throttled,throttling,throttle,throttles,rate limited,rate limiting,rate limit exceeded,rate exceeded,too many requests,slow down errors,스로틀링,쓰로틀링,스로틀,호출 제한,요청 제한,요청 한도 초과,한도 초과',
    { says: 'outcome', outcome: 'throttled' },
    'noun',
  ],
  [
    'access denied error,access denied errors,permission denied,permission error,permission errors,not authorized,unauthorized call,blocked by policy,denials,denial,permission denials,403,access was denied,were refused,refused,권한 없음,권한 오류,권한 에러,권한 부족,권한이 없어,접근이 거부,액세스 거부,엑세스 거부,거절당한,막힌',
    { says: 'outcome', outcome: 'denied' },
    'noun',
  ],
  [
    'error code,error codes,error type,error types,error message,error messages,에러 코드,오류 코드,에러코드,오류코드,에러 종류',
    { says: 'outcome', outcome: 'failed' },
    'noun',
  ],
  [
    'unsuccessful attempt,failed attempt,failed attempts,failing calls,did not work,didnt work,didnt succeed,did not succeed,not successful,not succeed,unsuccessful attempts,성공하지 못한,실패한 시도',
    { says: 'outcome', outcome: 'failed' },
    'noun',
  ],
  // The service or the address that is asked for.
  ['service,services,서비스', { says: 'asked', group: 'source' }, 'noun'],
  [
    'resource type,resource types,kinds of resource,kinds of resources,리소스 종류,리소스 유형',
    { says: 'asked', group: 'resource' },
    'noun',
  ],
  [
    'from anywhere,from everywhere,to anywhere,from any ip,any ip,from any address,from the internet,from the world,from the outside world,어디서나,아무데서나,모든 ip,누구나,전 세계',
    { says: 'world' },
    'noun',
  ],
  [
    '분이,분은,분도,분을,분이신지,분인지,분이에요,분이야,분인가요,분께서,분들이,놈이,놈은,놈이야,자가,자는',
    { says: 'who' },
    'whole',
  ],
  ['peered,피어링한', { says: 'type', type: 'vpc-peering' }, 'noun'],
  ['put', { says: 'became' }, 'exact'],
  [
    'which address,which addresses,what address,what addresses,which ip address,which ip addresses,what ip address,what ip addresses,which source ip,which source ips,source ip,source ips,source address,source addresses,addresses,ip addresses,ips,what ips,어느 주소,어떤 주소,어느 아이피,어떤 아이피,무슨 ip,접속 ip,소스 ip,출발지 ip,출발지,접속 위치',
    { says: 'asked', group: 'address' },
    'noun',
  ],
  [
    'what kind of,what sort of,what all,what exactly,what else',
    { says: 'asked', group: null },
    'exact',
  ],
  ['how was,how were,how did,how come it', { says: 'asked', group: null }, 'exact'],
  // What somebody was able to do is told by what they did.
  [
    'access review,access reviews,an access review,review of access,review access,review the access,access reviewed,review,reviewing,접근 검토,접근 권한 검토,접근권한 검토,권한 검토,액세스 검토,접근 리뷰,액세스 리뷰,권한 리뷰,접근 권한 리뷰,접근 점검,접근 권한 점검,권한 점검',
    { says: 'activity' },
    'noun',
  ],
  [
    'does config say of,does config say about,does config say for,does config know of,does config know about,does aws config say of,does aws config say about,does aws config know about,config says of,config says about,config say of,config say about,config know about,according to config,according to aws config,config 상태,구성 상태,컨피그 상태',
    { says: 'property', property: 'configuration' },
    'noun',
  ],
  ['됐,되었,어때,어떤지,어떠', { says: 'nothing' }, 'noun'],
  // Words that say nothing more.
  [
    'right now,at the moment,at present,presently,as of now,so far,earlier,going on,keep,keeps,kept on,keep on,have been,has been,had been,able to tell me,able to tell,able to say,able to find,can someone tell me,could someone tell me,do you know,does anyone know,anyone knows,any idea,any clue,i wonder,id like to know,i would like to know,wanna know,want to know,trying to find out,find out,figure out,dig up,pull up,bring me,fetch me,recent,a list of,list of,the list of,all the,all of the,each of the,whole,entire,complete,exact,exactly who,actual,real,happen to know,by any chance,if any,or not,or so,around here,yo,umm,um,hmm,lol,wtf,omg,asap,urgent,urgently,heads up,fyi,btw,kindly,appreciated,cheers,much appreciated,good morning,good afternoon,morning all,hi all,hey all,hi there,hey there,buddy,mate,dear,bot,trailwarden,dude,guys,all you,y all,yall,pretty,really,seriously,exactly what,just about,sort of,kind of,kinda,literally,basically,somehow,it seems,seems,seem,looks like,apparently,supposedly,allegedly,my bad,today so far,that happened,took place,occur,occurred,were there,was there,there was,there were,there been,have there been,has there been,is that,was it,were they,they are,its been,been any,run me,give us,get me,walk me through,break down,breakdown,summary,summarize,summarise,overview,report,report on,look for,looking for,search for,search,show us,display,whose fault,who on earth,on earth,the heck,the hell,dang,damn,bloody,freaking,belonging to,belong to,belongs to,named as,known as,aka,against,under,upon,onto,towards the,related to,regarding,concerning,involving,with regard to,affecting,for the',
    { says: 'nothing' },
    'exact',
  ],
  [
    '얼마나,있니,있냐,있을까,있는가,있다면,있다,있습니까,있을지,누구한테,뭔가,뭔,무언가,누가 좀,싹,싹다,싹 다,죄다,몽땅,통째로,뽑아줘,뽑아,뽑아주,정리해,정리해줘,요약,요약해줘,요약해,조사,조사해,파악,체크,체크해,점검,점검해,살펴,살펴봐,봐줘,봐주,봐,봤으면,좀 봐,말해,말해줘,말씀,가르쳐,가르쳐줘,공유 부탁,빨랑,얼른,급해,급함,급하,얘기,싶어,싶은데,싶습니다,싶어요,하는데,그런데,근데,혹시나,설마,대체,도대체,진짜,정말,아무,아무나,어디 한번,한번,한 번,좀요,님들,여러분,다들,선생님,담당자님,봇,트레일워든,야,음,흠,헐,와,제가,저희,저희 쪽,저희쪽,우리 쪽,우리쪽,우리팀,우리 팀,현재,현 시점,지금까지,여태,요즘,요새,요번,실제,실제로,그거 말이야,그게,있던데,있던,있었던,없던데,건가,걸까,일까,인가,일까요,인가요,된 거,된거,한 거,한거,하신,하셨,하신 분,주시겠어요,주실,주실래요,줄래,줄 수,주라,주십시오,부탁드립니다,부탁드려,바랍니다,바라,해봐,해 봐,해보,해볼,나와,나온,나왔,나오는,뜨는,뜬,난거,생긴 거,일어난,일어났,발생,발생한,발생했,있음,없음,궁금해,궁금합니다,상태,쪽,쪽에서,관하여,관해,대하여,대상,전체적,전반적,목록으로,리스트로,순으로,순서대로,움직임,행적,돌아가,걸린,걸렸,당한,당했,먹은,먹었,냐,냐고,누구냐,누구임,누구지,뭐야,뭐지,뭐냐,뭡니까,뭔지,뭐였,무엇인지,알아봐,알아봐줘,알려줄,알려달라,알려주라,알려주십,알려줬으면,찾아봐,찾아봐줘,보여달라,보여주라,보여줄,보여주십,몇시,그쪽,거기,거기서,여기서,것들,것만,거만,것도,거라도,것 중,기준,기준으로,기준으로는,까지 전부,내용,내용을,시점,시각,일시,때문인지,쯤,무렵,당시,하루 동안,관련해서,관련된,관련한,관련',
    { says: 'nothing' },
    'noun',
  ],
  [
    '다른 리전,다른리전,그 외 리전,나머지 리전,other region,other regions,another region,different region',
    { says: 'asked', group: 'region' },
    'noun',
  ],
  [
    'something,some stuff,whatever,anywhere,anyplace,everywhere,things,thing,whodunnit,only those,사항,낌새,기미,조짐,것만,건만',
    { says: 'nothing' },
    'exact',
  ],
  [
    '흔적,자취,acting,acted,behaving,behave,behaviour,behavior,움직,행동,액션,actions,action,operation,operations,did in,deeds,moves,footprint,footprints,traces,trace,활동 기록,활동 이력,행동 기록,동작,요청,requests,request,requested,accepted,accept,수락,call made,calls made,api requests,api request,api usage,api,apis,에이피아이',
    { says: 'activity' },
    'noun',
  ],
  [
    'change log,changelog,change history,changes history,audit history,log of events,event log,진행 상황,일지,연혁,경과,변천,로그 내역,타임 라인,달라진,달라졌,변화',
    { says: 'history' },
    'noun',
  ],
  [
    'who was it that,who exactly,who else,whichever person,which human,which humans,which colleague,which teammate,which team member,which employee,which admin,which developer,which dev,which guy,which one of us,which of us,which users,which people,which persons,which iam user,which iam users,which iam principal,which iam principals,what users,what people,which team,whoever it was,staff,employee,employees,colleague,teammate,coworker,intern,guy,dude,idiot,genius,developer,dev guy,admin guy,which callers,caller,callers,actor,actors,identity,identities,human beings,직원,팀원,동료,녀석,인간,개발자,관리인,범인이,장본인,사용자가 누구,유저가 누구,어떤 놈,어느 놈,어떤 분,어떤 직원,어떤 관리자,어느 직원,어느 팀,누구누구,누가누가,당사자,행위자,호출자,책임자',
    { says: 'who' },
    'noun',
  ],
];
