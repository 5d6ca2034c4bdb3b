import type { Button } from '@slack/types';
import { isReady, type StepProgress, stepProgress } from '#domain/optimization/follow/progress.ts';
import { stepOrder } from '#domain/optimization/follow/step-order.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import type { RecommendationAnswer, StepRequest } from '#ports/optimization-answers.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { figure } from '#slack/views/figures.ts';
import type { MessageBlock } from '#slack/views/message.ts';
import { recommendationValue } from '#slack/views/optimization-value.ts';
import { stepNumbers } from '#slack/views/recommendation-notice.ts';
import { STATUS_TEXT } from '#slack/views/refusal.ts';
import { bullets, code, type Inline, type Line } from '#slack/views/rich-text.ts';
import { stepPieces } from '#slack/views/step-words.ts';

/** A step with its place, and how far it is. */
interface PlacedStep {
  readonly place: number;
  readonly progress: StepProgress;
}

/** Steps in the order in which they are looked at: what is still to be done first. */
function stepsInView({ recommendation, followed, requests }: Shown): readonly PlacedStep[] {
  const states = new Map(requests.map(({ id, status }) => [id, status]));
  const progress = followed === null ? [] : stepProgress(followed, states);
  const steps = recommendation.steps.map((_, place) => ({
    place,
    progress: progress[place] ?? 'open',
  }));
  const isDone = ({ progress: how }: PlacedStep) => how === 'done';
  return [...steps.filter((step) => !isDone(step)), ...steps.filter(isDone)];
}

interface Shown extends Pick<RecommendationAnswer, 'followed' | 'requests'> {
  readonly recommendation: Recommendation;
}

/** What is done in order, how far it is, and what waits for what; `fit` of the steps. */
export function stepBlocks(shown: Shown, fit: number): MessageBlock[] {
  const { recommendation, followed, requests } = shown;
  const steps = stepsInView(shown);
  const done = steps.filter(({ progress }) => progress === 'done').length;
  const order = stepOrder(recommendation.steps, recommendation.ownerMustValidate);
  const lines = steps
    .slice(0, fit)
    .map(
      ({ place, progress }): Line => [
        `${figure(place + 1)}. `,
        ...stepText(recommendation, place),
        ...standing(progress, followed, place, requests),
        ...(progress === 'open' ? waits(order[place] ?? [], steps) : []),
      ],
    );
  const hidden = steps.length - lines.length;
  const more = hidden > 0 ? [[`and ${figure(hidden)} more`]] : [];
  const title =
    followed === null || done === 0 ? 'Steps' : `Steps: ${done} of ${steps.length} done`;
  return bullets(title, [...lines, ...more]);
}

function stepText({ steps }: Recommendation, place: number): Inline[] {
  const step = steps[place];
  return step === undefined ? [] : stepPieces(step);
}

function standing(
  progress: StepProgress,
  followed: FollowedRecommendation | null,
  place: number,
  requests: readonly StepRequest[],
): Inline[] {
  const linked = (followed?.requests ?? []).filter(({ step }) => step === place).at(-1);
  const mark = { open: '', requested: ' ⏳ requested', done: ' ✅ done' }[progress];
  if (linked === undefined) return mark === '' ? [] : [mark];
  const status = requests.find(({ id }) => id === linked.requestId)?.status;
  const words = status === undefined ? '' : ` is ${STATUS_TEXT[status]}`;
  return [mark, ': request ', code(linked.requestId), words];
}

function waits(before: readonly number[], steps: readonly PlacedStep[]): Inline[] {
  const open = before.filter((place) =>
    steps.some((step) => step.place === place && step.progress !== 'done'),
  );
  return open.length === 0 ? [] : [` · waits for ${stepNumbers(open)}`];
}

/** So many steps have buttons; the next ones get theirs when these are done. */
const BUTTONS_SHOWN = 5;

/** A button for each step that can be done now: a request, or that it is done by hand. */
export function stepButtons(shown: Shown, runId: string | null): Button[] {
  const { recommendation, followed } = shown;
  if (followed?.status !== 'accepted' && followed?.status !== 'in-progress') return [];
  const inView = stepsInView(shown);
  const progress = inView.toSorted((a, b) => a.place - b.place).map((step) => step.progress);
  return inView
    .filter((step) => step.progress === 'open' && isReady(followed, progress, step.place))
    .slice(0, BUTTONS_SHOWN)
    .map(({ place }) => stepButton(recommendation, place, runId));
}

function stepButton({ id, steps }: Recommendation, step: number, runId: string | null): Button {
  const value = recommendationValue({ recommendationId: id, step, runId });
  const number = step + 1;
  return steps[step]?.do === 'by-hand'
    ? button(`${ACTION.confirmStep}_${step}`, `Step ${number}: done by hand`, {
        value,
        label: `Say that step ${number} is done by hand`,
      })
    : button(`${ACTION.requestStep}_${step}`, `Request step ${number}`, {
        value,
        label: `Request step ${number}: it is decided like any other request`,
      });
}
