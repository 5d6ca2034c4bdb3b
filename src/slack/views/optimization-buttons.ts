import type { ActionsBlock, Button, StaticSelect } from '@slack/types';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import { OptimizationGoal, type Scenario } from '#domain/optimization/scenario.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { type MessageBlock, plainText } from '#slack/views/message.ts';
import type { Page } from '#slack/views/optimization-list.ts';
import { type AnswerTarget, answerValue, scenariosValue } from '#slack/views/optimization-value.ts';
import { kindText, subjectsText } from '#slack/views/recommendation-words.ts';
import { goalText } from '#slack/views/scenario-words.ts';

/** A select of the recommendations on a page, and the other pages; nothing where there are none. */
export function openBlock(
  { items, page, pages }: Page<Recommendation>,
  target: AnswerTarget,
): MessageBlock[] {
  if (items.length === 0) return [];
  const turn = (to: number) => ({
    value: answerValue({ ...target, page: to }),
    label: `Page ${to} of the recommendations`,
  });
  const elements = [
    openSelect(ACTION.openRecommendation, items),
    ...(page > 1 ? [button(ACTION.optimizationPrevious, 'Previous', turn(page - 1))] : []),
    ...(page < pages ? [button(ACTION.optimizationNext, 'Next', turn(page + 1))] : []),
  ];
  return [{ type: 'actions', block_id: answerValue(target, 'open'), elements }];
}

/** Opens one of the recommendations. */
export function openSelect(
  actionId: string,
  recommendations: readonly Recommendation[],
): StaticSelect {
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plainText('Open a recommendation', LIMITS.placeholder),
    options: recommendations.map(({ id, kind, subjects }) => ({
      text: plainText(`${subjectsText(subjects)}: ${kindText(kind)}`, LIMITS.optionText),
      value: id,
    })),
  };
}

/** Goals to compare the scenario with; nothing where it would not fit a button. */
export function compareBlock(scenario: Scenario): MessageBlock[] {
  const options = OptimizationGoal.options
    .filter((goal) => goal !== scenario.goal)
    .flatMap((goal) => {
      const value = scenariosValue([scenario, { ...scenario, goal }]);
      const label = `Compare with another goal: ${goalText(goal)}`;
      const action = `${ACTION.compareGoals}_${goal}`;
      return value === null
        ? []
        : [button(action, `Compare: ${goalText(goal).toLowerCase()}`, { value, label })];
    });
  return options.length === 0 ? [] : [{ type: 'actions', elements: options }];
}

/** Change the scenario, share it, get the plan as a file. */
export function scenarioButtons(
  scenario: Scenario,
  target: AnswerTarget,
  { shareable, hasPlan }: { readonly shareable: boolean; readonly hasPlan: boolean },
): MessageBlock {
  const value = answerValue(target);
  return actions([
    ...changeButton(scenario),
    ...(hasPlan
      ? [
          button(ACTION.exportPlan, 'Export plan', {
            value,
            label: 'Export plan: steps and commands as a file, sent to you directly',
          }),
        ]
      : []),
    ...(shareable ? [shareButton(target)] : []),
    button(ACTION.optimizationNow, 'Refresh', {
      value,
      label: 'Show the newest answer to this question',
    }),
  ]);
}

/** A form with the scenario in it; one that fits no button starts empty. */
function changeButton(scenario: Scenario): Button[] {
  const value = scenariosValue([scenario]);
  return value === null
    ? []
    : [
        button(ACTION.changeScenario, 'Change the scenario', {
          value,
          label: 'Change the scenario: a form, filled in as it was asked',
        }),
      ];
}

/** The same answer for everybody in the channel. */
export function shareButton(target: AnswerTarget): Button {
  return button(ACTION.shareOptimization, 'Share to channel', {
    value: answerValue(target),
    label: 'Share to channel: show this answer to everybody here',
  });
}

/** Each of two scenarios alone. */
export function showAloneButtons({ id, results }: OptimizationRun): Button[] {
  return results.map(({ scenario }, index) =>
    button(`${ACTION.showScenario}_${index}`, `Show: ${goalText(scenario.goal).toLowerCase()}`, {
      value: answerValue({ runId: id, scenario: index, page: 1 }),
      label: `Show the scenario ${index + 1} alone: ${goalText(scenario.goal)}`,
    }),
  );
}

export function actions(elements: ActionsBlock['elements']): ActionsBlock {
  return { type: 'actions', elements };
}
