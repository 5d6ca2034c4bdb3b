import type * as client from '@aws-sdk/client-license-manager';
import type { RegionState } from '../cloud/cloud.ts';
import type { CallContext } from '../wire/service.ts';
import { type Discoverable, discoverables } from './discoverable.ts';
import { lastScheduledDiscovery } from './discovery.ts';
import { invalidParameter } from './errors.ts';
import { type LicenseManager, onePage } from './license-manager.ts';
import { parseResourceArn } from './resource-arn.ts';

/** Conditions per filter name (API reference, InventoryFilter); `tag:` stands for any tag. */
const CONDITIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    account_id: ['EQUALS', 'NOT_EQUALS'],
    application_name: ['EQUALS', 'BEGINS_WITH'],
    license_included: ['EQUALS', 'NOT_EQUALS'],
    platform: ['EQUALS', 'BEGINS_WITH'],
    resource_id: ['EQUALS', 'NOT_EQUALS'],
    'tag:': ['EQUALS', 'NOT_EQUALS'],
  }),
);

/** What Systems Manager manages: of every account for the hub, which learns of the others' servers once a day. */
export function inventory(manager: LicenseManager) {
  return {
    ListResourceInventory: (input: client.ListResourceInventoryRequest, context: CallContext) => {
      const nodes = manager.cloud
        .regions()
        .filter((state) => isListed(manager, context, state))
        .flatMap((state) =>
          discoverables(state)
            .filter(({ type }) => type !== 'RDS')
            .filter((node) => isKnownTo(manager, context, state, node))
            .map((node) => ({ node, state })),
        );
      const filters = (input.Filters ?? []).map(readFilter);
      const matching = nodes.filter(({ node }) => filters.every((matches) => matches(node)));
      const { items, ...rest } = onePage(matching, input, ({ node }) => node.arn);
      return { ResourceInventoryList: items.map(({ node, state }) => row(state, node)), ...rest };
    },
  };
}

function isListed(manager: LicenseManager, context: CallContext, state: RegionState): boolean {
  return (
    state.region === context.region &&
    (state.account === context.account || context.account === manager.hubAccount)
  );
}

function isKnownTo(
  { cloud }: LicenseManager,
  { account }: CallContext,
  state: RegionState,
  node: Discoverable,
): boolean {
  if (state.account === account) return true;
  const since = state.instances.get(idOf(node))?.LaunchTime?.getTime() ?? 0;
  return since <= lastScheduledDiscovery(cloud.clock.now());
}

function readFilter({ Name = '', Condition, Value = '' }: Partial<client.InventoryFilter>) {
  const kind = Name.startsWith('tag:') ? 'tag:' : Name;
  if (!CONDITIONS.get(kind)?.includes(Condition ?? '')) {
    throw invalidParameter(`Filter ${Name} with condition ${Condition} is not supported.`);
  }
  return (node: Discoverable): boolean => {
    const actual = valuesOf(node, Name);
    if (Condition === 'BEGINS_WITH') return actual.some((value) => value.startsWith(Value));
    return actual.includes(Value) === (Condition === 'EQUALS');
  };
}

function valuesOf(node: Discoverable, name: string): readonly string[] {
  switch (name) {
    case 'account_id':
      return [node.account];
    case 'application_name':
      return node.applications.map((application) => application['Name'] ?? '');
    case 'license_included':
      return node.properties['License Included'] ?? [];
    case 'platform':
      return node.properties['Platform Name'] ?? [];
    case 'resource_id':
      return [idOf(node)];
    default:
      return node.properties[name.replace(/^tag:/, 'Tag:')] ?? [];
  }
}

function row(state: RegionState, node: Discoverable): client.ResourceInventory {
  const id = idOf(node);
  const instance = state.instances.get(id);
  const information = state.managedInstances.get(id);
  return {
    ResourceId: id,
    ResourceType: node.type,
    ResourceArn: node.arn,
    Platform: information?.PlatformName,
    PlatformVersion: information?.PlatformVersion,
    ResourceOwningAccountId: node.account,
    MarketplaceProductCodes: (instance?.ProductCodes ?? [])
      .filter(({ ProductCodeType }) => ProductCodeType === 'marketplace')
      .flatMap(({ ProductCodeId }) => ProductCodeId ?? []),
    UsageOperation: instance?.UsageOperation,
    AmiId: instance?.ImageId,
    HostId: instance?.Placement?.HostId,
    Region: state.region,
    InstanceType: instance?.InstanceType,
  };
}

function idOf({ arn }: Discoverable): string {
  return parseResourceArn(arn)?.id ?? '';
}
