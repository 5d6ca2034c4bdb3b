import type { Clock } from '../clock.ts';
import type { FaultPlan } from '../faults.ts';
import type { Conversation } from '../slack/conversations.ts';
import { stringIn } from '../slack/json.ts';
import { type OpenView, viewPayload } from '../slack/open-view.ts';
import { APP, PEOPLE, TEAM } from '../slack/workspace.ts';
import type { World } from '../slack/world.ts';
import type { Host } from './host.ts';

/** What GET /sandbox/state answers, and every POST beside `ok`. Person keys and Slack ids as in the control API. */
export async function sandboxState(world: World, host: Host, clock: Clock, faults: FaultPlan) {
  const [requests, queues] = await Promise.all([host.requests(), host.queues()]);
  const conversations = world.conversations.list();
  const openOf = (view: (user: string) => OpenView | null) =>
    Object.fromEntries(
      PEOPLE.flatMap(({ key, id }) => {
        const open = view(id);
        return open === null ? [] : [[key, shown(open)]];
      }),
    );
  return {
    clock: new Date(clock.now()).toISOString(),
    team: { id: TEAM.id, enterprise_id: null, api_app_id: APP.id },
    people: Object.fromEntries(
      PEOPLE.map(({ key, id, displayName }) => [key, { id, name: displayName }]),
    ),
    channels: conversations
      .filter(({ im }) => im === null)
      .map(({ id, name, messages }) => ({ id, name, messages: [...messages] })),
    dms: Object.fromEntries(
      conversations.filter(isDm).map(({ name, messages }) => [name, [...messages]]),
    ),
    views: openOf((user) => world.views.top(user)),
    home: openOf((user) => world.views.home(user)),
    requests,
    queues,
    model: host.model(),
    faults: faults.list(),
  };
}

export type SandboxState = Awaited<ReturnType<typeof sandboxState>>;

function isDm({ im }: Conversation): boolean {
  return im !== null;
}

function shown(open: OpenView) {
  const { id, blocks, errors, notice } = open;
  const callbackId = stringIn(open.view, 'callback_id') ?? '';
  return { ...viewPayload(open), id, callback_id: callbackId, blocks, errors, notice };
}
