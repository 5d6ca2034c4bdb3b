import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { moneyOf } from '#adapters/aws/amount.ts';
import type { TargetCall } from '#adapters/aws/signed-rest-client.ts';
import { SourceOff } from '#adapters/aws/source-failure.ts';
import type { HubFinding } from '#domain/estate/evidence.ts';
import { SECOND_MS } from '#domain/instant.ts';
import type { CostSource } from '#ports/inventory-source.ts';

/** The one Region in which it is served. */
export const HUB_REGION = 'us-east-1';

const MOST_A_PAGE = 1000;

const Enrollment = z.object({
  items: z.array(z.object({ accountId: z.string(), status: z.string() })).default([]),
});

const Page = z.object({
  items: z
    .array(
      z.object({
        accountId: z.string(),
        region: z.string(),
        resourceId: z.string(),
        actionType: z.string(),
        recommendedResourceSummary: z.string().nullish(),
        estimatedMonthlySavings: z.number().nullish(),
        currencyCode: z.string().nullish(),
        recommendationLookbackPeriodInDays: z.number().nullish(),
        /** Seconds since the epoch. */
        lastRefreshTimestamp: z.number(),
      }),
    )
    .default([]),
  nextToken: z.string().nullish(),
});

/**
 * Cost Optimization Hub through its API. Its list says of an instance all that is used here; ids of its
 * recommendations, by which details are asked for, do for a day only and are not kept.
 *
 * @see https://docs.aws.amazon.com/cost-management/latest/APIReference/API_CostOptimizationHub_ListRecommendations.html (API model of 2022-07-26)
 */
export function costOptimizationHub(
  callOf: (account: string) => TargetCall,
): Pick<CostSource, 'hubFindings'> {
  return {
    async hubFindings(account) {
      const call = callOf(account);
      // Refusing whoever is not enrolled looks like refusing the role: ask first.
      const { items } = Enrollment.parse(await call('ListEnrollmentStatuses', {}));
      const own = items.find(({ accountId }) => accountId === account);
      if (own?.status !== 'Active') throw new SourceOff('EnrollmentStatus');
      const query = { filter: { resourceTypes: ['Ec2Instance'] }, maxResults: MOST_A_PAGE };
      const found = await allPages(
        async (nextToken) => Page.parse(await call('ListRecommendations', { ...query, nextToken })),
        (page) => [page.items, page.nextToken ?? undefined],
      );
      return found.map(hubFindingOf);
    },
  };
}

function hubFindingOf(aws: z.output<typeof Page>['items'][number]): HubFinding {
  const { estimatedMonthlySavings: savings, currencyCode = null } = aws;
  return {
    account: aws.accountId,
    region: aws.region,
    resourceId: aws.resourceId,
    action: aws.actionType,
    recommended: aws.recommendedResourceSummary ?? null,
    monthlySavings:
      savings == null || currencyCode === null ? null : moneyOf(savings, currencyCode),
    lookBackDays: aws.recommendationLookbackPeriodInDays ?? null,
    asOf: new Date(aws.lastRefreshTimestamp * SECOND_MS),
  };
}
