import type { Memory, Place } from './memory-state.ts';
import { granted, refused } from './stage.ts';
import { type Answer, type Fields, fieldsOf, textOf } from './workspace.ts';

/** The methods of the Web API that a conversation needs, on the workspace in memory. */
export const memoryMethods: { [method: string]: (args: Fields, state: Memory) => Answer } = {
  'auth.test': (_args, { seed }) =>
    granted({
      url: `https://${seed.team.domain}.slack.example/`,
      team: seed.team.name,
      team_id: seed.team.id,
      user: seed.app.name,
      user_id: seed.app.user,
      bot_id: seed.app.botId,
      is_enterprise_install: false,
    }),
  'team.info': (_args, { seed }) => granted({ team: seed.team }),
  'bots.info': (_args, { seed: { app } }) =>
    granted({ bot: { id: app.botId, name: app.name, app_id: app.id, user_id: app.user } }),
  'chat.postMessage': inPlace((place, args, state) => {
    const message = state.add(place, fromBot(args, state));
    return granted({ channel: place.id, ts: message.ts, message });
  }),
  'chat.postEphemeral': inPlace((place, args, state) => {
    const only = { subtype: 'ephemeral', ephemeral_to: args.user };
    return granted({ message_ts: state.add(place, { ...fromBot(args, state), ...only }).ts });
  }),
  'chat.update': inPlace((place, args, state) => {
    const message = state.find(place.id, textOf(args.ts));
    if (!message) return refused('message_not_found');
    const { text, blocks } = args;
    state.change(message, { text: textOf(text), blocks });
    return granted({ channel: place.id, ts: message.ts, text: message.text, message });
  }),
  'chat.delete': inPlace((place, args, state) => {
    const message = state.find(place.id, textOf(args.ts));
    if (!message) return refused('message_not_found');
    state.remove(message);
    return granted({ channel: place.id, ts: message.ts });
  }),
  'chat.getPermalink': inPlace((place, args, { seed }) =>
    granted({
      channel: place.id,
      permalink: `https://${seed.team.domain}.slack.example/archives/${place.id}/p${textOf(args.message_ts).replace('.', '')}`,
    }),
  ),
  'conversations.list': (_args, { places }) => granted({ channels: places.map(asChannel) }),
  'conversations.info': inPlace((place) => granted({ channel: asChannel(place) })),
  'conversations.members': inPlace(({ members }) => granted({ members })),
  'conversations.open': (args, state) =>
    granted({ channel: { id: state.dm(textOf(args.users).split(',')[0] ?? '').id } }),
  'conversations.history': inPlace((place, _args, state) =>
    granted({
      messages: state
        .list(place.id)
        .filter((one) => !one.thread_ts)
        .reverse(),
    }),
  ),
  'conversations.replies': inPlace((place, { ts }, state) =>
    granted({
      messages: state.list(place.id).filter((one) => one.ts === ts || one.thread_ts === ts),
    }),
  ),
  'reactions.add': reaction(true),
  'reactions.remove': reaction(false),
  'views.open': (args, state) => granted({ view: state.openView(args.view) }),
  'views.push': (args, state) => granted({ view: state.openView(args.view) }),
  'views.update': (args, state) => {
    const view = state.replaceView(textOf(args.view_id), args.view);
    return view ? granted({ view }) : refused('not_found');
  },
  'views.publish': (args) => granted({ view: { ...fieldsOf(args.view), id: 'VHOME' } }),
};

function inPlace(act: (place: Place, args: Fields, state: Memory) => Answer) {
  return (args: Fields, state: Memory): Answer => {
    const place = state.channelOf(textOf(args.channel), '');
    return place ? act(place, args, state) : refused('channel_not_found');
  };
}

function fromBot(args: Fields, { seed: { app } }: Memory): Fields {
  const { text, blocks, thread_ts, attachments, metadata } = args;
  return {
    text,
    user: app.user,
    bot_id: app.botId,
    app_id: app.id,
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(thread_ts ? { thread_ts } : {}),
    ...(metadata ? { metadata } : {}),
  };
}

function asChannel({ id, name, im, members }: Place): Fields {
  return {
    ...{ id, name, is_channel: !im, is_im: im, is_private: im, is_archived: false },
    num_members: members.length,
  };
}

function reaction(present: boolean) {
  return inPlace((place, args, state) => {
    const message = state.find(place.id, textOf(args.timestamp));
    if (!message) return refused('message_not_found');
    state.react(message, textOf(args.name), state.seed.app.user, present);
    return granted();
  });
}
