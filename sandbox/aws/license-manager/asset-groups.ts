import type * as client from '@aws-sdk/client-license-manager';
import type { CallContext } from '../wire/service.ts';
import {
  type AssetFacts,
  configurationFacts,
  instanceFacts,
  licenseFacts,
  ruleTakes,
} from './asset-rules.ts';
import { administered } from './asset-rulesets.ts';
import { statesOf } from './associations.ts';
import { lastScheduledDiscovery } from './discovery.ts';
import { invalidParameter } from './errors.ts';
import { type FilterTests, filtered } from './filters.ts';
import { type LicenseManager, onePage, stateOf } from './license-manager.ts';
import { licenseAt } from './received.ts';
import { instanceArn } from './resource-arn.ts';

const GROUP_FILTERS: FilterTests<client.LicenseAssetGroup> = {
  LicenseAssetRulesetArn: ({ AssociatedLicenseAssetRulesetARNs = [] }, value) =>
    AssociatedLicenseAssetRulesetARNs.includes(value),
};

const ASSET_TYPES = ['Instance', 'License', 'LicenseConfiguration'];

/** License asset groups, to be read by whoever administers License Manager for the organization. */
export function assetGroups(manager: LicenseManager) {
  return {
    ListLicenseAssetGroups: (input: client.ListLicenseAssetGroupsRequest, context: CallContext) => {
      const groups = [...administered(manager, context).licenseAssetGroups.values()];
      const { items, ...rest } = onePage(
        filtered(
          groups.map((group) => groupNow(manager, group)),
          input.Filters,
          GROUP_FILTERS,
        ),
        input,
        ({ LicenseAssetGroupArn = '' }) => LicenseAssetGroupArn,
      );
      return { LicenseAssetGroups: items, ...rest };
    },

    GetLicenseAssetGroup: (
      { LicenseAssetGroupArn: arn }: Partial<client.GetLicenseAssetGroupRequest>,
      context: CallContext,
    ) => ({ LicenseAssetGroup: groupNow(manager, groupOf(manager, context, arn)) }),

    ListAssetsForLicenseAssetGroup: (
      input: Partial<client.ListAssetsForLicenseAssetGroupRequest>,
      context: CallContext,
    ) => {
      const { LicenseAssetGroupArn: arn, AssetType = '' } = input;
      const group = groupOf(manager, context, arn);
      if (!ASSET_TYPES.includes(AssetType)) {
        throw invalidParameter(`AssetType must be one of ${ASSET_TYPES.join(', ')}.`);
      }
      const assets = assetsOf(manager, context, group).filter(({ type }) => type === AssetType);
      const { items, ...rest } = onePage(assets, input, (asset) => asset.arn);
      const LatestAssetDiscoveryTime = lastDiscovery(manager);
      return {
        Assets: items.map((asset) => ({ AssetArn: asset.arn, LatestAssetDiscoveryTime })),
        ...rest,
      };
    },
  };
}

function groupOf(
  manager: LicenseManager,
  context: CallContext,
  arn = '',
): client.LicenseAssetGroup {
  const group = administered(manager, context).licenseAssetGroups.get(arn);
  if (group === undefined) throw invalidParameter(`License asset group ${arn} was not found.`);
  return group;
}

/** Groups are analyzed when discovery runs, once a day. */
function groupNow(
  manager: LicenseManager,
  group: client.LicenseAssetGroup,
): client.LicenseAssetGroup {
  const at = lastDiscovery(manager);
  return { ...group, LatestUsageAnalysisTime: at, LatestResourceDiscoveryTime: at };
}

function lastDiscovery({ cloud }: LicenseManager): Date {
  return new Date(lastScheduledDiscovery(cloud.clock.now()));
}

/** Assets of every account in this Region that a rule takes. What was launched since the last discovery is not known yet. */
function assetsOf(
  manager: LicenseManager,
  context: CallContext,
  group: client.LicenseAssetGroup,
): AssetFacts[] {
  const { licenseAssetRulesets } = stateOf(manager, context);
  const rules = (group.AssociatedLicenseAssetRulesetARNs ?? []).flatMap(
    (arn) => licenseAssetRulesets.get(arn)?.Rules ?? [],
  );
  const taken = factsIn(manager, context.region).filter((asset) =>
    rules.some((rule) => ruleTakes(rule, asset)),
  );
  // Several accounts may have received the same license.
  return [...new Map(taken.map((asset) => [asset.arn, asset])).values()];
}

function factsIn(manager: LicenseManager, region: string): AssetFacts[] {
  const seen = lastDiscovery(manager);
  const now = manager.cloud.clock.now();
  return statesOf(manager.cloud, region).flatMap((state) => [
    ...[...state.instances.values()]
      .filter(({ State, LaunchTime }) => State?.Name !== 'terminated' && (LaunchTime ?? 0) <= seen)
      .map((instance) => {
        const arn = instanceArn(state.account, region, instance.InstanceId ?? '');
        return instanceFacts(arn, state.account, instance);
      }),
    ...[...state.licenseConfigurations.values()].map(configurationFacts),
    ...[...state.receivedLicenses.values()].map((license) => licenseFacts(licenseAt(license, now))),
  ]);
}
