import type { Verb } from './plan.ts';

/**
 * How people say each verb: English phrases, Korean stems that endings may follow, and Korean words of
 * one syllable, which are verbs only as whole words (reference: questions, 2.2).
 */
export const VERB_WORDS: [verbs: Verb[], english: string, korean: string, whole: string][] = [
  [
    ['delete'],
    'delete,deletes,deleted,deleting,deletion,remove,removes,removed,removing,removal,terminate,terminates,terminated,terminating,termination,destroy,destroys,destroyed,destroying,drop,dropped,kill,killed,nuke,nuked,wipe,wiped,purge,purged,erase,erased,deregister,deregistered,release,released,disappear,disappeared,vanished,gone,get rid of,got rid of,tear down,tore down,torn down,take down,took down,blow away,blew away',
    '삭제,제거,터미네이트,반납,해지,폐기,지우,지웠,지운,지워,지울,없애,없앴,없앤,사라졌,사라진,없어졌,없어진,날리,날렸,날린,날려,날라',
    '',
  ],
  [['delete', 'stop'], '', '종료,내리,내렸,내린,내려', ''],
  [
    ['stop'],
    'stop,stops,stopped,stopping,disable,disables,disabled,disabling,pause,paused,suspend,suspended,deactivate,deactivated,shut down,shutdown,turn off,turned off,turning off,switch off,switched off,power off,powered off',
    '중지,정지,중단,멈추,멈췄,멈춘,멈춰,비활성화,비활성,스탑,꺼졌,꺼진,꺼지,껐,끄는,끄고,껐는',
    '끈,껐어,꺼',
  ],
  [
    ['start'],
    'start,starts,started,starting,enable,enables,enabled,enabling,resume,resumed,activate,activated,turn on,turned on,switch on,switched on,power on,powered on',
    '시작,활성화,재개,켰,켜졌,켜진,켜는,기동,신청',
    '켠,켜',
  ],
  [
    ['reboot'],
    'reboot,reboots,rebooted,rebooting,restart,restarts,restarted,restarting,bounce,bounced',
    '재부팅,재시작,리부트,리부팅',
    '',
  ],
  [
    ['create'],
    'create,creates,created,creating,creation,launch,launched,launching,make,made,making,provision,provisioned,register,registered,import,imported,allocate,allocated,add,added,adding,spin up,spun up,bring up,brought up',
    '생성,만들,만든,만드,띄우,띄웠,띄운,띄워,올리,올렸,올린,추가,등록,발급,런칭,생겼,생긴,생기,생겨',
    '',
  ],
  [
    ['change'],
    'change,changes,changed,changing,modify,modifies,modified,modifying,modification,modifications,update,updates,updated,updating,edit,edited,editing,touch,touched,alter,altered,set,replace,replaced,reconfigure,reconfigured,rotate,rotated,overwrite,overwrote,overwritten,tamper with,tampered with,messed with',
    '변경,수정,업데이트,바꾸,바꿨,바꾼,바꿔,바뀌,바뀐,바뀌었,바꼈,고치,고친,고쳤,건드리,건드린,건드렸,교체,덮어쓴,덮어썼',
    '',
  ],
  [
    ['attach'],
    'attach,attaches,attached,attaching,grant,grants,granted,granting,give,gave,given,gives,giving,assign,assigned,allow,allowed,associate,associated',
    '붙이,붙였,붙인,붙여,부여,할당,허용,연결,연관,줬',
    '준,줬어',
  ],
  [
    ['detach'],
    'detach,detaches,detached,detaching,revoke,revokes,revoked,revoking,unassign,unassigned,disassociate,disassociated,take away,took away,leave,leaves,left,leaving,quit',
    '분리,해제,회수,뗐,떼었,떼어,뺐,탈퇴,떠나,떠났',
    '뗀,뺀',
  ],
  [
    ['open'],
    'open,opens,opened,opening,expose,exposes,exposed,exposing',
    '오픈,개방,공개,열었,열어,열린,열렸,여는,노출',
    '연',
  ],
  [
    ['close'],
    'close,closes,closed,closing,block,blocked,blocking,lock down,locked down',
    '닫,닫았,닫은,막았,막은,막아,차단',
    '',
  ],
  [['share'], 'share,shares,shared,sharing,made available,make available', '공유', ''],
  [
    ['read'],
    'read,reads,reading,download,downloads,downloaded,downloading,view,viewed,get,fetch,fetched,retrieve,retrieved,retrieving,pull,pulls,pulled,pulling,access,accessed,accessing,decrypt,decrypted,decrypting,scan,scanned,scanning,dump,dumped',
    '조회,읽었,읽은,읽어,읽는,다운로드,다운받,받아간,받아갔,열람,복호화,가져간,가져갔,꺼내',
    '',
  ],
  [
    ['sign-in'],
    'login,logins,log in,log ins,logged in,logs in,logging in,sign in,sign ins,signed in,signs in,log into,logged into,signed into',
    '로그인,접속,들어온,들어왔',
    '',
  ],
  [
    ['assume'],
    'assume,assumes,assumed,assuming,assumption,assumptions,assume role,switch role,switched role',
    '맡았,맡은,맡는,역할 전환',
    '',
  ],
  [
    ['use'],
    'use,uses,used,using,usage,send,sends,sent,sending,invoke,invokes,invoked,invoking,call,calls,called,calling,run,runs,ran,execute,executed,executing',
    '사용,실행,호출,이용,보낸,보냈,보내,쓰였,쓰인,썼,쓴,쓰는',
    '',
  ],
];
