import { flag, list, number, structure, text } from '../wire/rest-api.ts';

/*
 * Cost Optimization Hub, as far as it is simulated: the bot calls it without the official client. AWS's API
 * model of 2022-07-26.
 */

export const SERVICE_TARGET = 'CostOptimizationHubService';

const Filter = structure('Filter', {
  accountIds: list(text),
  actionTypes: list(text),
  regions: list(text),
  resourceIds: list(text),
  resourceTypes: list(text),
});

const Recommendation = structure('Recommendation', {
  accountId: text,
  actionType: text,
  currencyCode: text,
  currentResourceSummary: text,
  currentResourceType: text,
  estimatedMonthlyCost: number,
  estimatedMonthlySavings: number,
  estimatedSavingsPercentage: number,
  implementationEffort: text,
  /** Seconds since the epoch. */
  lastRefreshTimestamp: number,
  recommendationId: text,
  recommendationLookbackPeriodInDays: number,
  recommendedResourceSummary: text,
  recommendedResourceType: text,
  region: text,
  resourceArn: text,
  resourceId: text,
  restartNeeded: flag,
  rollbackPossible: flag,
  source: text,
});

export const OPERATIONS = {
  ListEnrollmentStatuses: {
    path: '/',
    input: structure('ListEnrollmentStatusesRequest', {
      accountId: text,
      includeOrganizationInfo: flag,
      maxResults: number,
      nextToken: text,
    }),
    output: structure('ListEnrollmentStatusesResponse', {
      includeMemberAccounts: flag,
      items: list(structure('AccountEnrollmentStatus', { accountId: text, status: text })),
      nextToken: text,
    }),
  },
  ListRecommendations: {
    path: '/',
    input: structure('ListRecommendationsRequest', {
      filter: Filter,
      includeAllRecommendations: flag,
      maxResults: number,
      nextToken: text,
    }),
    output: structure('ListRecommendationsResponse', {
      items: list(Recommendation),
      nextToken: text,
    }),
  },
} as const;

export const ERRORS = {
  AccessDeniedException: 400,
  InternalServerException: 500,
  ThrottlingException: 400,
  ValidationException: 400,
} as const;
