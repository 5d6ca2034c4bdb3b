import type { Instance } from '@aws-sdk/client-ec2';
import type {
  AndRuleStatement,
  GrantedLicense,
  LicenseAssetRule,
  MatchingRuleStatement,
} from '@aws-sdk/client-license-manager';
import { AwsError } from '../wire/service.ts';
import { licenseIncluded } from './license-included.ts';
import type { LicenseConfigurationRecord } from './records.ts';

/** What rules can ask of an asset: values by AWS's names of the keys (API reference, MatchingRuleStatement). */
export interface AssetFacts {
  readonly type: 'Instance' | 'License' | 'LicenseConfiguration';
  readonly arn: string;
  readonly values: Readonly<Record<string, readonly (string | undefined)[]>>;
}

export function instanceFacts(arn: string, account: string, instance: Instance): AssetFacts {
  return {
    type: 'Instance',
    arn,
    values: {
      Platform: [instance.PlatformDetails],
      EC2BillingProduct: billingProducts(instance.UsageOperation),
      MarketPlaceProductCode: (instance.ProductCodes ?? []).map(
        ({ ProductCodeId }) => ProductCodeId,
      ),
      AMIId: [instance.ImageId],
      InstanceType: [instance.InstanceType],
      InstanceId: [instance.InstanceId],
      HostId: [instance.Placement?.HostId],
      AccountId: [account],
    },
  };
}

export function configurationFacts(record: LicenseConfigurationRecord): AssetFacts {
  const { LicenseConfigurationArn: arn, OwnerAccountId } = record;
  const values = { LicenseConfigurationArn: [arn], AccountId: [OwnerAccountId] };
  return { type: 'LicenseConfiguration', arn, values };
}

export function licenseFacts(license: GrantedLicense): AssetFacts {
  const arn = license.LicenseArn ?? '';
  return {
    type: 'License',
    arn,
    values: {
      LicenseArn: [arn],
      ProductSKU: [license.ProductSKU],
      Issuer: [license.Issuer?.Name],
      Beneficiary: [license.Beneficiary],
      LicenseStatus: [license.Status],
      HomeRegion: [license.HomeRegion],
    },
  };
}

/** What EC2 bills beside the machine, in the words of asset rules. */
function billingProducts(operation = ''): string[] {
  const included = licenseIncluded(operation).map((product) =>
    product === 'windows-server-datacenter' ? 'windows-server-enterprise' : product,
  );
  const others: Readonly<Record<string, string>> = {
    'RunInstances:0800': 'windows-byol',
    'RunInstances:0010': 'rhel',
    'RunInstances:00g0': 'rhel-byol',
    'RunInstances:1010': 'rhel-high-availability',
    'RunInstances:0g00': 'ubuntu-pro',
    'RunInstances:000g': 'suse-linux',
  };
  return [...included, others[operation] ?? []].flat();
}

/** Whether the rule takes the asset. @throws AwsError 501 for scripts, which the sandbox does not run. */
export function ruleTakes({ RuleStatement }: LicenseAssetRule, asset: AssetFacts): boolean {
  const statements = {
    Instance: RuleStatement?.InstanceRuleStatement,
    License: RuleStatement?.LicenseRuleStatement,
    LicenseConfiguration: RuleStatement?.LicenseConfigurationRuleStatement,
  };
  const statement = statements[asset.type];
  if (statement === undefined) return false;
  if (statement.MatchingRuleStatement) return matches(statement.MatchingRuleStatement, asset);
  if (statement.AndRuleStatement) {
    return matchingOf(statement.AndRuleStatement).every((one) => matches(one, asset));
  }
  if (statement.OrRuleStatement) {
    return matchingOf(statement.OrRuleStatement).some((one) => matches(one, asset));
  }
  throw scriptsNotSimulated();
}

function matchingOf(statement: AndRuleStatement): readonly MatchingRuleStatement[] {
  if ((statement.ScriptRuleStatements ?? []).length > 0) throw scriptsNotSimulated();
  return statement.MatchingRuleStatements ?? [];
}

function matches(
  { KeyToMatch = '', Constraint, ValueToMatch = [] }: MatchingRuleStatement,
  { values }: AssetFacts,
): boolean {
  const found = (values[KeyToMatch] ?? []).some(
    (value) => value !== undefined && ValueToMatch.includes(value),
  );
  return Constraint === 'NOT_EQUALS' ? !found : found;
}

function scriptsNotSimulated(): AwsError {
  return new AwsError('NotSimulated', 'The sandbox does not run the scripts of asset rules.', {
    status: 501,
  });
}
