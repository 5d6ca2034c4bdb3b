import { createHash } from 'node:crypto';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { lastRefresh, type Sizing, sizingsIn } from '../demand/sizing.ts';
import { pageOf } from '../license-manager/paging.ts';
import { instanceArn } from '../license-manager/resource-arn.ts';
import type { RestHandlers } from '../wire/rest-api.ts';
import { AwsError, type AwsService, type CallContext, targetService } from '../wire/service.ts';
import { ERRORS, OPERATIONS, SERVICE_TARGET } from './api.ts';

/** The one Region in which it is served. */
const SERVED_IN = 'us-east-1';
const USUAL_PAGE = 100;
const MOST_A_PAGE = 1000;

type Handlers = RestHandlers<typeof OPERATIONS>;
type Recommendation = NonNullable<ReturnType<Handlers['ListRecommendations']>['items']>[number];

/** Cost Optimization Hub of enrolled accounts; the account that pays sees all accounts. */
export function costOptimizationHubService(cloud: Cloud, payer: string): AwsService {
  const isEnrolled = (account: string) =>
    cloud.accounts
      .find(({ id }) => id === account)
      ?.switchedOn?.includes('cost-optimization-hub') === true;
  const handlers: Handlers = {
    ListEnrollmentStatuses: ({ accountId }, context) => {
      requireRegion(context);
      const { account } = context;
      if (accountId !== undefined && accountId !== account && account !== payer) {
        throw denied(`Account ${account} may not ask about ${accountId}.`);
      }
      const asked = accountId ?? account;
      return {
        includeMemberAccounts: account === payer,
        items: [{ accountId: asked, status: isEnrolled(asked) ? 'Active' : 'Inactive' }],
      };
    },

    ListRecommendations: (input, context) => {
      requireRegion(context);
      const { account } = context;
      if (!isEnrolled(account)) {
        throw denied(`AWS account ${account} is not enrolled for recommendations.`);
      }
      const { maxResults = USUAL_PAGE, nextToken, filter = {} } = input;
      if (maxResults < 0 || maxResults > MOST_A_PAGE) {
        throw invalid(`maxResults must be between 0 and ${MOST_A_PAGE}.`);
      }
      const found = cloud
        .regions()
        .filter((state) => account === payer || state.account === account)
        .flatMap((state) => recommendationsIn(state, lastRefresh(cloud.clock.now())))
        .filter((one) => passes(one, filter));
      const { items, NextToken } = pageOf(found, {
        keyOf: ({ recommendationId }) => recommendationId ?? '',
        size: maxResults === 0 ? USUAL_PAGE : maxResults,
        token: nextToken,
        badToken: () => invalid('The nextToken is not valid.'),
      });
      return { items, nextToken: NextToken };
    },
  };
  return targetService(
    {
      endpointName: 'cost-optimization-hub',
      serviceTarget: SERVICE_TARGET,
      operations: OPERATIONS,
      errors: ERRORS,
      version: '1.0',
    },
    handlers,
  );
}

/** Of each instance the one that saves most: end what is idle, make smaller what is too large. */
function recommendationsIn(state: RegionState, asOf: number): Recommendation[] {
  return sizingsIn(state, asOf).flatMap((sizing) => {
    const [best] = sizing.options;
    if (sizing.idle) return [recommendation(state, sizing, asOf, 'Stop')];
    if (sizing.finding !== 'Overprovisioned' || best === undefined) return [];
    return [recommendation(state, sizing, asOf, 'Rightsize')];
  });
}

function recommendation(
  { account, region }: RegionState,
  { id, instance, options, monthlyUsd }: Sizing,
  asOf: number,
  actionType: 'Stop' | 'Rightsize',
): Recommendation {
  const [best] = options;
  const savings = actionType === 'Stop' ? monthlyUsd : (best?.monthlySavingsUsd ?? 0);
  return {
    // Good for a day: the next look gives others.
    recommendationId: createHash('sha256').update(`${id} ${asOf}`).digest('base64url'),
    accountId: account,
    region,
    resourceId: id,
    resourceArn: instanceArn(account, region, id),
    currentResourceType: 'Ec2Instance',
    recommendedResourceType: 'Ec2Instance',
    currentResourceSummary: instance.InstanceType,
    recommendedResourceSummary: actionType === 'Stop' ? '' : best?.type.name,
    actionType,
    estimatedMonthlyCost: monthlyUsd,
    estimatedMonthlySavings: savings,
    estimatedSavingsPercentage: (100 * savings) / monthlyUsd,
    currencyCode: 'USD',
    implementationEffort: actionType === 'Stop' ? 'VeryLow' : 'Low',
    restartNeeded: actionType === 'Rightsize',
    rollbackPossible: true,
    lastRefreshTimestamp: asOf / 1000,
    recommendationLookbackPeriodInDays: 14,
    source: 'ComputeOptimizer',
  };
}

type Filter = NonNullable<Parameters<Handlers['ListRecommendations']>[0]['filter']>;

function passes(one: Recommendation, filter: Filter): boolean {
  const within = (values: readonly string[] | undefined, value: string | undefined) =>
    values === undefined || values.length === 0 || values.includes(value ?? '');
  return (
    within(filter.accountIds, one.accountId) &&
    within(filter.actionTypes, one.actionType) &&
    within(filter.regions, one.region) &&
    within(filter.resourceIds, one.resourceId) &&
    within(filter.resourceTypes, one.currentResourceType)
  );
}

function requireRegion({ region }: CallContext): void {
  if (region === SERVED_IN) return;
  throw denied(`Credential should be scoped to a valid region: ${SERVED_IN}.`);
}

function denied(message: string): AwsError {
  return new AwsError('AccessDeniedException', message);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
