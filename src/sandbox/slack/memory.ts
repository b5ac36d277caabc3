import { randomUUID } from 'node:crypto';
import { memoryMethods } from './memory-methods.ts';
import { actionPayload, messageEvents, openMemory, viewSubmission } from './memory-state.ts';
import type { Seed } from './seed.ts';
import { type Envelope, fieldsOf, textOf, type Workspace } from './workspace.ts';

/**
 * A small workspace in our own memory, for the terminal: it keeps messages, direct messages and modals,
 * and tells the app what people do. It is as lenient as local-slack; the proxy in front is strict.
 */
export function startMemoryWorkspace(seed: Seed, now: () => number): Workspace {
  const state = openMemory(seed, now);
  let app: (envelope: Envelope) => Promise<unknown> = async () => undefined;
  return {
    kind: 'terminal',
    async call(method, args) {
      const own = Object.hasOwn(memoryMethods, method) ? memoryMethods[method] : undefined;
      return own ? own(args, state) : { ok: false, error: 'unknown_method' };
    },
    deliverTo(receiver) {
      app = receiver;
    },
    watch(listener) {
      state.listeners.add(listener);
      return () => void state.listeners.delete(listener);
    },
    async say(user, channel, text, thread) {
      const place = state.channelOf(channel, user);
      if (!place) throw new Error(`There is no channel ${channel}.`);
      const message = state.add(place, {
        user,
        text,
        ...(thread && { thread_ts: thread }),
      });
      for (const envelope of messageEvents(message, place, state)) void app(envelope);
      return message.ts;
    },
    async command(user, channel, command, text) {
      await app({
        type: 'slash_commands',
        payload: {
          ...state.signature(),
          team_domain: seed.team.domain,
          channel_id: channel,
          channel_name: state.channelOf(channel, user)?.name ?? channel,
          user_id: user,
          user_name: state.nameOf(user),
          ...{ command, text },
          response_url: 'here',
          trigger_id: randomUUID(),
        },
      });
    },
    async press(press) {
      const payload = actionPayload(press, state);
      await app({ type: 'interactive', payload });
    },
    async submitView(user, values) {
      const view = state.views.at(-1);
      if (!view) return;
      const answer = await app({
        type: 'interactive',
        payload: viewSubmission(view, user, values, state),
      });
      state.afterSubmission(fieldsOf(answer));
    },
    async openHome(user) {
      const channel = state.dm(user).id;
      const event = { type: 'app_home_opened', user, channel, tab: 'home' };
      await app({
        type: 'events_api',
        payload: state.wrapped({ ...event, event_ts: state.stamp() }),
      });
    },
    async react(user, channel, ts, name) {
      const message = state.find(channel, ts);
      if (!message) throw new Error(`There is no message ${ts} in ${channel}.`);
      state.react(message, name, user, true);
      void app({
        type: 'events_api',
        payload: state.wrapped({
          ...{ type: 'reaction_added', user, reaction: name, item_user: message.user },
          item: { type: 'message', channel, ts },
          event_ts: state.stamp(),
        }),
      });
    },
    messages: async (channel) => state.list(textOf(channel)),
    async close() {
      state.listeners.clear();
    },
  };
}
