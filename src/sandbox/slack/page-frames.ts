import { blocksForPage } from './page-blocks.ts';
import { onlyVisibleTo } from './page-script.ts';
import { textForPage } from './page-text.ts';
import type { Seed } from './seed.ts';
import { type Block, type Fields, fieldsOf, listOf, textOf } from './workspace.ts';

/** A frame of the page's link, with messages and views in what the page can draw. */
export function frameForPage(frame: Fields, seed: Seed, origin: string): Fields {
  const drawn = (value: unknown) => drawable(fieldsOf(value), seed, origin);
  const each = (values: unknown, draw: (value: unknown) => unknown) =>
    Object.fromEntries(
      Object.entries(fieldsOf(values)).map(([name, value]) => [name, draw(value)]),
    );
  switch (frame.t) {
    case 'message':
    case 'message_update':
      return { ...frame, message: drawn(frame.message) };
    case 'view':
      return { ...frame, stack: listOf(frame.stack).map(drawn) };
    case 'home':
      return { ...frame, view: drawn(frame.view) };
    case 'init': {
      const state = fieldsOf(frame.state);
      return {
        ...frame,
        state: {
          ...state,
          messages: each(state.messages, (list) => listOf(list).map(drawn)),
          homeViews: each(state.homeViews, (views) => each(views, drawn)),
          modalStack: listOf(state.modalStack).map(drawn),
        },
      };
    }
    default:
      return frame;
  }
}

/** A message or a view. What people typed is left alone, what the bot sent is redrawn. */
function drawable(thing: Fields, seed: Seed, origin: string): Fields {
  const names = { userGroups: Object.fromEntries(seed.userGroups.map((g) => [g.id, g.handle])) };
  const blocks = Array.isArray(thing.blocks)
    ? blocksForPage(thing.blocks as Block[], names, origin)
    : [];
  const text = thing.bot_id ? textForPage(textOf(thing.text), names) : thing.text;
  if (thing.subtype !== 'ephemeral')
    return {
      ...thing,
      ...(thing.text === undefined ? {} : { text }),
      ...(blocks.length > 0 && { blocks }),
    };
  const addressee = seed.people.find(({ id }) => id === thing.ephemeral_to);
  const said: Block[] = blocks.length
    ? blocks
    : [{ type: 'section', text: { type: 'mrkdwn', text: textOf(text) } }];
  const mark = { type: 'plain_text', text: onlyVisibleTo(addressee?.name ?? 'somebody') };
  return { ...thing, text, blocks: [{ type: 'context', elements: [mark] }, ...said] };
}
