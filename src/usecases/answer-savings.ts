import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import { answerOptimization, shareOptimization } from '#usecases/answer-optimization.ts';
import { sendPlan } from '#usecases/send-plan.ts';
import {
  showRecommendation,
  showRecommendations,
  tellRecommendation,
} from '#usecases/show-recommendation.ts';
import { showScenarioForm } from '#usecases/show-scenario-form.ts';

type Ports = Parameters<typeof answerOptimization>[0] &
  Parameters<typeof shareOptimization>[0] &
  Parameters<typeof sendPlan>[0] &
  Parameters<typeof showRecommendation>[0] &
  Parameters<typeof showScenarioForm>[0];

const KINDS = [
  'optimization',
  'share-optimization',
  'optimization-plan',
  'scenario-form',
  'recommendations',
  'recommendation',
  'recommendation-notice',
] as const;

/** Answers about savings. */
export type SavingsJob = Extract<AnswerJob, { readonly kind: (typeof KINDS)[number] }>;

/** Whether an answer is about savings. */
export function isSavingsJob(job: AnswerJob): job is SavingsJob {
  return KINDS.some((kind) => kind === job.kind);
}

/** Do one job about what the optimizer came to, or about recommendations. */
export function answerSavings(ports: Ports, job: SavingsJob): Promise<void> {
  switch (job.kind) {
    case 'optimization':
      return answerOptimization(ports, job);
    case 'share-optimization':
      return shareOptimization(ports, job);
    case 'optimization-plan':
      return sendPlan(ports, job);
    case 'scenario-form':
      return showScenarioForm(ports, job);
    case 'recommendations':
      return showRecommendations(ports, job);
    case 'recommendation':
      return showRecommendation(ports, job);
    case 'recommendation-notice':
      return tellRecommendation(ports, job);
  }
}
