import type { LicenseAssetRuleset } from '@aws-sdk/client-license-manager';
import { HUB_REGION, SHARED_SERVICES } from './accounts.ts';
import type { Ground } from './ground.ts';
import { hexadecimalId } from './ids.ts';

/** The hub's asset groups: what License Manager sees of SQL Server and Linux in its price, in all accounts. */
export function addAssetGroups({ site, state }: Ground): void {
  if (site.account !== SHARED_SERVICES || site.region !== HUB_REGION) return;
  const prefix = `arn:aws:license-manager:${site.region}`;
  const groups = {
    'SQL Server in the price': ['sql-server-standard', 'sql-server-enterprise'],
    'Commercial Linux': ['rhel', 'rhel-byol', 'suse-linux', 'ubuntu-pro'],
  };
  for (const [name, products] of Object.entries(groups)) {
    // Rulesets of AWS's own have no account in their ARN.
    const rulesetArn = `${prefix}::license-asset-ruleset:rs-${hexadecimalId('ruleset', name)}`;
    const groupArn = `${prefix}:${site.account}:license-asset-group:lag-${hexadecimalId('group', name)}`;
    state.licenseAssetRulesets.set(rulesetArn, ruleset(rulesetArn, name, products));
    state.licenseAssetGroups.set(groupArn, {
      LicenseAssetGroupArn: groupArn,
      Name: name,
      AssociatedLicenseAssetRulesetARNs: [rulesetArn],
      LicenseAssetGroupConfigurations: [],
      Status: 'ACTIVE',
    });
  }
}

function ruleset(arn: string, name: string, ValueToMatch: string[]): LicenseAssetRuleset {
  return {
    LicenseAssetRulesetArn: arn,
    Name: name,
    Rules: [
      {
        RuleStatement: {
          InstanceRuleStatement: {
            MatchingRuleStatement: {
              KeyToMatch: 'EC2BillingProduct',
              Constraint: 'EQUALS',
              ValueToMatch,
            },
          },
        },
      },
    ],
  };
}
