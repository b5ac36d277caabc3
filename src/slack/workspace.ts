/** Is a delivery of our own workspace? An app may be installed in several, and hears all of them. */
import { z } from 'zod';

export type Workspace = { team_id: string; enterprise_id?: string | null | undefined };

const Id = z.string().nullish();
const Named = z.object({ id: z.string() }).nullish();

/** Where the kinds of deliveries say whose they are. */
const Delivery = z.object({
  team_id: Id,
  team: Named,
  enterprise_id: Id,
  enterprise: Named,
  view: z.object({ team_id: Id }).nullish(),
});

/**
 * True where everything that a delivery says of its workspace names ours, or our organization of
 * workspaces: who may do what is asked of Slack afterwards. What says nothing is not ours.
 */
export function isOfWorkspace(body: unknown, own: Workspace): boolean {
  const parsed = Delivery.safeParse(body);
  if (!parsed.success) return false;
  const { team_id, team, enterprise_id, enterprise, view } = parsed.data;
  const known = (ids: (string | null | undefined)[]) => ids.filter((id) => id != null);
  const teams = known([team_id, team?.id, view?.team_id]);
  if (teams.length > 0 && teams.every((id) => id === own.team_id)) return true;
  const organizations = known([enterprise_id, enterprise?.id]);
  return organizations.length > 0 && organizations.every((id) => id === own.enterprise_id);
}
