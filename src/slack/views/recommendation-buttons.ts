import type { Button } from '@slack/types';
import type { RecommendationStatus } from '#domain/optimization/followed-recommendation.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import type { RecommendationAnswer } from '#ports/optimization-answers.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { type MessageBlock, plainText } from '#slack/views/message.ts';
import { actions } from '#slack/views/optimization-buttons.ts';
import { answerValue, recommendationValue } from '#slack/views/optimization-value.ts';
import { stepButtons, type stepsInView } from '#slack/views/recommendation-steps.ts';

/** What the person may do with a recommendation as it stands; who may is decided again at the click. */
export function recommendationActions(
  recommendation: Recommendation,
  inView: ReturnType<typeof stepsInView>,
  { followed, mayDecide, runId }: RecommendationAnswer,
): MessageBlock[] {
  const steps = mayDecide ? stepButtons(inView, { recommendation, followed }, runId) : [];
  const decisions =
    mayDecide && followed !== null ? decisionButtons(followed.status, recommendation, runId) : [];
  const about = aboutRecommendation(recommendation, runId);
  return [
    ...(steps.length === 0 ? [] : [actions(steps)]),
    actions([
      ...decisions,
      about(ACTION.refreshRecommendation, 'Refresh'),
      runId === null ? listButton() : backButton(runId),
    ]),
  ];
}

function decisionButtons(
  status: RecommendationStatus,
  recommendation: Recommendation,
  runId: string | null,
): Button[] {
  const about = aboutRecommendation(recommendation, runId);
  switch (status) {
    case 'new':
      return [...openButtons(recommendation, runId), about(ACTION.snoozeRecommendation, 'Snooze…')];
    case 'snoozed':
      return [...openButtons(recommendation, runId), about(ACTION.reopenRecommendation, 'Reopen')];
    case 'accepted':
    case 'dismissed':
      return [about(ACTION.reopenRecommendation, 'Reopen')];
    case 'in-progress':
    case 'done':
    case 'gone':
      return [];
  }
}

function openButtons(recommendation: Recommendation, runId: string | null): Button[] {
  const about = aboutRecommendation(recommendation, runId);
  return [
    {
      ...about(ACTION.acceptRecommendation, 'Accept'),
      style: 'primary',
      ...confirmation(recommendation),
    },
    about(ACTION.dismissRecommendation, 'Dismiss…'),
  ];
}

/** Where people have to look first, or have to say that a condition holds, Accept asks once more. */
function confirmation({ ownerMustValidate, gate }: Recommendation): Pick<Button, 'confirm'> {
  const isOpen = gate.some(({ holds }) => holds === null);
  if (!ownerMustValidate && !isOpen) return {};
  const text = [
    ...(ownerMustValidate ? ['Its owner must look at it before anything is done.'] : []),
    ...(isOpen ? ['You say that the conditions hold that nobody has confirmed yet.'] : []),
  ].join(' ');
  return {
    confirm: {
      title: plainText('Accept this?', LIMITS.confirmTitle),
      text: plainText(text, LIMITS.confirmText),
      confirm: plainText('Accept', LIMITS.confirmButton),
      deny: plainText('Not yet', LIMITS.confirmButton),
    },
  };
}

function aboutRecommendation({ id: recommendationId }: Recommendation, runId: string | null) {
  const value = recommendationValue({ recommendationId, step: null, runId });
  return (actionId: string, text: string): Button =>
    button(actionId, text, { value, label: `${text} Recommendation ${recommendationId}` });
}

function listButton(): Button {
  return button(ACTION.openSavings, 'All recommendations', {
    label: 'All recommendations that wait for somebody',
  });
}

function backButton(runId: string): Button {
  return button(ACTION.optimizationNow, 'Back to the answer', {
    value: answerValue({ runId, scenario: null, page: 1 }),
    label: 'Back to the answer that this was opened from',
  });
}
