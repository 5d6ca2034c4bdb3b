import * as client from '@aws-sdk/client-compute-optimizer';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { lastRefresh } from '../demand/sizing.ts';
import { pageOf } from '../license-manager/paging.ts';
import { AwsError, type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { instanceRecommendations } from './instance-recommendations.ts';
import { licenseRecommendations } from './license-recommendations.ts';

const MOST_A_PAGE = 1000;
const USUAL_PAGE = 100;

/**
 * Compute Optimizer of accounts that opted in. It looks at a Region once a day: what was changed since shows
 * on the next day.
 */
export function computeOptimizerService(cloud: Cloud): AwsService {
  const looksAtInstances = daily(cloud, instanceRecommendations);
  const looksAtLicenses = daily(cloud, licenseRecommendations);
  return awsService(client, {
    GetEC2InstanceRecommendations: (input, context) => {
      const found = looksAtInstances(optedIn(cloud, context, input.accountIds));
      const passes = findingFilter(input.filters);
      const asked = found.filter(
        ({ instanceArn = '', finding }) =>
          passes(finding) && (input.instanceArns?.includes(instanceArn) ?? true),
      );
      const { items, ...rest } = onePage(asked, input, ({ instanceArn }) => instanceArn ?? '');
      return { instanceRecommendations: items, errors: [], ...rest };
    },
    GetLicenseRecommendations: (input, context) => {
      const found = looksAtLicenses(optedIn(cloud, context, input.accountIds));
      const passes = findingFilter(input.filters);
      const asked = found.filter(
        ({ resourceArn = '', finding }) =>
          passes(finding) && (input.resourceArns?.includes(resourceArn) ?? true),
      );
      const { items, ...rest } = onePage(asked, input, ({ resourceArn }) => resourceArn ?? '');
      return { licenseRecommendations: items, errors: [], ...rest };
    },
  });
}

/** @throws AwsError OptInRequiredException where nobody opted in */
function optedIn(
  cloud: Cloud,
  { account, region }: CallContext,
  accountIds: readonly string[] = [],
): RegionState {
  const switchedOn = cloud.accounts.find(({ id }) => id === account)?.switchedOn ?? [];
  if (!switchedOn.includes('compute-optimizer')) {
    throw new AwsError(
      'OptInRequiredException',
      'The AWS account has not opted in to Compute Optimizer.',
    );
  }
  if (accountIds.some((id) => id !== account)) {
    throw new AwsError(
      'AccessDeniedException',
      'Only the management account of an organization that trusts Compute Optimizer asks for others.',
    );
  }
  return cloud.region(account, region);
}

/** What was found when AWS last looked, kept until it looks again. */
function daily<Found>(
  { clock }: Cloud,
  look: (state: RegionState, now: number, asOf: Date) => readonly Found[],
): (state: RegionState) => readonly Found[] {
  const kept = new Map<RegionState, { readonly at: number; readonly found: readonly Found[] }>();
  return (state) => {
    const at = lastRefresh(clock.now());
    const known = kept.get(state);
    if (known?.at === at) return known.found;
    const found = look(state, clock.now(), new Date(at));
    kept.set(state, { at, found });
    return found;
  };
}

interface Filter {
  readonly name?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

function findingFilter(filters: readonly Filter[] = []): (finding: string | undefined) => boolean {
  const other = filters.find(({ name }) => name !== 'Finding');
  if (other !== undefined) throw invalid(`The sandbox does not filter by ${other.name}.`);
  return (finding = '') => filters.every(({ values = [] }) => values.includes(finding));
}

interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

function onePage<Item>(
  items: readonly Item[],
  { maxResults = USUAL_PAGE, nextToken }: PageRequest,
  keyOf: (item: Item) => string,
): { readonly items: Item[]; readonly nextToken?: string } {
  if (maxResults < 0 || maxResults > MOST_A_PAGE) {
    throw invalid(`maxResults must be between 0 and ${MOST_A_PAGE}.`);
  }
  const page = pageOf(items, {
    keyOf,
    size: maxResults === 0 ? USUAL_PAGE : maxResults,
    token: nextToken,
    badToken: () => invalid('The nextToken is not valid.'),
  });
  return {
    items: page.items,
    ...(page.NextToken === undefined ? {} : { nextToken: page.NextToken }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
