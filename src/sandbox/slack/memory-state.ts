import { randomUUID } from 'node:crypto';
import type { Seed } from './seed.ts';
import {
  type Block,
  type Envelope,
  type Fields,
  fieldsOf,
  type Happening,
  listOf,
  type Message,
  type Press,
  textOf,
} from './workspace.ts';

export type Place = { id: string; name: string; im: boolean; members: string[] };
export type Memory = ReturnType<typeof openMemory>;

/** What the workspace remembers, and what follows from a change for those who watch. */
export function openMemory(seed: Seed, now: () => number) {
  const places: Place[] = seed.channels.map((channel) => ({ ...channel, im: false }));
  const messages: Message[] = [];
  const listeners = new Set<(happening: Happening) => void>();
  const views: Fields[] = [];
  let last = 0;

  const happened = (happening: Happening) => {
    for (const listener of listeners) listener(happening);
  };

  /** Microseconds since 1970 as seconds, never the same twice. */
  function stamp(): string {
    last = Math.max(last + 1, now() * 1000);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  }

  function dm(user: string): Place {
    const known = places.find(({ im, members }) => im && members.includes(user));
    if (known) return known;
    const members = [user, seed.app.user];
    const place = { id: `D0${user.slice(1)}`, name: `dm-${user}`, im: true, members };
    places.push(place);
    return place;
  }

  const signature = (): Fields => ({
    token: 'sandbox',
    team_id: seed.team.id,
    api_app_id: seed.app.id,
    is_enterprise_install: false,
  });

  const withView = (view: unknown): Fields => {
    const id = `V${randomUUID().slice(0, 8).toUpperCase()}`;
    const hash = `${now()}.${randomUUID().slice(0, 8)}`;
    return {
      ...fieldsOf(view),
      id,
      hash,
      root_view_id: id,
      app_id: seed.app.id,
      state: { values: {} },
    };
  };

  return {
    seed,
    places,
    listeners,
    views,
    stamp,
    dm,
    signature,
    nameOf: (user: string) => seed.people.find(({ id }) => id === user)?.name ?? user,
    channelOf(channel: string, user: string): Place | undefined {
      if (channel === user || /^[UW]/.test(channel)) return dm(channel);
      return places.find(({ id, name }) => id === channel || `#${name}` === channel);
    },
    list: (channel: string) => messages.filter((message) => message.channel === channel),
    find: (channel: string, ts: string) =>
      messages.find((message) => message.channel === channel && message.ts === ts),
    add(place: Place, content: Fields): Message {
      const message: Message = {
        ...content,
        type: 'message',
        ts: stamp(),
        channel: place.id,
        text: textOf(content.text),
      };
      messages.push(message);
      happened({ what: 'message', message });
      return message;
    },
    change(message: Message, content: Fields): Message {
      Object.assign(message, content, { edited: { user: message.user, ts: stamp() } });
      happened({ what: 'changed', message });
      return message;
    },
    remove(message: Message): void {
      messages.splice(messages.indexOf(message), 1);
      happened({ what: 'deleted', channel: message.channel, ts: message.ts });
    },
    react(message: Message, name: string, user: string, present: boolean): void {
      const others = listOf(message.reactions).filter((reaction) => reaction.name !== name);
      const same = listOf(message.reactions).find((reaction) => reaction.name === name);
      const users = (Array.isArray(same?.users) ? same.users : []).filter((one) => one !== user);
      if (present) users.push(user);
      message.reactions = users.length ? [...others, { name, users, count: users.length }] : others;
    },
    openView(view: unknown): Fields {
      const opened = withView(view);
      views.push(opened);
      happened({ what: 'view', stack: [...views] });
      return opened;
    },
    replaceView(id: string, view: unknown): Fields | undefined {
      const at = views.findIndex((one) => one.id === id);
      if (at < 0) return undefined;
      const replaced = { ...withView(view), id };
      views.splice(at, 1, replaced);
      happened({ what: 'view', stack: [...views] });
      return replaced;
    },
    /** What the app's answer to a submission does with the modal. */
    afterSubmission({ response_action, errors, view }: Fields): void {
      if (response_action === 'errors') {
        happened({ what: 'view-errors', errors: fieldsOf(errors) });
        return;
      }
      if (response_action === 'push') views.push(withView(view));
      else if (response_action === 'update') views.splice(-1, 1, withView(view));
      else if (response_action === 'clear') views.splice(0);
      else views.pop();
      happened({ what: 'view', stack: [...views] });
    },
    wrapped(event: Fields): Fields {
      const authorization = { team_id: seed.team.id, user_id: seed.app.user, is_bot: true };
      return {
        ...signature(),
        event,
        type: 'event_callback',
        event_id: `Ev${randomUUID().slice(0, 8).toUpperCase()}`,
        event_time: Math.floor(now() / 1000),
        authorizations: [{ enterprise_id: null, is_enterprise_install: false, ...authorization }],
        is_ext_shared_channel: false,
      };
    },
  };
}

/** The events of something said: the message itself, and the mention when the bot is named. */
export function messageEvents(message: Message, place: Place, state: Memory): Envelope[] {
  const { ts, user, text, channel, thread_ts } = message;
  const words = { user, text, ts, channel, event_ts: ts, ...(thread_ts && { thread_ts }) };
  const told = { type: 'message', ...words, channel_type: place.im ? 'im' : 'channel' };
  const named = !place.im && text.includes(`<@${state.seed.app.user}>`);
  return [told, ...(named ? [{ type: 'app_mention', ...words }] : [])].map((event) => ({
    type: 'events_api',
    payload: state.wrapped(event),
  }));
}

/** A click as Slack tells it. */
export function actionPayload(press: Press, state: Memory): Fields {
  const message = state.find(press.channel, press.message);
  const place = state.channelOf(press.channel, press.user);
  return {
    ...state.signature(),
    type: 'block_actions',
    team: { id: state.seed.team.id, domain: state.seed.team.domain },
    user: { id: press.user, name: state.nameOf(press.user), team_id: state.seed.team.id },
    container: {
      type: 'message',
      message_ts: press.message,
      channel_id: press.channel,
      is_ephemeral: message?.subtype === 'ephemeral',
    },
    channel: { id: press.channel, name: place?.name ?? press.channel },
    ...(message && { message }),
    state: { values: {} },
    response_url: 'here',
    trigger_id: randomUUID(),
    actions: [{ ...press.element, block_id: press.block, action_ts: state.stamp() }],
  };
}

/** A submission with a value for every input, empty ones as null (docs.slack.dev, view payloads). */
export function viewSubmission(view: Fields, user: string, values: Fields, state: Memory): Fields {
  const inputs = listOf(view.blocks).filter(({ type }) => type === 'input') as Block[];
  const filled = inputs.map(({ block_id, element }) => {
    const { action_id, type } = fieldsOf(element);
    const given = fieldsOf(values[textOf(block_id)])[textOf(action_id)];
    return [block_id, { [textOf(action_id)]: given ?? { type, value: null } }];
  });
  return {
    ...state.signature(),
    type: 'view_submission',
    team: { id: state.seed.team.id, domain: state.seed.team.domain },
    user: { id: user, name: state.nameOf(user), team_id: state.seed.team.id },
    trigger_id: randomUUID(),
    view: { ...view, state: { values: Object.fromEntries(filled) } },
    response_urls: [],
  };
}
