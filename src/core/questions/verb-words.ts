import type { Verb } from './plan.ts';

/**
 * How people say each verb: English phrases, Korean stems that endings may follow, and Korean words of
 * one syllable, which are verbs only as whole words (reference: questions, 2.2).
 */
export const VERB_WORDS: [verbs: Verb[], english: string, korean: string, whole: string][] = [
  [
    ['delete'],
    'delete,deletes,deleted,deleting,deletion,remove,removes,removed,removing,removal,terminate,terminates,terminated,terminating,termination,destroy,destroys,destroyed,destroying,drop,dropped,kill,killed,nuke,nuked,wipe,wiped,purge,purged,erase,erased,deregister,deregistered,release,released,disappear,disappeared,vanished,gone,get rid of,got rid of,tear down,tore down,torn down,take down,took down,blow away,blew away,go away,went away,goes away,go missing,went missing,gone missing,scrap,scrapped,trash,trashed,zap,zapped,decommission,decommissioned,axe,axed,yank,yanked,clean up,cleaned up,delete off,deletes,schedule deletion,scheduled deletion,schedule deletion of,scheduled deletion of,scheduled the deletion of,undo,trash,bin,binned,obliterate,obliterated,rm,rmd,deleted off',
    '삭제,제거,딜리트,소멸,말소,청소,터미네이트,반납,해지,폐기,지우,지웠,지운,지워,지울,없애,없앴,없앤,사라졌,사라진,사라져,사라지,없어졌,없어진,없어져,없어지,지워졌,지워진,삭제됐,날리,날렸,날린,날려,날라,날려먹,드랍,드롭,터뜨린,밀어버,밀었,밀어,뽀갠',
    '',
  ],
  [
    ['delete', 'stop'],
    'bring down,brought down,take offline,took offline,die,died,dead,dies,went down,go down,goes down',
    '종료,내리,내렸,내린,내려,죽었,죽은,죽어,죽인,죽였,죽이',
    '죽',
  ],
  [
    ['stop'],
    'stop,stops,stopped,deactivation,deactivations,disablement,stopping,disable,disables,disabled,disabling,pause,paused,suspend,suspended,deactivate,deactivated,shut down,shutdown,turn off,turned off,turning off,switch off,switched off,power off,powered off,turns off,switches off,shuts down,shutting down,shut off,shuts off,power down,powered down,powering down,halt,halted,kick off line,mute,muted,silence,silenced,deactivates',
    '중지,정지,중단,멈추,멈췄,멈춘,멈춰,비활성화,비활성,스탑,스톱,꺼졌,꺼진,꺼지,꺼져,껐,끄는,끄고,껐는,꺼주,꺼줘,셧다운,세웠,세운,디스에이블,해제시',
    '끈,껐어,꺼',
  ],
  [
    ['start'],
    'start,starts,started,starting,enable,enables,enabled,enabling,resume,resumed,activate,activated,turn on,turned on,switch on,switched on,power on,powered on,turns on,boot,booted,boot up,booted up,fire up,fired up,start up,started up,bring back up,re enabled,re enable',
    '시작,활성화,재개,켰,켜졌,켜진,켜져,켜지,켜는,켜고,켜주,켜줘,기동,신청,스타트,가동,구동',
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
    'create,creates,created,creating,creation,launch,launched,launching,make,made,making,provision,provisioned,register,registered,import,imported,restore,restored,restoring,allocate,allocated,add,added,adding,spin up,spun up,bring up,brought up,spawn,spawned,spawning,stand up,stood up,set up,spin up,spins up,spinning up,issue,issued,issuing,generate,generated,mint,minted,creates,launches,appear,appeared,appears,add up,enroll,enrolled,born',
    '생성,만들,만든,만드,띄우,띄웠,띄운,띄워,올리,올렸,올린,추가,등록,발급,런칭,런치,복원,복구,생겼,생긴,생기,생겨,만듦,만듬,개설,신설,넣은,넣었,넣어,집어넣,넣으려,올려,프로비저닝,찍어낸',
    '',
  ],
  [
    ['change'],
    'change,changes,changed,changing,modify,modifies,modified,modifying,modification,modifications,update,updates,updated,updating,edit,edited,editing,touch,touched,alter,altered,set,replace,replaced,reconfigure,reconfigured,rotate,rotated,overwrite,overwrote,overwritten,tamper with,tampered with,tampering with,tamper,tampered,tampering,messing with,messing,mess with,messed with,messed up,fiddle with,fiddled with,tweak,tweaked,adjust,adjusted,amend,amended,rewrite,rewrote,rewritten,reset,resize,resized,configured,play with,played with,touch,touches,touching,altering',
    '변경,수정,바뀜,업데이트,바꾸,바꿨,바꾼,바꿔,바뀌,바뀐,바뀌었,바꼈,고치,고친,고쳤,건드리,건드린,건드렸,건드려,건든,손댄,손댔,손 댄,손 댔,손본,손봤,만진,만졌,만지,교체,덮어쓴,덮어썼,조작,변조,재설정,리셋,조정,갱신,편집,뜯어고친,바뀐,변경된,변경됐',
    '',
  ],
  [
    ['attach'],
    'attach,attaches,attached,attaching,grant,grants,granted,granting,give,gave,given,gives,giving,assign,assigned,allow,allowed,associate,associated,bind,bound,hand out,handed out,hand over,handed,handing,elevate,elevated,promote,promoted,bestow,link,linked,push,pushed,pushing,send,sends,sent,sending,inject,injected,injecting',
    '붙이,붙였,붙인,붙여,부여,할당,밀어넣,밀어 넣,허용,연결,연관,줬,주었,주어,주는,부착,달았,달아,추가로 준,승격,보낸,보냈,보내,전송,주입,심은,심었,푸시,넣어준,넣어줬,허가',
    '준,줬어,단',
  ],
  [
    ['detach'],
    'detach,detaches,detached,detaching,revoke,revokes,revoked,revoking,unassign,unassigned,disassociate,disassociated,take away,took away,strip,stripped,unlink,unlinked,leave,leaves,left,leaving,quit',
    '분리,해제,회수,박탈,뗐,떼었,떼어,떼간,뺐,뺏,빼앗,탈퇴,떠나,떠났,끊은,끊었,푼,풀었,나간,나갔',
    '뗀,뺀',
  ],
  [
    ['open'],
    'open,opens,opened,opening,expose,exposes,exposed,exposing,exposure,open up,opened up,opening up,widen,widened,unblock,unblocked,unlock,unlocked,publicize,publicized',
    '오픈,개방,공개,열었,열어,열린,열렸,열려,여는,노출,뚫은,뚫었,뚫린,뚫렸,개방된,오픈된,풀어놓,열어놨,열어 놓,열어 둔,열어둔',
    '연',
  ],
  [
    ['close'],
    'close,closes,closed,closing,block,blocked,blocking,lock down,locked down,restrict,restricted,lock,locked,shut the port',
    '닫,닫았,닫은,막았,막은,막아,차단',
    '',
  ],
  [
    ['share'],
    'share,shares,shared,sharing,made available,make available,sharing with,expose to,copy to',
    '공유,쉐어,쉐어링',
    '',
  ],
  [
    ['read'],
    'read,reads,reading,download,downloads,downloaded,downloading,view,viewed,get,fetch,fetched,retrieve,retrieved,retrieving,pull,pulls,pulled,pulling,access,accessed,accessing,decrypt,decrypted,decrypting,scan,scanned,scanning,scans,dump,dumped,dumping,peek at,peeked at,look at,looked at,look into,looked into,exfiltrate,exfiltrated,grab,grabbed,steal,stole,stolen,query,queried,querying,gets,getting,got,fetches,fetching,downloading,open file,list objects,opened file',
    '조회,읽었,읽은,읽어간,읽어갔,읽어,읽는,다운로드,다운받,받아간,받아갔,열람,복호화,가져간,가져갔,가져가,꺼내,꺼낸,빼간,빼갔,빼낸,빼냈,내려받,내려 받,다운 받,다운,본 사람,봤는,들여다본,들여다봤,엿본,훔친,훔쳐,유출,퍼간,퍼갔,스캔,쿼리,덤프,리드,뽑아간,뽑은,긁어간,받은 사람,열어본,열어봤',
    '',
  ],
  [
    ['sign-in'],
    'login,logins,log in,log ins,logged in,logs in,logging in,sign in,sign ins,signed in,signs in,log into,logged into,signed into,log on,logged on,logs on,log onto,logged onto,sign into,signing in,signon,sign on,signed on,signins,logon,logons,get into,got into,console access,authenticated,authenticate',
    '로그인,로긴,로그온,접속,들어온,들어왔,들어간,들어갔,들어가,사인인,싸인인',
    '',
  ],
  [
    ['assume'],
    'assume,assumes,assumed,assuming,assumption,assumptions,assume role,switch role,switched role,switch roles,switched roles,switch to role,switching role,switching roles,role switch,role switches,role chaining,assumes,take on,took on,impersonate,impersonated,switched over to,switched to',
    '맡았,맡은,맡는,맡고,역할 전환,역할전환,역할을 바꾼,역할 스위치,롤 스위치,스위치 롤,스위치롤,어슘,어쓤,갈아탄,갈아탔,스위치,스위칭,assume,assume role',
    '',
  ],
  [
    ['use'],
    'use,uses,used,using,usage,send,sends,sent,sending,invoke,invokes,invoked,invoking,call,calls,called,calling,run,runs,ran,execute,executed,executing,utilise,utilised,utilize,utilized,leverage,leveraged,employ,employed,usages,hit,hits,hitting,make use of,made use of,touch off',
    '사용,실행,호출,이용,보낸,보냈,보내,쓰였,쓰인,쓰인거,쓰이,썼,쓴,쓰는,쓰고,써,활용,돌린,돌렸,구동한,콜,부른,불렀,불린,불렸,쓸',
    '',
  ],
];
