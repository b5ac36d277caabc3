import type { Meaning } from './meaning.ts';

/** What people say in passing, and by words of the trade; as in `phrases.ts`, which goes before. */
export const SPOKEN: [words: string, meaning: Meaning, form: 'noun' | 'whole' | 'exact'][] = [
  [
    'doesnt exist anymore,does not exist anymore,no longer exists,no longer exist,isnt there anymore,is no longer there,not there anymore,nowhere to be found,dissapeared,dissappeared,yanked off,ripped out',
    { says: 'verb', verbs: ['delete'] },
    'exact',
  ],
  ['퍼지,사라짐,없어짐,안 보이,안보이,안 보여,안보여', { says: 'verb', verbs: ['delete'] }, 'noun'],
  ['내려가,내려갔,내려간', { says: 'verb', verbs: ['delete', 'stop'] }, 'noun'],
  ['꺼버,꺼 버', { says: 'verb', verbs: ['stop'] }, 'noun'],
  ['풀어버,풀어 버', { says: 'verb', verbs: ['open'] }, 'noun'],
  ['bake,baked,baking', { says: 'verb', verbs: ['create'] }, 'exact'],
  ['구운,구웠', { says: 'verb', verbs: ['create'] }, 'noun'],
  [
    'scale,scaled,scales,scaling,shorten,shortened,lengthen,lengthened,narrow,narrowed',
    { says: 'verb', verbs: ['change'] },
    'exact',
  ],
  [
    '줄인,줄였,늘린,늘렸,스케일링,스케일 인,스케일 아웃',
    { says: 'verb', verbs: ['change'] },
    'noun',
  ],
  ['hop into,hopped into,jump into,jumped into', { says: 'verb', verbs: ['assume'] }, 'exact'],
  ['root cred,root creds,root credential,root credentials', { says: 'root' }, 'exact'],
  ['publicly accessible,publicly reachable,publicly available', { says: 'public' }, 'exact'],
  ['퍼블릭 접근 가능,퍼블릭 액세스 가능,인증 없이', { says: 'public' }, 'noun'],
  [
    'console clicks,clicks in the console,click ops in the console',
    { says: 'via', via: 'console' },
    'exact',
  ],
  ['콘솔 클릭,콘솔에서 클릭', { says: 'via', via: 'console' }, 'noun'],
  [
    'postgres port,postgresql port,postgres 포트,포스트그레스 포트',
    { says: 'port-number', port: 5432 },
    'noun',
  ],
  ['mysql port,mysql 포트', { says: 'port-number', port: 3306 }, 'noun'],
  ['redis port,redis 포트', { says: 'port-number', port: 6379 }, 'noun'],
  ['mongodb port,mongo port,mongodb 포트', { says: 'port-number', port: 27_017 }, 'noun'],
  ['mssql port,sql server port,mssql 포트', { says: 'port-number', port: 1433 }, 'noun'],
  [
    'attempted but blocked,attempted but denied,tried but blocked,tried but denied,but blocked,but were blocked,but was blocked,but refused',
    { says: 'outcome', outcome: 'denied' },
    'exact',
  ],
  [
    'on fire,out of character,usual suspects,the usual suspects,run your checks,run the checks,smells,smells fishy',
    { says: 'anomaly', detector: null },
    'exact',
  ],
  ['이상행동,이상 행동', { says: 'anomaly', detector: null }, 'noun'],
  [
    'flipped to red,turned red,went red,compliance dropped,flagged,fell out of compliance',
    { says: 'compliance' },
    'exact',
  ],
  ['빨갛게,빨간색으로,어기,어긴,어겼', { says: 'compliance' }, 'noun'],
  ['we dont approve,we do not approve,dont approve,not approve', { says: 'not-allowed' }, 'exact'],
  [
    'without encryption at rest,no encryption at rest,not encrypted at rest,unencrypted at rest',
    { says: 'property', property: 'unencrypted' },
    'exact',
  ],
  ['encryption at rest,encrypted at rest', { says: 'property', property: 'encryption' }, 'exact'],
  ['hist', { says: 'history' }, 'exact'],
  ['변경사항,변경 사항', { says: 'verb', verbs: ['change'] }, 'noun'],
  ['생성자 기준,사람 기준,사용자 기준,유저 기준', { says: 'per', group: 'actor' }, 'noun'],
  ['계정 기준', { says: 'per', group: 'account' }, 'noun'],
  ['이유', { says: 'why' }, 'noun'],
  [
    'own up,still in use,err,nah,itself,leaked,security wise,keeps getting,keep getting,for real,whats up',
    { says: 'nothing' },
    'exact',
  ],
  [
    '계실,급합,찾습,찾아요,죽,쭉,그동안,중입니다,묶어,나눠,쪼개,모아,세줘,찍힌,추이,아직,여전히,남았,남은,있으면,있네,있죠,있지요,있고,뭘까,값',
    { says: 'nothing' },
    'noun',
  ],
];
