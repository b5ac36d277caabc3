import type { Heard } from './heard.ts';
import type { Plan } from './plan.ts';
import { is } from './unit.ts';

type Setting = {
  type: string;
  names: string[];
  off: string[];
  on: string[];
  /** What the request says, where one call switches both ways. */
  parameter: { name: string; on: string; off: string } | null;
};

/** Settings of things that are switched on and off by calls of their own. */
const SETTINGS: Record<string, Setting[]> = {
  versioning: [
    {
      type: 'bucket',
      names: ['PutBucketVersioning'],
      off: ['PutBucketVersioning'],
      on: ['PutBucketVersioning'],
      parameter: { name: 'Status', on: 'Enabled', off: 'Suspended' },
    },
  ],
  encryption: [
    {
      type: 'bucket',
      names: ['PutBucketEncryption', 'DeleteBucketEncryption'],
      off: ['DeleteBucketEncryption'],
      on: ['PutBucketEncryption'],
      parameter: null,
    },
    {
      type: 'volume',
      names: ['EnableEbsEncryptionByDefault', 'DisableEbsEncryptionByDefault'],
      off: ['DisableEbsEncryptionByDefault'],
      on: ['EnableEbsEncryptionByDefault'],
      parameter: null,
    },
  ],
};

/** “who turned off versioning on …”: the calls that do so, and what they must say. null: no such setting. */
export function settingMeant(
  { units, verbs }: Heard,
  types: string[],
): Pick<Plan, 'verbs' | 'resourceType' | 'eventNames' | 'content'> | null {
  const property = units.find((unit) => is(unit, 'property'));
  if (!is(property, 'property') || verbs.length === 0) return null;
  const settings = SETTINGS[property.meaning.property] ?? [];
  const setting =
    types.length === 0 ? settings[0] : settings.find(({ type }) => types.includes(type));
  if (!setting) return null;
  const every = (...some: string[]) => verbs.every((verb) => some.includes(verb));
  const way = every('stop', 'delete', 'detach')
    ? 'off'
    : every('start', 'attach', 'create')
      ? 'on'
      : null;
  if (way === null && !every('change', 'start', 'stop')) return null;
  const { parameter } = setting;
  return {
    verbs,
    resourceType: setting.type,
    eventNames: way === null ? setting.names : setting[way],
    content:
      parameter && way !== null
        ? { kind: 'parameter', name: parameter.name, value: parameter[way] }
        : null,
  };
}
