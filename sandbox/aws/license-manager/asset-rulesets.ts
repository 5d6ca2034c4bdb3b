import type * as client from '@aws-sdk/client-license-manager';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError, type CallContext } from '../wire/service.ts';
import { invalidParameter } from './errors.ts';
import { type FilterTests, filtered } from './filters.ts';
import { type LicenseManager, onePage, stateOf } from './license-manager.ts';

const RULESET_FILTERS: FilterTests<client.LicenseAssetRuleset> = {
  Name: ({ Name }, value) => Name === value,
};

/** AWS's own rulesets belong to no account. */
const AWS_MANAGED = /^arn:aws:license-manager:[a-z0-9-]+::/;

/** The rules by which asset groups take their assets: the company's, and AWS's own for whoever asks. */
export function assetRulesets(manager: LicenseManager) {
  return {
    ListLicenseAssetRulesets: (
      input: client.ListLicenseAssetRulesetsRequest,
      context: CallContext,
    ) => {
      const { ShowAWSManagedLicenseAssetRulesets: managed = false } = input;
      const rulesets = [...administered(manager, context).licenseAssetRulesets.values()].filter(
        ({ LicenseAssetRulesetArn = '' }) => managed || !AWS_MANAGED.test(LicenseAssetRulesetArn),
      );
      const { items, ...rest } = onePage(
        filtered(rulesets, input.Filters, RULESET_FILTERS),
        input,
        ({ LicenseAssetRulesetArn = '' }) => LicenseAssetRulesetArn,
      );
      return { LicenseAssetRulesets: items, ...rest };
    },

    GetLicenseAssetRuleset: (
      { LicenseAssetRulesetArn: arn = '' }: Partial<client.GetLicenseAssetRulesetRequest>,
      context: CallContext,
    ) => {
      const ruleset = administered(manager, context).licenseAssetRulesets.get(arn);
      if (ruleset === undefined) throw invalidParameter(`Ruleset ${arn} was not found.`);
      return { LicenseAssetRuleset: ruleset };
    },
  };
}

/**
 * The hub's state. What AWS says to members is not published; they are refused as for the other views of the organization.
 *
 * @throws AwsError AccessDeniedException for members
 */
export function administered(manager: LicenseManager, context: CallContext): RegionState {
  if (context.account === manager.hubAccount) return stateOf(manager, context);
  throw new AwsError(
    'AccessDeniedException',
    'Only the management account or the delegated administrator of the organization can do this.',
  );
}
