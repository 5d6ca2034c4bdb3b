import type * as client from '@aws-sdk/client-license-manager';
import type { CallContext } from '../wire/service.ts';
import { associationsOf } from './associations.ts';
import type { Usage } from './counting.ts';
import { type FilterTests, filtered } from './filters.ts';
import { ledgerOf } from './ledger.ts';
import {
  type LicenseManager,
  onePage,
  visibleConfiguration,
  visibleUsage,
} from './license-manager.ts';
import type { LicenseConfigurationRecord } from './records.ts';
import { parseResourceArn } from './resource-arn.ts';

const FILTERS: FilterTests<Usage> = {
  resourceArn: ({ resourceArn }, value) => resourceArn === value,
  resourceType: ({ resourceType }, value) => resourceType === value,
  resourceAccount: ({ resourceOwnerId }, value) => resourceOwnerId === value,
};

/** What consumes, what is associated, and what could not be. */
export function listUsage(manager: LicenseManager) {
  return {
    ListUsageForLicenseConfiguration: (
      input: Partial<client.ListUsageForLicenseConfigurationRequest>,
      context: CallContext,
    ) => {
      const record = visibleConfiguration(manager, context, input.LicenseConfigurationArn);
      const rows = visibleUsage(manager, record).filter(seenBy(record, context, usageOwner));
      const { items, ...rest } = onePage(filtered(rows, input.Filters, FILTERS), input, usageArn);
      return { LicenseConfigurationUsageList: items.map(usageRow), ...rest };
    },

    ListAssociationsForLicenseConfiguration: (
      input: Partial<client.ListAssociationsForLicenseConfigurationRequest>,
      context: CallContext,
    ) => {
      const record = visibleConfiguration(manager, context, input.LicenseConfigurationArn);
      const all = associationsOf(manager.cloud, record).filter(
        seenBy(record, context, ({ ownerId }) => ownerId),
      );
      const { items, ...rest } = onePage(all, input, ({ resourceArn }) => resourceArn);
      return { LicenseConfigurationAssociations: items.map(associationRow), ...rest };
    },

    ListFailuresForLicenseConfigurationOperations: (
      input: Partial<client.ListFailuresForLicenseConfigurationOperationsRequest>,
      context: CallContext,
    ) => {
      const record = visibleConfiguration(manager, context, input.LicenseConfigurationArn);
      const failures = ledgerOf(manager.cloud)
        .failures(context.region)
        .filter(({ configurationArn }) => configurationArn === record.LicenseConfigurationArn);
      const { items, ...rest } = onePage(failures, input, ({ resourceArn }) => resourceArn);
      return { LicenseOperationFailureList: items.map(failureRow), ...rest };
    },
  };
}

/** The owner sees every account's resources, the others see theirs. */
function seenBy<Item>(
  record: LicenseConfigurationRecord,
  { account }: CallContext,
  ownerOf: (item: Item) => string,
): (item: Item) => boolean {
  return (item) => record.OwnerAccountId === account || ownerOf(item) === account;
}

function usageOwner({ resourceOwnerId }: Usage): string {
  return resourceOwnerId;
}

function usageArn({ resourceArn }: Usage): string {
  return resourceArn;
}

function usageRow(usage: Usage): client.LicenseConfigurationUsage {
  return {
    ResourceArn: usage.resourceArn,
    ResourceType: usage.resourceType,
    ResourceStatus: usage.resourceStatus,
    ResourceOwnerId: usage.resourceOwnerId,
    AssociationTime: usage.associationTime,
    ConsumedLicenses: usage.licenses,
  };
}

function associationRow({
  resourceArn,
  ownerId,
  specification,
}: ReturnType<typeof associationsOf>[number]): client.LicenseConfigurationAssociation {
  return {
    ResourceArn: resourceArn,
    ResourceType: parseResourceArn(resourceArn)?.type,
    ResourceOwnerId: ownerId,
    AssociationTime: specification.associationTime,
    AmiAssociationScope: specification.AmiAssociationScope,
  };
}

function failureRow(
  failure: ReturnType<ReturnType<typeof ledgerOf>['failures']>[number],
): client.LicenseOperationFailure {
  return {
    ResourceArn: failure.resourceArn,
    ResourceType: failure.resourceType,
    ErrorMessage: failure.message,
    FailureTime: failure.at,
    OperationName: 'UpdateLicenseSpecificationsForResource',
    ResourceOwnerId: failure.ownerId,
    OperationRequestedBy: 'License Manager Automated Discovery',
    MetadataList: [],
  };
}
