import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { HostFill, OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import type { Recommendation, Setup } from '#domain/optimization/recommendation.ts';
import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import type { OptimizationAnswer, RecommendationAnswer } from '#ports/optimization-answers.ts';
import { ACCOUNT, NOW, REGION } from '../builders.ts';

export const RUN = 'opt-4f9k2m81ab';
export const NAMES = new Map([[ACCOUNT, 'erp-production']]);
export const usd = (amount: number) => ({ micros: amount * 1_000_000, currency: 'USD' });

export const PLACE = { account: ACCOUNT, region: REGION };
export const INSTANCE = 'i-0123456789abcdef0';

/** A running r6i.2xlarge with SQL Server Enterprise of the company's own. */
export function aSetup(changes: Partial<Setup> = {}): Setup {
  return {
    running: true,
    instanceType: 'r6i.2xlarge',
    cpuOptions: null,
    tenancy: 'default',
    usageOperation: 'RunInstances:0002',
    products: [{ product: 'sql-server', edition: 'enterprise', licensing: 'byol' }],
    ...changes,
  };
}

/** The id that ends in `digit`. */
export function recommendationId(digit: string): string {
  return `rec-${digit.padStart(10, '0')}`;
}

/** Rightsizes one machine: 1,200 USD and 4 core licenses a month, in two steps. */
export function aRecommendation(changes: Partial<Recommendation> = {}): Recommendation {
  return {
    id: recommendationId('1'),
    kind: 'rightsize',
    ...PLACE,
    subjects: [{ kind: 'instance', id: INSTANCE, name: 'crm-db-1' }],
    change: { from: aSetup(), to: aSetup({ instanceType: 'r6i.xlarge' }) },
    savings: {
      monthly: usd(1200),
      basis: 'list',
      afterCommitments: usd(800),
      licenses: [{ product: 'sql-server', edition: 'enterprise', metric: 'core', units: 4 }],
    },
    evidence: [
      {
        source: 'utilization',
        measure: 'cpu-p995',
        value: 12.345,
        unit: 'percent',
        lookBackDays: 30,
        asOf: NOW,
      },
    ],
    gate: [
      {
        code: 'mobility',
        holds: true,
        text: 'Licenses with Software Assurance may move.',
        rule: 'microsoft/license-mobility',
        source: 'Product Terms',
      },
    ],
    risk: 'low',
    effort: 'restart',
    downtime: true,
    ownerMustValidate: false,
    steps: [
      { do: 'stop', ...PLACE, instanceId: INSTANCE },
      {
        do: 'resize',
        ...PLACE,
        instanceId: INSTANCE,
        instanceType: 'r6i.xlarge',
        cpuOptions: { coreCount: 2, threadsPerCore: 1 },
      },
    ],
    rollback: [
      {
        do: 'resize',
        ...PLACE,
        instanceId: INSTANCE,
        instanceType: 'r6i.2xlarge',
        cpuOptions: null,
      },
    ],
    atMostBetter: usd(30),
    asOf: NOW,
    ...changes,
  };
}

export function aFollowed(changes: Partial<FollowedRecommendation> = {}): FollowedRecommendation {
  return {
    recommendation: aRecommendation(),
    asFound: null,
    status: 'new',
    version: 1,
    firstSeenAt: NOW,
    lastSeenAt: NOW,
    decided: null,
    snoozedUntil: null,
    promised: null,
    requests: [],
    doneByHand: [],
    doneAt: null,
    realized: [],
    ...changes,
  };
}

export function aFill(ref: string, changes: Partial<HostFill> = {}): HostFill {
  return {
    ref,
    isNew: false,
    ...PLACE,
    availabilityZone: 'us-east-1a',
    family: 'r5',
    cores: 48,
    usedCores: 12,
    machines: 2,
    spare: false,
    ...changes,
  };
}

/** 41,200 USD for 212 machines; 33,900 would do, and nothing is more than 0.4 % cheaper. */
export function aResult(changes: Partial<OptimizationResult> = {}): OptimizationResult {
  const license = { product: 'sql-server', edition: 'enterprise', metric: 'core' } as const;
  return {
    scenario: DEFAULT_SCENARIO,
    asOf: NOW,
    machines: 212,
    fixed: [],
    before: {
      monthly: usd(41_200),
      hosts: [aFill('h-1'), aFill('h-2')],
      licenses: [{ ...license, units: 56, missing: 16 }],
    },
    after: {
      monthly: usd(33_900),
      hosts: [aFill('h-1', { usedCores: 24, machines: 4 })],
      licenses: [{ ...license, units: 40, missing: 0 }],
    },
    noPlan: null,
    lowerBound: usd(33_764),
    gap: 0.004,
    proven: false,
    seconds: 1.234,
    unitValues: [],
    plan: [aRecommendation()],
    beside: [],
    ...changes,
  };
}

export function aRunOf(
  results: readonly OptimizationResult[],
  changes: Partial<OptimizationRun> = {},
): OptimizationRun {
  return {
    id: RUN,
    askedBy: 'U0REQUEST1',
    startedAt: NOW,
    final: true,
    results,
    refusal: null,
    ...changes,
  };
}

export function anAnswer(changes: Partial<OptimizationAnswer> = {}): OptimizationAnswer {
  return {
    run: aRunOf([aResult()]),
    scenario: null,
    page: 1,
    accountNames: NAMES,
    statuses: new Map(),
    ...changes,
  };
}

/** One that is followed, for somebody who may decide. */
export function aCard(changes: Partial<RecommendationAnswer> = {}): RecommendationAnswer {
  return {
    recommendation: aRecommendation(),
    followed: aFollowed(),
    requests: [],
    mayDecide: true,
    notice: null,
    runId: RUN,
    accountNames: NAMES,
    ...changes,
  };
}
