import { nameOf, ROLES } from './name-of.ts';
import type { Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** “add X to Y” gives Y something, “remove X from Y” takes it away; alone they create and delete. */
export function verbsOf(units: Unit[]): Verb[] {
  const towards = units.some(
    (unit) =>
      is(unit, 'towards') ||
      (unit.is !== 'meaning' && /^에$/.test(unit.particle)) ||
      (unit.is === 'meaning' && /(?:에|그룹에|역할에|롤에)$/.test(unit.words)),
  );
  const permission = units.some((unit) => is(unit, 'permission'));
  const calls = units.some(
    (unit) => is(unit, 'activity', 'history') || (is(unit, 'verb') && /^calls?$/i.test(unit.words)),
  );
  const failed = units.some(
    (unit) => is(unit, 'outcome') && !['any', 'ok'].includes(unit.meaning.outcome),
  );
  const met =
    units.some((unit) => is(unit, 'error-code')) ||
    (failed && !units.some((unit) => is(unit, 'type') && !ROLES.includes(unit.meaning.type)));
  const membership = units.some(
    (unit) => is(unit, 'type') && MEMBERSHIP.includes(unit.meaning.type),
  );
  // “make the most changes”: the noun tells what was done.
  const told = units.some(
    (unit) =>
      is(unit, 'verb') && /^(?:changes|modifications|edits|updates|deletions)$/i.test(unit.words),
  );
  const says = (words: RegExp) => units.some((unit) => is(unit, 'verb') && words.test(unit.words));
  const shell = units.some((unit) => is(unit, 'type') && unit.meaning.type === 'ssm-session');
  const commands = units.some((one) => is(one, 'type') && one.meaning.type === 'command');
  const roles = units.some((one) => is(one, 'type') && one.meaning.type === 'iam-role');
  const keys = units.some(
    (one) => is(one, 'type') && ['access-key', 'login-profile'].includes(one.meaning.type),
  );
  const vanished = says(/^(?:disappear|vanish|go away|go missing)/i);
  const external = units.some((unit) => is(unit, 'external'));
  const gave = says(/^(?:g[ia]ve|given|grant)/i);
  const whereTo = units.some((unit) => is(unit, 'asked') && /^(?:where|어디)/i.test(unit.words));
  const address = units.some(
    (unit) =>
      (unit.is === 'span' && unit.kind === 'address') ||
      is(unit, 'ip') ||
      (is(unit, 'asked') && unit.meaning.group === 'address'),
  );
  return units.flatMap((unit, at): Verb[] => {
    if (is(unit, 'went')) return whereTo ? ['delete'] : [];
    if (!is(unit, 'verb')) return [];
    // “역할 받아간”: a role is taken on; nothing is read of it.
    if (/^(?:받아|가져)/.test(unit.words) && roles) return ['assume'];
    // “access keys handed out”: nothing is attached; they are made.
    if (keys && /^(?:hand|issued|given|발급|나눠)/i.test(unit.words)) return ['create'];
    // “pull 권한 준”, “gave read permission”: which permission it is, and what nobody did.
    if (is(units[at + 1], 'permission') && units.some((one) => one !== unit && is(one, 'verb')))
      return [];
    // “명령 날린”: sent, not deleted.
    if (/^(?:날|쏜|쐈)/.test(unit.words) && commands) return ['use'];
    // “get launched”, “getting access denied”: the other word tells what.
    if (
      /^(?:get|gets|getting|got)$/i.test(unit.words) &&
      is(units[at + 1], 'verb', 'outcome', 'anomaly')
    )
      return [];
    // “how many denials did bob get”: they were met, nothing was read.
    if (met && /^(?:get|gets|getting|got)$/i.test(unit.words)) return [];
    // “denied calls on KMS”: any call, not one that uses a key.
    if (/^calls$/i.test(unit.words) && is(units[at - 1], 'outcome')) return [];
    // Whoever “connects” by Session Manager opens a session.
    if (shell && unit.meaning.verbs.includes('sign-in')) return ['open'];
    // Whoever comes from an address need not have signed in.
    if ((address || whereTo) && /^접속|^들어/.test(unit.words)) return [];
    // “how many calls did bob make”.
    if (vanished && /^ma(?:k(?:e|es|ing)|de)$/i.test(unit.words)) return [];
    if (external && gave && /^access/i.test(unit.words)) return [];
    if ((calls || told) && /^mak(?:e|es|ing)$|^made$/i.test(unit.words)) return [];
    if ((permission || (membership && towards)) && /^(?:add|추가|넣|집어넣)/i.test(unit.words))
      return ['attach'];
    if (
      membership &&
      /^(?:remove|removing|제거|뺐|빼)/i.test(unit.words) &&
      (units.filter((one) => nameOf(one)).length > 1 ||
        // “removed a member from group admins”.
        units.some((one) => is(one, 'principal') && one.meaning.kind === 'user'))
    )
      return ['detach'];
    return unit.meaning.verbs;
  });
}

const MEMBERSHIP = [
  'group',
  'iam-group',
  'identity-center-group',
  'iam-policy',
  'iam-role',
  'iam-user',
  'layer',
];
