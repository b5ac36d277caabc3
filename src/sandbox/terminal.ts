import { createInterface } from 'node:readline';
import { pressable } from './slack/control.ts';
import type { Happening, Message, Press, Slack } from './slack/index.ts';
import { type Modal, modalAsked } from './slack/terminal-modal.ts';
import { messageAsText } from './slack/terminal-text.ts';
import { fieldsOf, listOf, textOf } from './slack/workspace.ts';

export type Streams = {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  /**
   * How long to wait for a button that is not there yet, and for the bot to fall silent once the input
   * has ended. Not at all when somebody types, ten seconds for input from a pipe or a file.
   */
  patienceMs?: number;
};

type Button = { message: Message; press: Press; label: string };

/**
 * The sandbox's conversation in the terminal: the same bot behind the same Slack rules, with text in
 * place of the page. Resolves when the input has ended and everything typed has been done.
 */
export async function converse(slack: Slack, streams: Streams): Promise<void> {
  const { input, output } = streams;
  const byHand = 'isTTY' in input && input.isTTY === true;
  const patienceMs = streams.patienceMs ?? (byHand ? 0 : 10_000);
  const { control, seed } = slack;
  const [first] = seed.people;
  const [home] = seed.channels;
  if (!first || !home) throw new Error('The workspace has nobody or no channel.');
  const channels = { home, direct: await directMessages(slack) };
  let me = first;
  let shownAt = 0;
  let modal: Modal | undefined;
  const buttons = new Map<number, Button>();
  let numbered = 0;

  // Where the cursor stands: behind a prompt, what comes next begins on a line of its own.
  let prompted = '';
  const write = (text: string) => {
    output.write(`${prompted && '\n'}${text}\n`);
    prompted = '';
  };
  const prompt = () => {
    const wanted = modal ? modal.question() : `${me.name}> `;
    if (wanted === prompted) return;
    output.write(`${prompted && '\n'}${wanted}`);
    prompted = wanted;
  };

  function show(happening: Happening): void {
    if (happening.what === 'message' || happening.what === 'changed')
      showMessage(happening.message, happening.what === 'changed');
    if (happening.what === 'view') modal = modalAsked(happening.stack.at(-1), seed);
    if (happening.what === 'view-errors')
      write(
        Object.values(happening.errors)
          .map((error) => `! ${textOf(error)}`)
          .join('\n'),
      );
    if (happening.what === 'view' && modal) {
      write(modal.text);
      prompt();
    }
  }

  function showMessage(message: Message, changed: boolean): void {
    for (const [number, button] of buttons)
      if (button.message.ts === message.ts) buttons.delete(number);
    const only = message.ephemeral_to ?? channels.direct.get(message.channel) ?? me.id;
    if (message.user === me.id || only !== me.id) return;
    shownAt = Date.now();
    write(`${heading(message, changed, slack)}\n${messageAsText(message, seed)}`);
    for (const button of buttonsOf(message)) {
      numbered += 1;
      buttons.set(numbered, button);
      write(`  [${numbered}] ${button.label}`);
    }
    prompt();
  }

  async function take(line: string): Promise<void> {
    if (modal) {
      const answered = modal.answer(line);
      if (answered !== 'more') modal = undefined;
      if (typeof answered === 'object') await control.submit(me.id, answered);
      return;
    }
    const [word = '', rest = ''] = split(line);
    if (word === '') return;
    if (line.startsWith('/')) return control.command(me.id, channels.home.id, line);
    if (word === 'as') become(rest);
    else if (word === 'press') await press(rest);
    else if (word === 'help' && !rest) write(HELP);
    else await speak(line, word, rest);
  }

  async function speak(line: string, word: string, rest: string): Promise<void> {
    const channel = seed.channels.find(({ name }) => word === `#${name}`);
    const text = (channel ? rest : line).replaceAll(`@${seed.app.name}`, `<@${seed.app.user}>`);
    if (text) await control.say(me.id, channel?.id ?? (await control.dm(me.id)), text);
  }

  function become(name: string): void {
    const person = seed.people.find((one) => one.name === name);
    me = person ?? me;
    write(
      person
        ? `You are ${me.realName} (${me.name}) now.`
        : `I know ${seed.people.map((one) => one.name).join(', ')}.`,
    );
  }

  async function press(number: string): Promise<void> {
    await waitUntil(() => buttons.has(Number(number)), patienceMs);
    const button = buttons.get(Number(number));
    if (button) await control.click(me.id, button.message, button.press);
    else write(`There is no button ${number} now.`);
  }

  const stop = control.watch(show);
  write(
    `${HELP}\nYou are ${me.realName} (${me.name}). Others: ${seed.people
      .slice(1)
      .map(({ name }) => name)
      .join(', ')}.`,
  );
  prompt();
  for await (const line of createInterface({ input, terminal: false })) {
    prompted = '';
    await take(line.trim());
    prompt();
  }
  const ended = Date.now();
  await waitUntil(
    () => Date.now() - Math.max(shownAt, ended) > patienceMs,
    Number.POSITIVE_INFINITY,
  );
  stop();
}

/** Whose direct messages each channel holds. */
async function directMessages({ control, seed }: Slack): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (const { id } of seed.people) owners.set(await control.dm(id), id);
  return owners;
}

async function waitUntil(so: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!so() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}

const HELP = `Type what you would type in Slack:
  /trail help               a command
  who deleted i-0abc?       a question, as a direct message to the bot
  #general @trailwarden hi  something in a channel, naming the bot
  press 1                   presses a button by its number
  as bob                    continues as another person
  help                      shows this again`;

function split(line: string): [string, string] {
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  return [word, rest];
}

function heading({ user, channel, subtype }: Message, changed: boolean, { seed }: Slack): string {
  const from =
    user === seed.app.user ? seed.app.name : seed.people.find(({ id }) => id === user)?.name;
  const place = seed.channels.find(({ id }) => id === channel)?.name;
  const notes = [
    place ? `#${place}` : 'direct message',
    ...(subtype === 'ephemeral' ? ['only you see this'] : []),
    ...(changed ? ['changed'] : []),
  ];
  return `${from ?? 'somebody'} (${notes.join(', ')}):`;
}

/** One number for each button, and for each option of a menu. */
function buttonsOf(message: Message): Button[] {
  return pressable(message).flatMap(({ element }): Button[] => {
    const actionId = textOf(element.action_id);
    const label = textOf(fieldsOf(element.text ?? element.placeholder).text);
    const options = listOf(element.options).map((option) => ({
      message,
      press: { actionId, option: textOf(option.value) },
      label: `${label ? `${label}: ` : ''}${textOf(fieldsOf(option.text).text)}`,
    }));
    if (options.length) return options;
    const value = element.value === undefined ? {} : { value: textOf(element.value) };
    const address = element.url ? ` (${textOf(element.url)})` : '';
    return [{ message, press: { actionId, ...value }, label: `${label}${address}` }];
  });
}
