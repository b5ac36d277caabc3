/**
 * What the proxy needs of a Slack workspace. Two workspaces fit: the `local-slack` binary with its page
 * (local-slack.ts) and the small one in our own memory for the terminal (memory.ts).
 */

/** A JSON object whose members are Slack's affair and are read one by one. */
export type Fields = { [name: string]: unknown };

/** An answer of the Web API. */
export type Answer = Fields & { ok: boolean; error?: string };

export type Block = Fields & { type: string };

export type Message = Fields & {
  ts: string;
  channel: string;
  user?: string;
  text: string;
  thread_ts?: string;
  subtype?: string;
  /** The one person who may see an ephemeral message. */
  ephemeral_to?: string;
  blocks?: Block[];
};

/** What a workspace has for the app: an event, a slash command, or a click. */
export type Envelope = {
  type: 'events_api' | 'slash_commands' | 'interactive';
  payload: Fields;
};

/** Something that happened in the workspace, as whoever shows it needs to know. */
export type Happening =
  | { what: 'message' | 'changed'; message: Message }
  | { what: 'deleted'; channel: string; ts: string }
  | { what: 'view'; stack: Fields[] }
  | { what: 'view-errors'; errors: Fields };

/** A press of one element in a message, or in the app's home when there is no message. */
export type Press = {
  channel: string;
  message: string;
  user: string;
  element: Fields;
  block: string;
};

export type Workspace = {
  kind: 'local-slack' | 'terminal';
  /** Set when the workspace is not as private as it should be; to be shown to people. */
  warning?: string;
  /** Where the page is to be fetched from, for a workspace that has one. */
  page?: string;
  /** Runs one method of the Web API as the bot, without any check of ours. */
  call(method: string, args: Fields): Promise<Answer>;
  /** The one receiver of everything that is meant for the app; it answers with what the app said. */
  deliverTo(app: (envelope: Envelope) => Promise<unknown>): void;
  /** Tells every happening from now on; returns how to stop. */
  watch(listener: (happening: Happening) => void): () => void;
  say(user: string, channel: string, text: string, thread?: string): Promise<string>;
  command(user: string, channel: string, command: string, text: string): Promise<void>;
  press(press: Press): Promise<void>;
  submitView(user: string, values: Fields): Promise<void>;
  openHome(user: string): Promise<void>;
  react(user: string, channel: string, ts: string, name: string): Promise<void>;
  /** All messages of a channel, oldest first, ephemeral ones included. */
  messages(channel: string): Promise<Message[]>;
  close(): Promise<void>;
};

/** Reads a member that should be a text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Reads a member that should be an object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** Reads a member that should be a list of objects. */
export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}
