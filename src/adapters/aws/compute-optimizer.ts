import {
  type ComputeOptimizerClient,
  GetEC2InstanceRecommendationsCommand,
  GetLicenseRecommendationsCommand,
} from '@aws-sdk/client-compute-optimizer';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { moneyOf } from '#adapters/aws/amount.ts';
import type { ComputeFinding, LicenseFinding } from '#domain/estate/evidence.ts';
import type { Scope } from '#domain/scope.ts';
import type { FindingSource } from '#ports/inventory-source.ts';
import { Unavailable } from '#src/errors.ts';

const MOST_A_PAGE = 1000;

/** `OVER_PROVISIONED` on the wire, `Overprovisioned` in AWS's model: both mean the same. */
const word = z.string().transform((text) => text.replaceAll('_', '').toLowerCase());

const Finding = word.pipe(
  z.enum(['overprovisioned', 'underprovisioned', 'optimized', 'notoptimized']),
);
const FINDINGS = {
  overprovisioned: 'over-provisioned',
  underprovisioned: 'under-provisioned',
  optimized: 'optimized',
  notoptimized: 'not-optimized',
} as const satisfies Record<z.output<typeof Finding>, ComputeFinding['finding']>;

const Savings = z
  .object({
    estimatedMonthlySavings: z
      .object({ currency: z.string(), value: z.number() })
      .transform(({ currency, value }) => moneyOf(value, currency))
      .nullish(),
  })
  .nullish()
  .transform((savings) => savings?.estimatedMonthlySavings ?? null);

const AwsComputeFinding = z.object({
  instanceArn: z.string(),
  finding: Finding,
  findingReasonCodes: z.array(z.string()).nullish(),
  recommendationOptions: z
    .array(
      z.object({
        instanceType: z.string(),
        rank: z.number().default(0),
        performanceRisk: z.number().default(0),
        migrationEffort: z.string().nullish(),
        savingsOpportunity: Savings,
        savingsOpportunityAfterDiscounts: Savings,
      }),
    )
    .nullish(),
  lookBackPeriodInDays: z.number(),
  lastRefreshTimestamp: z.date(),
});

const Edition = word.pipe(z.enum(['enterprise', 'standard', 'free', 'nolicenseeditionfound']));
const EDITIONS = {
  enterprise: 'enterprise',
  standard: 'standard',
  free: 'free',
  nolicenseeditionfound: 'none',
} as const satisfies Record<z.output<typeof Edition>, LicenseFinding['edition']>;

const LICENSE_FINDINGS = {
  insufficientmetrics: 'insufficient-metrics',
  optimized: 'optimized',
  notoptimized: 'not-optimized',
} as const satisfies Record<string, LicenseFinding['finding']>;

const MODELS = {
  licenseincluded: 'license-included',
  bringyourownlicense: 'byol',
} as const satisfies Record<string, LicenseFinding['model']>;

const AwsLicenseFinding = z.object({
  resourceArn: z.string(),
  finding: word.pipe(z.enum(['insufficientmetrics', 'optimized', 'notoptimized'])),
  findingReasonCodes: z.array(z.string()).nullish(),
  currentLicenseConfiguration: z.object({
    licenseEdition: Edition.default('nolicenseeditionfound'),
    licenseModel: word.pipe(z.enum(['licenseincluded', 'bringyourownlicense'])).nullish(),
  }),
  licenseRecommendationOptions: z
    .array(
      z.object({
        rank: z.number().default(0),
        licenseEdition: Edition.default('nolicenseeditionfound'),
        savingsOpportunity: Savings,
      }),
    )
    .nullish(),
  lookbackPeriodInDays: z.number(),
  lastRefreshTimestamp: z.date(),
});

/** Compute Optimizer through its API, which has no paginators. */
export function computeOptimizer(
  clientOf: (scope: Scope) => ComputeOptimizerClient,
): FindingSource {
  return {
    async computeFindings(scope) {
      const client = clientOf(scope);
      const found = await allPages(
        async (nextToken) => {
          const query = { maxResults: MOST_A_PAGE, nextToken };
          return whole(await client.send(new GetEC2InstanceRecommendationsCommand(query)));
        },
        (page) => [page.instanceRecommendations, page.nextToken],
      );
      return found.map(computeFindingOf);
    },

    async licenseFindings(scope) {
      const client = clientOf(scope);
      const found = await allPages(
        async (nextToken) => {
          const query = { maxResults: MOST_A_PAGE, nextToken };
          return whole(await client.send(new GetLicenseRecommendationsCommand(query)));
        },
        (page) => [page.licenseRecommendations, page.nextToken],
      );
      return found.map(licenseFindingOf);
    },
  };
}

/** @throws {Unavailable} for an answer that lacks something */
function whole<Page extends { errors?: readonly { code?: string | undefined }[] | undefined }>(
  page: Page,
): Page {
  const [error] = page.errors ?? [];
  if (error === undefined) return page;
  throw new Unavailable(`Compute Optimizer answered ${error.code ?? 'an error'} for an account`);
}

function computeFindingOf(raw: unknown): ComputeFinding {
  const aws = AwsComputeFinding.parse(raw);
  return {
    instanceId: resourceIn(aws.instanceArn),
    finding: FINDINGS[aws.finding],
    reasons: aws.findingReasonCodes ?? [],
    options: byRank(aws.recommendationOptions ?? []).map((option) => ({
      instanceType: option.instanceType,
      performanceRisk: option.performanceRisk,
      migrationEffort: option.migrationEffort ?? null,
      monthlySavings: option.savingsOpportunity,
      monthlySavingsAfterDiscounts: option.savingsOpportunityAfterDiscounts,
    })),
    lookBackDays: aws.lookBackPeriodInDays,
    asOf: aws.lastRefreshTimestamp,
  };
}

function licenseFindingOf(raw: unknown): LicenseFinding {
  const aws = AwsLicenseFinding.parse(raw);
  const { licenseEdition, licenseModel } = aws.currentLicenseConfiguration;
  const best = byRank(aws.licenseRecommendationOptions ?? []).find(
    (option) => option.licenseEdition !== licenseEdition,
  );
  return {
    instanceId: resourceIn(aws.resourceArn),
    finding: LICENSE_FINDINGS[aws.finding],
    reasons: aws.findingReasonCodes ?? [],
    edition: EDITIONS[licenseEdition],
    model: licenseModel == null ? null : MODELS[licenseModel],
    recommendedEdition: best === undefined ? null : EDITIONS[best.licenseEdition],
    monthlySavings: best?.savingsOpportunity ?? null,
    lookBackDays: aws.lookbackPeriodInDays,
    asOf: aws.lastRefreshTimestamp,
  };
}

function byRank<Option extends { readonly rank: number }>(
  options: readonly Option[],
): readonly Option[] {
  return options.toSorted((one, other) => one.rank - other.rank);
}

/** `arn:aws:ec2:…:instance/i-…`. */
function resourceIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
