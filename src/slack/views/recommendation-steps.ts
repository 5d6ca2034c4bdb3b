import type { Button } from '@slack/types';
import { type StepProgress, stepProgress } from '#domain/optimization/follow/progress.ts';
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

/** A step with its place, how far it is, and the places of those that it still waits for. */
interface PlacedStep {
  readonly place: number;
  readonly progress: StepProgress;
  readonly waitsFor: readonly number[];
}

interface Shown extends Pick<RecommendationAnswer, 'followed' | 'requests'> {
  readonly recommendation: Recommendation;
}

/** Steps in the order in which they are looked at: what is still to be done first. */
export function stepsInView({
  recommendation: { steps, ownerMustValidate },
  followed,
  requests,
}: Shown): readonly PlacedStep[] {
  const states = new Map(requests.map(({ id, status }) => [id, status]));
  const known = followed === null ? [] : stepProgress(followed, states);
  const progressAt = (place: number) => known[place] ?? 'open';
  const placed = stepOrder(steps, ownerMustValidate).map((before, place) => ({
    place,
    progress: progressAt(place),
    waitsFor: before.filter((earlier) => progressAt(earlier) !== 'done'),
  }));
  const isDone = ({ progress }: PlacedStep) => progress === 'done';
  return [...placed.filter((step) => !isDone(step)), ...placed.filter(isDone)];
}

/** What is done in order, how far it is, and what waits for what; `fit` of the steps. */
export function stepBlocks(
  steps: readonly PlacedStep[],
  { recommendation, followed, requests }: Shown,
  fit: number,
): MessageBlock[] {
  const done = steps.filter(({ progress }) => progress === 'done').length;
  const lines = steps
    .slice(0, fit)
    .map(
      (step): Line => [
        `${figure(step.place + 1)}. `,
        ...stepText(recommendation, step.place),
        ...standing(step, followed, requests),
        ...waits(step),
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
  { progress, place }: PlacedStep,
  followed: FollowedRecommendation | null,
  requests: readonly StepRequest[],
): Inline[] {
  const linked = (followed?.requests ?? []).filter(({ step }) => step === place).at(-1);
  const mark = { open: '', requested: ' ⏳ requested', done: ' ✅ done' }[progress];
  if (linked === undefined) return mark === '' ? [] : [mark];
  const status = requests.find(({ id }) => id === linked.requestId)?.status;
  const words = status === undefined ? '' : ` is ${STATUS_TEXT[status]}`;
  return [mark, ': request ', code(linked.requestId), words];
}

function waits({ progress, waitsFor }: PlacedStep): Inline[] {
  if (progress !== 'open' || waitsFor.length === 0) return [];
  return [` · waits for ${stepNumbers(waitsFor)}`];
}

/** So many steps have buttons; the next ones get theirs when these are done. */
const BUTTONS_SHOWN = 5;

/** A button for each step that can be done now: a request, or that it is done by hand. */
export function stepButtons(
  steps: readonly PlacedStep[],
  { recommendation, followed }: Pick<Shown, 'recommendation' | 'followed'>,
  runId: string | null,
): Button[] {
  if (followed?.status !== 'accepted' && followed?.status !== 'in-progress') return [];
  return steps
    .filter(({ progress, waitsFor }) => progress === 'open' && waitsFor.length === 0)
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
