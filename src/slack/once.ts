/** What makes two deliveries the same request. Slack delivers at least once, and people click twice. */
import { z } from 'zod';

const Delivery = z.object({
  team_id: z.string().optional(),
  event_id: z.string().optional(),
  trigger_id: z.string().optional(),
  event: z
    .object({
      type: z.string(),
      channel: z.unknown(),
      ts: z.unknown(),
      channel_type: z.string(),
      subtype: z.string(),
    })
    .partial()
    .optional(),
  actions: z.array(z.object({ action_ts: z.string().optional() })).optional(),
});

/**
 * The key of one request; null for a delivery that carries none. What was said is known by its place and
 * time rather than by `event_id`: one message may arrive as `app_mention` and as `message`.
 */
export function deliveryKey(body: unknown): string | null {
  const parsed = Delivery.safeParse(body);
  if (!parsed.success) return null;
  const { team_id = '', event, event_id, trigger_id, actions } = parsed.data;
  if (event && isOverheard(event)) return null;
  if (typeof event?.channel === 'string' && typeof event.ts === 'string') {
    return `said:${team_id}:${event.channel}:${event.ts}`;
  }
  if (event_id !== undefined) return `event:${event_id}`;
  if (trigger_id === undefined) return null;
  return `trigger:${trigger_id}:${actions?.[0]?.action_ts ?? ''}`;
}

/** A message that is no question to us must not use up the key of the mention that is the same message. */
function isOverheard({ type, channel_type, subtype }: { [field: string]: unknown }): boolean {
  return type === 'message' && (channel_type !== 'im' || subtype !== undefined);
}
