import { checkView, refusedBlocks } from './block-check.ts';
import { type Method, type Methods, refused, type Stage } from './stage.ts';
import { type Answer, type Fields, fieldsOf, textOf } from './workspace.ts';

/** Modals and the app's home: checked as Slack checks them, triggers used once, ids kept. */
export const viewMethods: Methods = {
  'views.open': opened('views.open'),
  'views.push': opened('views.push'),
  'views.update': (args, stage) => checked(args, 'modal', () => update(args, stage)),
  'views.publish': (args, stage) =>
    checked(args, 'home', () => stage.workspace.call('views.publish', args)),
};

function opened(method: string): Method {
  return (args, stage) =>
    checked(args, 'modal', async () => {
      const trigger = stage.triggers.use(textOf(args.trigger_id));
      if ('error' in trigger) return refused(trigger.error);
      const answer = await stage.workspace.call(method, { ...args, trigger_id: trigger.inner });
      if (answer.ok) answer.view = stage.viewIds.outward(fieldsOf(answer.view));
      return answer;
    });
}

async function update(args: Fields, stage: Stage): Promise<Answer> {
  const id = textOf(args.view_id);
  const current = stage.viewIds.inward(id);
  if (args.hash && current.hash && args.hash !== current.hash) return refused('hash_conflict');
  const answer = await stage.workspace.call('views.update', {
    ...args,
    ...(id && { view_id: current.id }),
  });
  if (answer.ok && id) answer.view = stage.viewIds.renamed(id, fieldsOf(answer.view));
  return answer;
}

async function checked(
  args: Fields,
  surface: 'modal' | 'home',
  act: () => Promise<Answer>,
): Promise<Answer> {
  const faults = checkView(args.view, surface);
  if (faults.length) return refusedBlocks('invalid_arguments', faults);
  return act();
}
