import type { ResponsePlace, ResponseUrls, Triggers } from './interactions.ts';
import type { Delivery } from './socket-mode.ts';
import type { ViewIds } from './view-ids.ts';
import { type Envelope, type Fields, fieldsOf, textOf } from './workspace.ts';

type Parts = {
  triggers: Triggers;
  responseUrls: ResponseUrls;
  viewIds: ViewIds;
  /** Sends to the bot. */
  deliver(envelope: Envelope): Promise<Delivery>;
  /** Says in the channel what the bot answered to a command or a click. */
  respond(place: ResponsePlace, answer: Fields): Promise<void>;
  /** Tells the person that the app did not take it. */
  failed(place: ResponsePlace, what: string): Promise<void>;
};

/** What the workspace has for the app, made as Slack sends it; returns what a modal is to do. */
export async function deliverAsSlack(envelope: Envelope, parts: Parts): Promise<unknown> {
  const { place, payload } = dressed(envelope.payload, parts);
  const toApp = { type: envelope.type, payload };
  if (envelope.type === 'events_api') {
    // The workspace need not wait: Slack repeats an event, whoever said the words is long done.
    void parts.deliver({ ...toApp, payload: escaped(payload) });
    return undefined;
  }
  const delivery = await parts.deliver(toApp);
  if (!delivery.acknowledged) {
    await parts.failed(place, textOf(payload.command) || 'That');
    return undefined;
  }
  const answer = fieldsOf(delivery.answer);
  if (answer.response_action) return answer;
  if (envelope.type === 'slash_commands' && (answer.text || answer.blocks))
    await parts.respond(place, answer);
  return undefined;
}

/** Triggers and response addresses become ours, so that they end when Slack's do. */
function dressed(payload: Fields, parts: Parts): { place: ResponsePlace; payload: Fields } {
  const message = textOf(fieldsOf(payload.message).ts);
  const place: ResponsePlace = {
    user: textOf(payload.user_id) || textOf(fieldsOf(payload.user).id),
    channel: textOf(payload.channel_id) || textOf(fieldsOf(payload.channel).id),
    ...(message && { message }),
  };
  return {
    place,
    payload: {
      ...payload,
      ...(payload.trigger_id
        ? { trigger_id: parts.triggers.wrap(textOf(payload.trigger_id)) }
        : {}),
      ...(payload.response_url ? { response_url: parts.responseUrls.issue(place) } : {}),
      ...(payload.container ? { container: container(payload) } : {}),
      ...(payload.view ? { view: parts.viewIds.outward(fieldsOf(payload.view)) } : {}),
    },
  };
}

/** local-slack calls no message ephemeral here. */
function container({ container, message }: Fields): Fields {
  return { ...fieldsOf(container), is_ephemeral: fieldsOf(message).subtype === 'ephemeral' };
}

/** Slack escapes & < > in what people type, except around the mentions that its own composer made. */
function escaped(payload: Fields): Fields {
  const event = fieldsOf(payload.event);
  if (typeof event.text !== 'string' || event.bot_id) return payload;
  return { ...payload, event: { ...event, text: escapeTyped(event.text) } };
}

function escapeTyped(text: string): string {
  return text
    .split(/(<(?:@[UW]|#C|!subteam\^S)[A-Z0-9]+(?:\|[^<>]*)?>)/)
    .map((part, index) =>
      index % 2
        ? part
        : part
            .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;'),
    )
    .join('');
}
