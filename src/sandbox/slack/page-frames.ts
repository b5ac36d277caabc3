import { blocksForPage } from './page-blocks.ts';
import { type Block, type Fields, fieldsOf, listOf } from './workspace.ts';

/** A frame of the page's link, with messages and views in what the page can draw. */
export function frameForPage(frame: Fields, origin: string): Fields {
  const drawn = (value: unknown) => drawable(fieldsOf(value), origin);
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
      const messages = Object.entries(fieldsOf(state.messages)).map(
        ([channel, list]) => [channel, listOf(list).map(drawn)] as const,
      );
      const homes = Object.entries(fieldsOf(state.homeViews)).map(([user, views]) => [
        user,
        Object.fromEntries(
          Object.entries(fieldsOf(views)).map(([app, view]) => [app, drawn(view)]),
        ),
      ]);
      return {
        ...frame,
        state: {
          ...state,
          messages: Object.fromEntries(messages),
          homeViews: Object.fromEntries(homes),
          modalStack: listOf(state.modalStack).map(drawn),
        },
      };
    }
    default:
      return frame;
  }
}

function drawable(thing: Fields, origin: string): Fields {
  if (!Array.isArray(thing.blocks)) return thing;
  return { ...thing, blocks: blocksForPage(thing.blocks as Block[], origin) };
}
