import { eventsFrom, spelt } from './catalogue/known-events.ts';
import { ERROR_CODE } from './error-code.ts';
import { isPrincipal } from './name-of.ts';
import type { Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** Words that mean something else beside another: “the admin role” is called so. */
export function inPlace(units: Unit[]): Unit[] {
  const gives = units.some(
    (unit) =>
      is(unit, 'permission') ||
      (is(unit, 'verb') && unit.meaning.verbs.some((verb) => GIVING.includes(verb))),
  );
  return unbound(units).map((unit, at, units): Unit => {
    // “deletion of a config rule”: the rule itself; what breaks one is asked otherwise.
    if (
      is(unit, 'rule') &&
      /config.*(?:rule|룰|규칙)|컨피그 ?룰/i.test(unit.words) &&
      switches(units)
    )
      return { ...unit, meaning: { says: 'type', type: 'config-rule' } };
    // “switched off config”: the recorder; a rule of Config is broken, not switched off.
    if (is(unit, 'rule') && /config|컨피그/i.test(unit.words) && switches(units))
      return { ...unit, meaning: { says: 'type', type: 'config-recorder' } };
    if (is(unit, 'rule') && /^config$|컨피그/i.test(unit.words) && still(units))
      return { ...unit, meaning: { says: 'property', property: 'configuration' } };
    // “changed the account name”: it is what was changed, and not what is asked for.
    if (isAccountName(unit) && changes(units))
      return { ...unit, meaning: { says: 'type', type: 'account-contact' } };
    // “key policy”, and keys whose id looks like an event's: those of KMS.
    if (is(unit, 'type') && unit.meaning.type === 'access-key' && isKmsKey(units, at))
      return { ...unit, meaning: { says: 'type', type: 'key' } };
    if (unit.is === 'word' && ERROR_CODE.test(unit.words))
      return {
        is: 'meaning',
        meaning: { says: 'error-code', code: unit.words },
        words: unit.words,
      };
    if (unit.is === 'word' && isAction(unit.words))
      return { is: 'meaning', meaning: { says: 'refused', why: 'action' }, words: unit.words };
    // “the SSH key that was sent by the serial console”: one kind, told in two words.
    if (isOf(unit, 'ssh-public-key') && units.some((one) => isOf(one, 'serial-console')))
      return {
        is: 'meaning',
        meaning: { says: 'type', type: 'serial-console-key' },
        words: wordOf(unit),
      };
    if (isOf(unit, 'serial-console') && units.some((one) => isOf(one, 'ssh-public-key')))
      return { is: 'meaning', meaning: { says: 'nothing' }, words: wordOf(unit) };
    // “acl-… 룰”, “an entry to acl-…”: those of the network ACL that is named.
    if (isEntryWord(unit) && ofAcl(units))
      return {
        is: 'meaning',
        meaning: { says: 'type', type: 'network-acl-entry' },
        words: wordOf(unit),
      };
    // “eks beta-fish cluster”: the kind was said before the name.
    if (unit.is === 'word' && /^(?:clusters?|클러스터)$/i.test(unit.words) && ofClusters(units))
      return { is: 'meaning', meaning: { says: 'nothing' }, words: unit.words };
    // “deployed lambda code”: created or changed, whichever it was. Of a bucket nobody says so.
    if (unit.is === 'word' && DEPLOYING.test(unit.words) && units.some(isDeployed))
      return {
        is: 'meaning',
        meaning: { says: 'verb', verbs: ['create', 'change'] },
        words: unit.words,
      };
    // “비준수 리소스 뭐가 남았어”: of how things are, what is left is what there is.
    if (unit.is === 'word' && /^남(?:았|은|아)/.test(unit.words) && units.some(isState))
      return { is: 'meaning', meaning: { says: 'nothing' }, words: unit.words };
    // “s3 deletes”: of anything in the service, and not of buckets alone.
    if (is(unit, 'type') && /^s3$/i.test(unit.words) && isDeedNoun(units[at + 1]))
      return { ...unit, meaning: { says: 'service', source: 's3.amazonaws.com' } };
    // “who reduced retention”: said of a thing by somebody; numbers of calls rise and fall by themselves.
    if (unit.is === 'word' && RESIZING.test(unit.words) && isResized(units))
      return { is: 'meaning', meaning: { says: 'verb', verbs: ['change'] }, words: unit.words };
    // “the console password” is not changed by way of the console.
    if (is(unit, 'via') && unit.meaning.via === 'console' && isPassword(units[at + 1]))
      return { ...unit, meaning: { says: 'nothing' } };
    // “수상한 호출 없었나요?” asks whether there were any.
    if (is(unit, 'refused') && POLITELY.test(unit.words) && endsAt(units, at))
      return { ...unit, meaning: { says: 'nothing' } };
    // “allowed 3306 from anywhere”.
    if (unit.is === 'word' && /^\d{2,5}$/.test(unit.words) && isLetIn(units, at))
      return {
        is: 'span',
        kind: 'port',
        value: unit.words,
        words: unit.words,
        particle: unit.particle,
      };
    // `AdministratorAccess` is what the policy is called.
    if (is(unit, 'admin') && /^(?:[A-Z][a-z]+){2}$/.test(unit.words))
      return { is: 'word', words: unit.words, named: true, particle: '' };
    const group =
      [units[at - 1], units[at + 1]].some(
        (one) => is(one, 'type') && /group$|^permission-set$/.test(one.meaning.type),
      ) || isRole(units[at + 1]);
    if (is(unit, 'admin') && group && /^[a-z]+$/i.test(unit.words))
      return { is: 'word', words: unit.words, named: true, particle: '' };
    if (gives) return unit;
    const around = [units[at - 1], units[at + 1]];
    const beside = around.some((one) => isPrincipal(one));
    return is(unit, 'admin') && beside && /^[a-z]+$/i.test(unit.words)
      ? { is: 'word', words: unit.words, named: true, particle: '' }
      : unit;
  });
}

/** “by role deploy-bot”: nothing is grouped where somebody is named. */
function unbound(units: Unit[]): Unit[] {
  return units.flatMap((unit, at): Unit[] => {
    const next = units[at + 1];
    const kind = is(unit, 'per') ? /^by (?:iam )?(role|user)$/i.exec(unit.words)?.[1] : undefined;
    const named = next?.is === 'word' || (next?.is === 'span' && next.kind !== 'time');
    if (!kind || !named) return [unit];
    const by: Unit = { is: 'meaning', meaning: { says: 'by' }, words: 'by' };
    const role: Unit = {
      is: 'meaning',
      meaning: { says: 'type', type: 'iam-role' },
      words: 'role',
    };
    const user: Unit = {
      is: 'meaning',
      meaning: { says: 'principal', kind: 'user' },
      words: 'user',
    };
    return [by, kind.toLowerCase() === 'role' ? role : user];
  });
}

function switches(units: Unit[]): boolean {
  const broken = units.some((unit) => is(unit, 'compliance', 'property'));
  return (
    !broken &&
    units.some(
      (unit) =>
        is(unit, 'verb') &&
        unit.meaning.verbs.some((verb) => ['stop', 'start', 'delete'].includes(verb)),
    )
  );
}

/** `iam:PassRole`, `s3:PutEncryptionConfiguration`: permissions that no event is called after. */
function isAction(words: string): boolean {
  const [, service = '', action = ''] = /^([a-z][a-z0-9-]+):([A-Z][A-Za-z]+)$/.exec(words) ?? [];
  if (words === 'PassRole') return true;
  return action !== '' && eventsFrom(`${service}.amazonaws.com`).length > 0 && !spelt(action);
}

/** “account name”, “계정 이름”: something that is asked for, or that was changed. */
export function isAccountName(unit: Unit): unit is Unit & { is: 'meaning' } {
  return is(unit, 'asked') && /^account name$|^계정 이름/i.test(unit.words);
}

export function changes(units: Unit[]): boolean {
  return units.some((unit) => is(unit, 'verb') && unit.meaning.verbs.includes('change'));
}

function isOf(unit: Unit, type: string): boolean {
  return is(unit, 'type') && unit.meaning.type === type;
}

/** “rule”, “entry”. */
function isEntryWord(unit: Unit): boolean {
  return (
    is(unit, 'rule') || (unit.is === 'word' && /^(?:entry|entries|엔트리|항목)$/i.test(unit.words))
  );
}

function ofAcl(units: Unit[]): boolean {
  return units.some(
    (unit) => unit.is === 'span' && unit.kind === 'id' && /^acl-/i.test(unit.value),
  );
}

const wordOf = (unit: Unit): string => (unit.is === 'span' ? unit.value : unit.words);

function ofClusters(units: Unit[]): boolean {
  return units.some((unit) => is(unit, 'type') && /^e[ck]s-cluster$/.test(unit.meaning.type));
}

const DEPLOYING = /^(?:re)?deploy(?:s|ed|ing|ments?)?$/i;

/** What new versions are brought to. */
function isDeployed(unit: Unit): boolean {
  return (
    is(unit, 'type') &&
    ['function', 'function-code', 'stack', 'ecs-service', 'task-definition'].includes(
      unit.meaning.type,
    )
  );
}

function isDeedNoun(unit: Unit | undefined): boolean {
  return is(unit, 'verb') && /^(?:deletes?|deletions|writes?)$/i.test(unit.words);
}

function isState(unit: Unit): boolean {
  return is(unit, 'compliance', 'property', 'public');
}

const RESIZING = /^(?:reduced|lowered|raised|increased|decreased|extended|bumped)$/i;

function isResized(units: Unit[]): boolean {
  return (
    units.some((unit) => is(unit, 'who')) &&
    units.some((unit) => is(unit, 'type')) &&
    !units.some((unit) => is(unit, 'verb', 'outcome', 'count', 'rank', 'per'))
  );
}

function isPassword(unit: Unit | undefined): boolean {
  return is(unit, 'type') && unit.meaning.type === 'login-profile';
}

function isRole(unit: Unit | undefined): boolean {
  return is(unit, 'type') && unit.meaning.type === 'iam-role';
}

function still(units: Unit[]): boolean {
  return units.every((unit) => !is(unit, 'compliance', 'verb', 'became', 'cause'));
}

function isKmsKey(units: Unit[], at: number): boolean {
  const unit = units[at];
  if (unit?.is !== 'meaning' || !/^(?:keys?|키)/i.test(unit.words)) return false;
  const next = units[at + 1];
  return (
    (is(next, 'type') && next.meaning.type === 'iam-policy') ||
    units.some((one) => one.is === 'span' && one.kind === 'event-id')
  );
}

/** Nothing but “봐줘”, “확인해줘” follows. */
function endsAt(units: Unit[], at: number): boolean {
  return units.slice(at + 1).every((unit) => is(unit, 'nothing'));
}

/** Only as the last word: “MFA 없는 로그인” says that something was not there. */
const POLITELY = /^없(?:었)?(?:나|나요|니|냐|지|죠|습니까|을까|을까요|는지|는지요|어요)$/;

/** “allowed 3306”, “5432 open한 SG”. */
function isLetIn(units: Unit[], at: number): boolean {
  const next = units[at + 1];
  const opened = is(next, 'verb') && next.meaning.verbs.includes('open') && units.some(isGroup);
  return letsIn(units[at - 1]) || opened;
}

function isGroup(unit: Unit): boolean {
  return is(unit, 'type') && unit.meaning.type.startsWith('security-group');
}

function letsIn(unit: Unit | undefined): boolean {
  return (
    is(unit, 'verb') && unit.meaning.verbs.some((verb) => verb === 'open' || verb === 'attach')
  );
}

const GIVING: Verb[] = ['attach', 'create', 'change', 'detach', 'open', 'share'];
