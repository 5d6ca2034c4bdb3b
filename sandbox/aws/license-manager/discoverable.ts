import type { ResourceType } from '@aws-sdk/client-license-manager';
import type { RegionState } from '../cloud/cloud.ts';
import { licenseIncluded } from './license-included.ts';
import { instanceArn, managedInstanceArn } from './resource-arn.ts';

/** A server or database as automated discovery sees it: through Systems Manager inventory, or through RDS. */
export interface Discoverable {
  readonly arn: string;
  readonly type: ResourceType;
  readonly account: string;
  /** One entry per installed application. */
  readonly applications: readonly Readonly<Record<string, string>>[];
  /** Everything else that product information may ask for, by filter name. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

/** What discovery can look at in one account's Region: terminated instances are gone, stopped ones are still listed. */
export function discoverables(state: RegionState): Discoverable[] {
  return [
    ...[...state.managedInstances.keys()].flatMap((id) => managedNode(state, id)),
    ...[...state.databases.values()]
      .filter(({ LicenseModel }) => LicenseModel === 'bring-your-own-license')
      .map((database) => ({
        arn: database.DBInstanceArn,
        type: 'RDS' as const,
        account: state.account,
        applications: [],
        properties: { 'Engine Edition': [database.Engine], 'License Pack': database.options },
      })),
  ];
}

function managedNode(state: RegionState, id: string): Discoverable[] {
  const instance = state.instances.get(id);
  const onPremises = id.startsWith('mi-');
  if (!(onPremises || instance) || instance?.State?.Name === 'terminated') return [];

  const node = state.managedInstances.get(id);
  const tags = (instance?.Tags ?? []).map(({ Key, Value }) => [`Tag:${Key}`, [Value ?? '']]);
  return [
    {
      arn: onPremises
        ? managedInstanceArn(state.account, state.region, id)
        : instanceArn(state.account, state.region, id),
      type: onPremises ? 'SYSTEMS_MANAGER_MANAGED_INSTANCE' : 'EC2_INSTANCE',
      account: state.account,
      applications: state.inventory.get(id)?.['AWS:Application']?.Content ?? [],
      properties: {
        ...Object.fromEntries(tags),
        'Platform Name': [node?.PlatformName ?? ''],
        'Platform Type': [node?.PlatformType ?? ''],
        'License Included': licenseIncluded(instance?.UsageOperation),
        AccountId: [state.account],
      },
    },
  ];
}
