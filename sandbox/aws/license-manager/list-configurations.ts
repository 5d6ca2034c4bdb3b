import type * as client from '@aws-sdk/client-license-manager';
import { AwsError, type CallContext } from '../wire/service.ts';
import { describeConfiguration, describeWithTags } from './describe-configuration.ts';
import { type FilterTests, filtered } from './filters.ts';
import {
  type LicenseManager,
  onePage,
  visibleConfiguration,
  visibleConfigurations,
} from './license-manager.ts';

const FILTERS: FilterTests<client.LicenseConfiguration> = {
  licenseCountingType: ({ LicenseCountingType }, value) => LicenseCountingType === value,
  enforceLicenseCount: ({ LicenseCountHardLimit }, value) =>
    String(LicenseCountHardLimit) === value.toLowerCase(),
  usagelimitExceeded: ({ ConsumedLicenses = 0, LicenseCount }, value) =>
    String(LicenseCount !== undefined && ConsumedLicenses > LicenseCount) === value.toLowerCase(),
};

/** Reading license configurations. */
export function listConfigurations(manager: LicenseManager) {
  return {
    ListLicenseConfigurations: (
      input: client.ListLicenseConfigurationsRequest,
      context: CallContext,
    ) => page(visibleConfigurations(manager, context).map(describe), input),

    /** Of every account of the organization, in this Region. */
    ListLicenseConfigurationsForOrganization: (
      input: client.ListLicenseConfigurationsForOrganizationRequest,
      { account, region }: CallContext,
    ) => {
      if (account !== manager.hubAccount) {
        throw new AwsError(
          'AccessDeniedException',
          'Only the management account or the delegated administrator of the organization can do this.',
        );
      }
      const records = manager.cloud
        .regions()
        .filter((state) => state.region === region)
        .flatMap((state) => [...state.licenseConfigurations.values()]);
      return page(records.map(describe), input);
    },

    GetLicenseConfiguration: (
      input: Partial<client.GetLicenseConfigurationRequest>,
      context: CallContext,
    ) =>
      describeWithTags(
        manager,
        visibleConfiguration(manager, context, input.LicenseConfigurationArn),
      ),
  };

  function describe(record: Parameters<typeof describeConfiguration>[1]) {
    return describeConfiguration(manager, record);
  }
}

function page(
  all: readonly client.LicenseConfiguration[],
  input: client.ListLicenseConfigurationsRequest,
) {
  const arns = input.LicenseConfigurationArns ?? [];
  const asked = all.filter(
    ({ LicenseConfigurationArn = '' }) =>
      arns.length === 0 || arns.includes(LicenseConfigurationArn),
  );
  const { items, ...rest } = onePage(
    filtered(asked, input.Filters, FILTERS),
    input,
    ({ LicenseConfigurationArn = '' }) => LicenseConfigurationArn,
  );
  return { LicenseConfigurations: items, ...rest };
}
