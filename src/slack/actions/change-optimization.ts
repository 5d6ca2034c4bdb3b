import type {
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';
import { askingMessage } from '#slack/views/optimization-notes.ts';
import {
  parseAnswer,
  parseRecommendation,
  parseScenarios,
} from '#slack/views/optimization-value.ts';
import { waitingScenarioForm } from '#slack/views/scenario-form.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;
type Choice = SlackActionMiddlewareArgs<BlockAction<ButtonAction | StaticSelectAction>>;
interface Ports {
  readonly queues: Queues;
  readonly respond: Respond;
}

/** Another page, one of two scenarios, or the newest answer: in place of what was shown. */
export function turnOptimization(ports: Ports) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const target = parseAnswer(action.value);
    await ask(
      ports,
      body,
      target && ((common) => ({ kind: 'optimization', ...target, ...common })),
    );
    await ack();
  };
}

/** Share to channel: the answer is made again, for everybody. */
export function shareOptimization(ports: Ports) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const target = parseAnswer(action.value);
    const { channelId, personId } = replyToClick(body);
    const isShareable = target !== null && channelId !== null;
    await ask(
      ports,
      body,
      isShareable
        ? ({ key }) => {
            const { runId, scenario } = target;
            return { kind: 'share-optimization', key, runId, scenario, channelId, personId };
          }
        : null,
    );
    await ack();
  };
}

/** The plan as a file, sent directly. */
export function exportPlan(ports: Ports) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const target = parseAnswer(action.value);
    const { runId = '', scenario = null } = target ?? {};
    await ask(
      ports,
      body,
      target &&
        ((common) => ({ kind: 'optimization-plan', runId, scenario: scenario ?? 0, ...common })),
      false,
    );
    await ack();
  };
}

/** The same question for another goal beside it: both are computed. */
export function compareGoals({ queues, respond }: Ports) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const scenarios = parseScenarios(action.value);
    const replyTo = { ...replyToClick(body), replaces: true };
    const { responseUrl } = replyTo;
    if (scenarios === null) {
      if (responseUrl !== null) await respond(responseUrl, oldButtonMessage());
      return ack();
    }
    // Said first: the answer takes its place, and must not come before it.
    if (responseUrl !== null) await respond(responseUrl, askingMessage(), true);
    const key = commandKey('optimize', body.trigger_id);
    await queues.optimize({ kind: 'scenarios', key, scenarios, replyTo });
    await ack();
  };
}

/** A form with the scenario in it: it opens at once, and is filled behind the queue. */
export function changeScenario({
  queues,
  openView,
}: {
  readonly queues: Queues;
  readonly openView: OpenView;
}) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const [scenario = DEFAULT_SCENARIO] = parseScenarios(action.value) ?? [];
    const key = commandKey('scenario-form', body.trigger_id);
    await openView(body.trigger_id, waitingScenarioForm(key));
    const replyTo = { ...replyToClick(body), responseUrl: null };
    await queues.answer({ kind: 'scenario-form', key, viewKey: key, scenario, replyTo });
    await ack();
  };
}

/** One recommendation, opened from a list or looked at again: in place of what was shown. */
export function openRecommendation(ports: Ports) {
  return async ({ ack, action, body }: Choice): Promise<void> => {
    const value = action.type === 'button' ? action.value : action.selected_option.value;
    const target = parseRecommendation(value);
    const from = target?.runId ?? parseAnswer(action.block_id)?.runId ?? null;
    await ask(
      ports,
      body,
      target &&
        ((common) => {
          const { recommendationId } = target;
          return { kind: 'recommendation', recommendationId, runId: from, ...common };
        }),
    );
    await ack();
  };
}

/** The recommendations that wait for somebody; from App Home they come directly. */
export function openSavings(ports: Ports) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const page = /^[1-9]\d{0,3}$/.test(action.value ?? '') ? Number(action.value) : 1;
    await ask(ports, body, (common) => ({ kind: 'recommendations', page, ...common }));
    await ack();
  };
}

type Job = (common: { readonly key: string; readonly replyTo: ReplyTo }) => AnswerJob;

/** Queue what was asked for; a button that no answer of ours has gets a plain word. */
async function ask(
  { queues, respond }: Ports,
  body: BlockAction,
  job: Job | null,
  replaces = true,
): Promise<void> {
  const replyTo = { ...replyToClick(body), replaces };
  if (job !== null) {
    await queues.answer(job({ key: commandKey('optimization', body.trigger_id), replyTo }));
  } else if (replyTo.responseUrl !== null) {
    await respond(replyTo.responseUrl, oldButtonMessage());
  }
}
