/**
 * What people call services of which they ask as a whole: “anything in Athena?”. A word that is also a thing
 * of the catalogue stays that thing, and words of everyday language (support, health, batch) are left out
 * unless a longer name tells them apart. Event source, then the words.
 */
const SERVICES: { [service: string]: string } = {
  acm: 'acm,certificate manager,aws certificate manager',
  amplify: 'amplify,aws amplify',
  apigateway: 'apigateway',
  appsync: 'appsync,aws appsync',
  athena: 'athena,amazon athena,aws athena,아테나',
  backup: 'aws backup',
  batch: 'aws batch',
  bedrock: 'bedrock,amazon bedrock,aws bedrock,베드락',
  ce: 'cost explorer,aws cost explorer',
  cloudshell: 'cloudshell,aws cloudshell,클라우드셸,클라우드쉘',
  codeartifact: 'codeartifact',
  codecommit: 'codecommit,코드커밋',
  codedeploy: 'codedeploy,코드디플로이',
  controltower: 'control tower,aws control tower,컨트롤 타워',
  datasync: 'datasync,aws datasync',
  detective: 'amazon detective,aws detective',
  directconnect: 'direct connect,다이렉트 커넥트',
  dms: 'dms,database migration service',
  ds: 'directory service,aws directory service',
  elasticbeanstalk: 'elastic beanstalk,beanstalk,빈스톡',
  elasticmapreduce: 'emr,amazon emr,elastic mapreduce',
  fsx: 'fsx,amazon fsx',
  glue: 'glue,aws glue,글루',
  inspector2: 'inspector,amazon inspector,aws inspector,인스펙터',
  kafka: 'msk,amazon msk',
  lakeformation: 'lake formation,레이크 포메이션',
  macie2: 'macie,amazon macie,메이시',
  mq: 'amazon mq',
  'network-firewall': 'network firewall,aws network firewall,네트워크 방화벽',
  'redshift-data': 'redshift data api',
  sagemaker: 'sagemaker,amazon sagemaker,세이지메이커',
  savingsplans: 'savings plans,세이빙스 플랜',
  scheduler: 'eventbridge scheduler',
  securitylake: 'security lake,amazon security lake',
  servicecatalog: 'service catalog,서비스 카탈로그',
  servicequotas: 'service quotas,서비스 할당량',
  ses: 'ses,amazon ses,simple email service',
  shield: 'aws shield',
  states: 'step functions,스텝 펑션',
  storagegateway: 'storage gateway',
  support: 'aws support',
  transfer: 'transfer family,aws transfer',
  workspaces: 'amazon workspaces,aws workspaces,workspaces,워크스페이스',
  xray: 'x-ray,aws x-ray',
};

/** Each service with the words for it, and the source that its events carry. */
export const SERVICE_WORDS: { source: string; words: string[] }[] = Object.entries(SERVICES).map(
  ([service, words]) => ({ source: `${service}.amazonaws.com`, words: words.split(',') }),
);
