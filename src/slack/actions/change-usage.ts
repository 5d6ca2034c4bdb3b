import type {
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import { UsageSort, type UsageView, WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';
import { EVERYTHING } from '#slack/views/usage-filters.ts';
import { parseTarget, type UsageTarget } from '#slack/views/usage-state.ts';

interface Ports {
  readonly queues: Queues;
  readonly respond: Respond;
}

/** An account, owner or order was selected: the answer is made anew, in place of the old one. */
export function filterUsage(ports: Ports) {
  return async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<StaticSelectAction>>): Promise<void> => {
    const target = parseTarget(action.block_id);
    const view = target && selectedView(target.view, body.state?.values[action.block_id] ?? {});
    await ask(ports, body, target && view && usageJob({ ...target, view, page: 1 }));
    await ack();
  };
}

/** One pool of the list, another page of it, or all pools again: in place of what was shown. */
export function openUsage(ports: Ports) {
  return async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<StaticSelectAction | ButtonAction>>): Promise<void> => {
    const target =
      action.type === 'button'
        ? parseTarget(action.value)
        : { query: action.selected_option.value, view: WHOLE_VIEW, page: 1 };
    await ask(ports, body, target && usageJob(target));
    await ack();
  };
}

/** Who uses a pool: first beside the answer, then page by page in its own place. */
export function openWho(ports: Ports) {
  return async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>>): Promise<void> => {
    const target = parseTarget(action.value);
    const job = target?.query == null ? null : whoJob(target, target.query);
    await ask(ports, body, job, action.action_id !== ACTION.who);
    await ack();
  };
}

type Job = (key: string, replyTo: ReplyTo) => AnswerJob;

function usageJob({ query, view, page }: UsageTarget): Job {
  return (key, replyTo) => ({ kind: 'usage', key, query, view, page, replyTo });
}

function whoJob({ view, page }: UsageTarget, query: string): Job {
  return (key, replyTo) => ({ kind: 'who', key, query, view, page, replyTo });
}

/** Queue what was asked for; a button that no answer of ours has gets a plain word. */
async function ask(
  { queues, respond }: Ports,
  body: BlockAction,
  job: Job | null,
  replaces = true,
): Promise<void> {
  const replyTo = { ...replyToClick(body), replaces };
  if (job !== null) {
    await queues.answer(job(commandKey('usage', body.trigger_id), replyTo));
  } else if (replyTo.responseUrl !== null) {
    await respond(replyTo.responseUrl, oldButtonMessage());
  }
}

type Selected = Readonly<
  Record<string, { readonly selected_option?: { readonly value: string } | null }>
>;

/** The selects of the answer as they stand; a tag that was typed stays until an owner is selected. */
function selectedView(before: UsageView, selects: Selected): UsageView {
  const account = selects[ACTION.usageAccount]?.selected_option?.value ?? EVERYTHING;
  const owner = selects[ACTION.usageOwner]?.selected_option?.value ?? EVERYTHING;
  const sort = UsageSort.safeParse(selects[ACTION.usageSort]?.selected_option?.value);
  const typed = before.tag?.key == null ? null : before.tag;
  return {
    account: account === EVERYTHING ? null : account,
    tag: owner === EVERYTHING ? typed : { key: null, value: owner },
    sort: sort.success ? sort.data : before.sort,
  };
}
