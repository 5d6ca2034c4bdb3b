import type { Policies } from '#ports/policies.ts';
import type { Queues } from '#ports/queues.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import {
  changeScenario,
  compareGoals,
  exportPlan,
  openRecommendation,
  openSavings,
  shareOptimization,
  turnOptimization,
} from '#slack/actions/change-optimization.ts';
import {
  clickRecommendation,
  clickStep,
  confirmsStep,
  openRecommendationForm,
} from '#slack/actions/decide-recommendation.ts';
import { askOptimizer } from '#slack/commands/ask-optimizer.ts';
import { scopeNames } from '#slack/commands/scope-names.ts';
import type { Respond } from '#slack/fallbacks.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { submitDismissal, submitSnooze } from '#slack/modals/recommendation-forms.ts';
import { submitScenario } from '#slack/modals/submit-scenario.ts';

/** Everything about savings: questions to the optimizer, its answers, and recommendations. */
export function optimizing(ports: {
  readonly queues: Queues;
  readonly respond: Respond;
  readonly openView: OpenView;
  readonly policies: Pick<Policies, 'current'>;
  readonly snapshots: Pick<Snapshots, 'organization'>;
}) {
  const names = scopeNames(ports);
  return {
    ask: askOptimizer({ ...ports, names }),
    turn: turnOptimization(ports),
    share: shareOptimization(ports),
    export: exportPlan(ports),
    compare: compareGoals(ports),
    change: changeScenario(ports),
    open: openRecommendation(ports),
    list: openSavings(ports),
    accept: clickRecommendation(() => ({ do: 'accept' }), ports),
    reopen: clickRecommendation(() => ({ do: 'reopen' }), ports),
    confirmStep: clickRecommendation(confirmsStep, ports),
    requestStep: clickStep(ports),
    dismiss: openRecommendationForm('dismiss', ports),
    snooze: openRecommendationForm('snooze', ports),
    submitScenario: submitScenario({ ...ports, names }),
    submitDismissal: submitDismissal(ports),
    submitSnooze: submitSnooze(ports),
  };
}
