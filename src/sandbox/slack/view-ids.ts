import { type Fields, fieldsOf, textOf } from './workspace.ts';

export type ViewIds = {
  /** A view as the app should see it: under the id it was opened with. */
  outward(view: Fields): Fields;
  /** The id that the workspace knows the view by now, and the hash that is current. */
  inward(id: string): { id: string; hash: string };
  /** An update gave the view a new id in the workspace; the app keeps the old one. */
  renamed(id: string, view: Fields): Fields;
};

/** local-slack gives a view a new id with every update; in Slack it keeps its own. */
export function viewIds(): ViewIds {
  const outer = new Map<string, string>();
  const inner = new Map<string, { id: string; hash: string }>();
  const outward = (view: Fields): Fields => {
    const id = outer.get(textOf(view.id)) ?? textOf(view.id);
    inner.set(id, { id: textOf(view.id), hash: textOf(view.hash) });
    return { ...view, id, root_view_id: outer.get(textOf(view.root_view_id)) ?? view.root_view_id };
  };
  return {
    outward,
    inward: (id) => inner.get(id) ?? { id, hash: '' },
    renamed(id, view) {
      outer.set(textOf(fieldsOf(view).id), id);
      return outward(view);
    },
  };
}
