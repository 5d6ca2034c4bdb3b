import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { RecommendationAction } from '#domain/optimization/follow/recommendation-command.ts';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import {
  dismissForm,
  type RecommendationFormTarget,
  snoozeForm,
} from '#slack/modals/recommendation-forms.ts';
import {
  type Doing,
  recommendationCommand,
  recommendationGroup,
} from '#slack/recommendation-command.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { VIA_SLACK } from '#slack/via-slack.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';
import { parseRecommendation, type RecommendationTarget } from '#slack/views/optimization-value.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;
interface Ports {
  readonly queues: Queues;
  readonly respond: Respond;
}

/** Accept, reopen, or say that a step is done: on the click. Who may is decided later, on stored data. */
export function clickRecommendation(
  actionOf: (target: RecommendationTarget) => RecommendationAction | null,
  { queues, respond }: Ports,
) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const target = parseRecommendation(action.value);
    const what = target && actionOf(target);
    if (target === null || what === null) await answerOld(respond, body);
    else {
      const { recommendationId } = target;
      await queues.decide(
        recommendationCommand(recommendationId, what, clickOf(body)),
        recommendationGroup(recommendationId),
      );
    }
    await ack();
  };
}

/** The step that a button names is done by hand. */
export function confirmsStep({ step }: RecommendationTarget): RecommendationAction | null {
  return step === null ? null : { do: 'confirm-step', step };
}

/** Make a step a request. What it asks for is read from what is stored, never from the button. */
export function clickStep({ queues, respond }: Ports) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const target = parseRecommendation(action.value);
    if (target === null || target.step === null) await answerOld(respond, body);
    else {
      const { recommendationId, step } = target;
      const { id, personId: by, replyTo } = clickOf(body);
      const command = { key: commandKey('request-step', id), at: new Date(), by, replyTo };
      await queues.decide(
        { kind: 'request-step', ...command, recommendationId, step, ...VIA_SLACK },
        recommendationGroup(recommendationId),
      );
    }
    await ack();
  };
}

const FORMS = { dismiss: dismissForm, snooze: snoozeForm } as const satisfies Record<
  string,
  (target: RecommendationFormTarget) => ModalView
>;

/** Dismiss asks why first, Snooze until when. */
export function openRecommendationForm(
  which: keyof typeof FORMS,
  { openView, respond }: { readonly openView: OpenView; readonly respond: Respond },
) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const target = parseRecommendation(action.value);
    const channelId = replyToClick(body).channelId ?? '';
    if (target === null) await answerOld(respond, body);
    else {
      const { recommendationId } = target;
      await openView(body.trigger_id, FORMS[which]({ recommendationId, channelId }));
    }
    await ack();
  };
}

function clickOf(body: BlockAction): Doing {
  const replyTo = { ...replyToClick(body), replaces: true };
  return { id: body.trigger_id, personId: body.user.id, replyTo };
}

/** A value that nothing of ours has is answered, and does nothing. */
async function answerOld(respond: Respond, body: BlockAction): Promise<void> {
  if (body.response_url) await respond(body.response_url, oldButtonMessage());
}
