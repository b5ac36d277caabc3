import type { Fault, Faults } from './faults.ts';
import type { Delivery, SocketMode } from './socket-mode.ts';
import type { Stage } from './stage.ts';
import type { Recorded } from './web-api.ts';
import {
  type Block,
  type Fields,
  fieldsOf,
  type Happening,
  listOf,
  type Message,
  textOf,
} from './workspace.ts';

/** Which element is pressed: by its action_id, and its value where several share one. */
export type Press = { actionId: string; value?: string; option?: string };

/** What a test or the terminal does in the place of people and of Slack itself. */
export type Control = {
  fault(fault: Fault): void;
  /** Sends the last event once more, as Slack does when no acknowledgement came. */
  redeliver(): Promise<Delivery>;
  /** Asks the bot to connect anew; returns how many connections were told. */
  disconnect(): number;
  connections(): number;
  /** Sends any event; the wrapping is ours. */
  event(event: Fields): Promise<Delivery>;
  /** All calls of the Web API so far, oldest first, with the arguments as the bot sent them. */
  calls(method?: string): Recorded[];
  say(user: string, channel: string, text: string, thread?: string): Promise<string>;
  /** `/trail posture` and the like; resolves when the bot has acknowledged. */
  command(user: string, channel: string, text: string): Promise<void>;
  click(user: string, message: Message, press: string | Press): Promise<void>;
  submit(user: string, values: Fields): Promise<void>;
  openHome(user: string): Promise<void>;
  react(user: string, message: Message, name: string): Promise<void>;
  messages(channel: string): Promise<Message[]>;
  /** The channel of the person's direct messages with the bot. */
  dm(user: string): Promise<string>;
  watch(listener: (happening: Happening) => void): () => void;
};

type Parts = { stage: Stage; socket: SocketMode; faults: Faults; calls: Recorded[] };

export function controls({ stage, socket, faults, calls }: Parts): Control {
  const { workspace, seed, now } = stage;
  let events = 0;
  return {
    fault: faults.order,
    redeliver: () => socket.redeliver('timeout'),
    disconnect: () => socket.disconnect('refresh_requested'),
    connections: socket.connections,
    event(event) {
      const time = Math.floor(now() / 1000);
      events += 1;
      return socket.deliver({
        type: 'events_api',
        payload: {
          token: 'sandbox',
          team_id: seed.team.id,
          api_app_id: seed.app.id,
          type: 'event_callback',
          event_id: `EvSANDBOX${events}`,
          event_time: time,
          authorizations: [
            {
              enterprise_id: null,
              team_id: seed.team.id,
              user_id: seed.app.user,
              is_bot: true,
              is_enterprise_install: false,
            },
          ],
          event: { event_ts: String(now() / 1000), ...event },
        },
      });
    },
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    say: workspace.say,
    command(user, channel, text) {
      const [command = '', ...rest] = text.split(' ');
      return workspace.command(user, channel, command, rest.join(' '));
    },
    async click(user, message, press) {
      const wanted = typeof press === 'string' ? { actionId: press } : press;
      const { block, element } = elementIn(message, wanted);
      await workspace.press({
        user,
        channel: message.channel,
        message: message.ts,
        block,
        element,
      });
    },
    submit: workspace.submitView,
    openHome: workspace.openHome,
    react: (user, { channel, ts }, name) => workspace.react(user, channel, ts, name),
    messages: workspace.messages,
    async dm(user) {
      const opened = await workspace.call('conversations.open', { users: user });
      return textOf(fieldsOf(opened.channel).id);
    },
    watch: workspace.watch,
  };
}

/** Every element of a message that can be pressed, in reading order. */
export function pressable({ blocks }: { blocks?: Block[] }): { block: string; element: Fields }[] {
  return (blocks ?? []).flatMap(({ block_id, type, accessory, elements }) =>
    [fieldsOf(accessory), ...(type === 'actions' ? listOf(elements) : [])]
      .filter((element) => element.action_id)
      .map((element) => ({ block: textOf(block_id), element })),
  );
}

/** What the page sends when somebody presses: a button's value, or the chosen option. */
function elementIn(message: Message, { actionId, value, option }: Press) {
  const found = pressable(message).find(
    ({ element }) =>
      element.action_id === actionId && (value === undefined || element.value === value),
  );
  if (!found) throw new Error(`There is nothing to press called ${actionId} in ${message.ts}.`);
  const { type, action_id, text } = found.element;
  const chosen = listOf(found.element.options).find((one) => one.value === option);
  if (option !== undefined && !chosen) throw new Error(`${actionId} has no option ${option}.`);
  return {
    block: found.block,
    element: chosen
      ? { type, action_id, selected_option: chosen }
      : { type, action_id, value: found.element.value, text },
  };
}
