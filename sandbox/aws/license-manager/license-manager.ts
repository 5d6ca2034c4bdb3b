import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { AwsError, type CallContext } from '../wire/service.ts';
import { isUsableBy } from './associations.ts';
import { type Usage, usageUnder } from './counting.ts';
import { invalidParameter } from './errors.ts';
import { ledgerOf } from './ledger.ts';
import { pageOf } from './paging.ts';
import type { LicenseConfigurationRecord } from './records.ts';

/** What every operation of the simulated License Manager works on. */
export interface LicenseManager {
  readonly cloud: Cloud;
  /** The account that administers License Manager for the organization. */
  readonly hubAccount: string;
  /** How long a change in EC2 takes to show in consumption and usage. */
  readonly usageDelayMs: number;
}

export function stateOf({ cloud }: LicenseManager, context: CallContext): RegionState {
  return cloud.region(context.account, context.region);
}

/** The configurations of this Region that an account sees: its own, and those shared with the organization. */
export function visibleConfigurations(
  { cloud }: LicenseManager,
  { account, region }: CallContext,
): LicenseConfigurationRecord[] {
  return cloud
    .regions()
    .filter((state) => state.region === region)
    .flatMap((state) => [...state.licenseConfigurations.values()])
    .filter((record) => isUsableBy(record, account));
}

/** The configuration with this ARN. @throws AwsError when the account does not see it in this Region. */
export function visibleConfiguration(
  manager: LicenseManager,
  context: CallContext,
  arn: string | undefined,
): LicenseConfigurationRecord {
  const record = visibleConfigurations(manager, context).find(
    ({ LicenseConfigurationArn }) => LicenseConfigurationArn === arn,
  );
  if (record === undefined) throw invalidParameter(`License configuration ${arn} was not found.`);
  return record;
}

/** The same, for changing it. @throws AwsError AccessDeniedException when it is only shared with the account. */
export function ownConfiguration(
  manager: LicenseManager,
  context: CallContext,
  arn: string | undefined,
): LicenseConfigurationRecord {
  const record = visibleConfiguration(manager, context, arn);
  if (record.OwnerAccountId !== context.account) {
    throw new AwsError(
      'AccessDeniedException',
      `License configuration ${arn} belongs to another account.`,
    );
  }
  return record;
}

/** The usage that the API shows of one configuration. */
export function visibleUsage(
  { cloud, usageDelayMs }: LicenseManager,
  record: LicenseConfigurationRecord,
): Usage[] {
  const region = record.LicenseConfigurationArn.split(':')[3] ?? '';
  return usageUnder(ledgerOf(cloud).visible(region, usageDelayMs), record);
}

/** License Manager publishes no page size for its listings; a page may always be smaller than what was asked for. */
const PAGE_SIZE = 50;

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** One page of a listing in the order of the keys. */
export function onePage<Item>(
  items: readonly Item[],
  { MaxResults = PAGE_SIZE, NextToken }: PageRequest,
  keyOf: (item: Item) => string,
) {
  if (MaxResults < 1) throw invalidParameter('MaxResults must be at least 1.');
  return pageOf(items, {
    keyOf,
    size: Math.min(MaxResults, PAGE_SIZE),
    token: NextToken,
    badToken: () => invalidParameter('NextToken is not valid.'),
  });
}
