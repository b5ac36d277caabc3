import type { CloudTrailEvent } from '../core/evidence/event.ts';
import type { Issued } from '../core/evidence/person.ts';
import { type Users, userKey } from '../core/evidence/users.ts';
import type { World } from './answers/world.ts';
import { issuers } from './issuers.ts';

/** What is needed to name the people behind events: the links between calls, and users by their ids. */
export type Behind = { issued: Issued; users: Users };

/** Follows these events back to people, through sessions, accounts and the identity store. */
export async function peopleBehind(
  events: CloudTrailEvent[],
  { sources, people }: Pick<World, 'sources' | 'people'>,
): Promise<Behind> {
  const issued = await issuers(events, sources, people && (() => people.home()));
  const met = [...events, ...[...issued.values()].flatMap(({ events: some }) => some)];
  return { issued, users: await usersIn(met, people) };
}

/** The users whom these events name by id alone; events since 14 July 2025 know no other name. */
async function usersIn(events: CloudTrailEvent[], people: World['people']): Promise<Users> {
  if (!people) return new Map();
  const refs = new Map(
    events.flatMap(({ caller: { onBehalfOf, userName } }) =>
      onBehalfOf && !userName ? [[userKey(onBehalfOf), onBehalfOf] as const] : [],
    ),
  );
  return new Map(
    await Promise.all(
      [...refs].map(
        async ([key, { userId, identityStoreArn }]) =>
          [key, await people.describe(userId, identityStoreArn)] as const,
      ),
    ),
  );
}
