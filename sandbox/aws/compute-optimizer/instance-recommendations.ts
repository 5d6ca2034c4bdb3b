import type {
  InstanceRecommendation,
  InstanceRecommendationFindingReasonCode,
  InstanceRecommendationOption,
  SavingsOpportunity,
  UtilizationMetric,
} from '@aws-sdk/client-compute-optimizer';
import type { RegionState } from '../cloud/cloud.ts';
import { reasonsOf, type Sizing, sizingsIn } from '../demand/sizing.ts';
import { instanceArn } from '../license-manager/resource-arn.ts';

const LOOK_BACK_DAYS = 14;

/** What Compute Optimizer says of the sizes of instances. Nobody here has discounts. */
export function instanceRecommendations(
  state: RegionState,
  now: number,
  asOf: Date,
): InstanceRecommendation[] {
  return sizingsIn(state, now).map((sizing) => {
    const { instance, id, finding, options } = sizing;
    const arn = instanceArn(state.account, state.region, id);
    return {
      instanceArn: arn,
      accountId: state.account,
      instanceName: instance.Tags?.find(({ Key }) => Key === 'Name')?.Value,
      currentInstanceType: instance.InstanceType,
      finding,
      findingReasonCodes: reasonCodes(sizing),
      utilizationMetrics: metrics(sizing),
      lookBackPeriodInDays: LOOK_BACK_DAYS,
      recommendationOptions: options.map((option, index) => optionOf(sizing, option, index + 1)),
      recommendationSources: [
        { recommendationSourceArn: arn, recommendationSourceType: 'Ec2Instance' },
      ],
      lastRefreshTimestamp: asOf,
      currentPerformanceRisk: finding === 'Underprovisioned' ? 'High' : 'VeryLow',
      instanceState: 'running',
      idle: sizing.idle ? 'True' : 'False',
      tags: (instance.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
    };
  });
}

const CODES = {
  cpu: { Over: 'CPUOverprovisioned', Under: 'CPUUnderprovisioned' },
  memory: { Over: 'MemoryOverprovisioned', Under: 'MemoryUnderprovisioned' },
} as const;

function reasonCodes(sizing: Sizing): InstanceRecommendationFindingReasonCode[] {
  const { cpu, memory } = reasonsOf(sizing);
  return [
    ...(cpu === null ? [] : [CODES.cpu[cpu]]),
    ...(memory === null ? [] : [CODES.memory[memory]]),
  ];
}

function metrics({ cpuPeak, memoryPeak }: Sizing): UtilizationMetric[] {
  const maximum = (name: 'Cpu' | 'Memory', share: number): UtilizationMetric => ({
    name,
    statistic: 'Maximum',
    value: Math.min(100, share * 100),
  });
  return [maximum('Cpu', cpuPeak), ...(memoryPeak === null ? [] : [maximum('Memory', memoryPeak)])];
}

function optionOf(
  { monthlyUsd }: Sizing,
  { type, cpuPeak, memoryKnown, monthlySavingsUsd }: Sizing['options'][number],
  rank: number,
): InstanceRecommendationOption {
  const savings = savingsOf(monthlySavingsUsd, monthlyUsd);
  return {
    instanceType: type.name,
    rank,
    performanceRisk: Math.min(4, (cpuPeak > 0.6 ? 2 : 1) + (memoryKnown ? 0 : 1)),
    migrationEffort: 'VeryLow',
    platformDifferences: [],
    ...(savings === null
      ? {}
      : { savingsOpportunity: savings, savingsOpportunityAfterDiscounts: savings }),
  };
}

/** Null where it would cost more: AWS speaks of no opportunity then. */
function savingsOf(savings: number, monthly: number): SavingsOpportunity | null {
  if (savings <= 0 || monthly <= 0) return null;
  return {
    savingsOpportunityPercentage: (100 * savings) / monthly,
    estimatedMonthlySavings: { currency: 'USD', value: savings },
  };
}
