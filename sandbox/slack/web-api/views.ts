import { z } from 'zod';
import { LIMITS } from '../block-kit/limits.ts';
import { viewProblems } from '../block-kit/validate.ts';
import { isObject, type JsonObject } from '../json.ts';
import { viewPayload } from '../open-view.ts';
import { SlackError } from '../slack-error.ts';
import { findPerson } from '../workspace.ts';
import { json, method } from './method.ts';

const View = json(z.unknown());

/** The view when Slack would show it. @throws SlackError invalid_arguments, view_too_large */
export function checkedView(view: unknown, type: 'modal' | 'home'): JsonObject {
  const problems = viewProblems(view, type);
  if (problems.length > 0 || !isObject(view)) throw new SlackError('invalid_arguments', problems);
  if (new TextEncoder().encode(JSON.stringify(view)).length > LIMITS.view.bytes) {
    throw new SlackError('view_too_large');
  }
  return view;
}

const open = method('tier4', z.object({ trigger_id: z.string(), view: View }), (args, world) => {
  const view = checkedView(args.view, 'modal');
  const { userId } = world.triggers.exchange(args.trigger_id);
  return { view: viewPayload(world.views.open(userId, view)) };
});

const push = method('tier4', z.object({ trigger_id: z.string(), view: View }), (args, world) => {
  const view = checkedView(args.view, 'modal');
  const { userId, inModal } = world.triggers.exchange(args.trigger_id);
  if (!inModal) throw new SlackError('not_found');
  return { view: viewPayload(world.views.push(userId, view)) };
});

const update = method(
  'tier4',
  z.object({
    view_id: z.string().optional(),
    external_id: z.string().optional(),
    hash: z.string().optional(),
    view: View,
  }),
  (args, world) => {
    const id = args.view_id ?? args.external_id;
    if (id === undefined) {
      const message = 'must provide `view_id` or `external_id`';
      throw new SlackError('invalid_arguments', [{ pointer: '', message }]);
    }
    const current = world.views.find(id);
    if (current === null) throw new SlackError('not_found');
    const view = checkedView(args.view, current.view['type'] === 'home' ? 'home' : 'modal');
    return { view: viewPayload(world.views.update(id, view, args.hash)) };
  },
);

const publish = method(
  'tier4',
  z.object({ user_id: z.string(), hash: z.string().optional(), view: View }),
  (args, world) => {
    if (findPerson(args.user_id)?.id !== args.user_id) throw new SlackError('user_not_found');
    const view = checkedView(args.view, 'home');
    return { view: viewPayload(world.views.publish(args.user_id, view, args.hash)) };
  },
);

export const VIEWS = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
