import type * as client from '@aws-sdk/client-ssm';
import type { Cloud, InventoryContent, RegionState } from '../cloud/cloud.ts';
import { AwsError, type CallContext } from '../wire/service.ts';
import { type InventoryFilter, readInventoryFilter } from './inventory-filter.ts';
import { onePage, validation } from './one-page.ts';

const INSTANCE_INFORMATION = 'AWS:InstanceInformation';
const TYPE_NAME = /^(AWS|Custom):.+$/;

/** What Systems Manager inventory knows, stopped and recently terminated instances included. */
export function inventory(cloud: Cloud) {
  return {
    GetInventory: (input: client.GetInventoryRequest, { account, region }: CallContext) => {
      const state = cloud.region(account, region);
      if (input.Aggregators !== undefined) {
        throw new AwsError('NotSimulated', 'The sandbox does not aggregate inventory.', {
          status: 501,
        });
      }
      const typeName = resultType(input.ResultAttributes);
      const filters = (input.Filters ?? []).map(readInventoryFilter);
      const ids = [...state.managedInstances.keys()].filter((id) =>
        filters.every((filter) => passes(state, id, filter)),
      );
      const { items, ...rest } = onePage(ids, input, { keyOf: (id) => id, ...PAGE });
      return { Entities: items.map((id) => entity(state, id, typeName)), ...rest };
    },

    ListInventoryEntries: (
      input: Partial<client.ListInventoryEntriesRequest>,
      { account, region }: CallContext,
    ) => {
      const state = cloud.region(account, region);
      const { InstanceId = '', TypeName = '' } = input;
      if (!state.managedInstances.has(InstanceId)) {
        throw new AwsError('InvalidInstanceId', `Instance ${InstanceId} is not a managed node.`);
      }
      requireTypeName(TypeName);
      const found = contentOf(state, InstanceId, TypeName);
      const filters = (input.Filters ?? []).map((filter) =>
        readInventoryFilter({ ...filter, Key: qualified(TypeName, filter.Key) }),
      );
      const entries = (found?.Content ?? [])
        .filter((row) => filters.every(({ matches }) => matches(row)))
        .map((row, index) => ({ row, key: String(index).padStart(6, '0') }));
      const { items, ...rest } = onePage(entries, input, { keyOf: ({ key }) => key, ...PAGE });
      return {
        TypeName,
        InstanceId,
        SchemaVersion: found?.SchemaVersion,
        CaptureTime: found?.CaptureTime,
        Entries: items.map(({ row }) => row),
        ...rest,
      };
    },
  };
}

const PAGE = { least: 1, usual: 50, most: 50 } as const;

/** One type per call; AWS:InstanceInformation when none is named. */
function resultType(attributes: readonly client.ResultAttribute[] | undefined): string {
  if (attributes === undefined) return INSTANCE_INFORMATION;
  const [first, ...others] = attributes;
  if (first === undefined || others.length > 0) {
    throw validation('ResultAttributes takes exactly one type name.');
  }
  requireTypeName(first.TypeName ?? '');
  return first.TypeName ?? '';
}

function requireTypeName(typeName: string): void {
  if (TYPE_NAME.test(typeName)) return;
  throw new AwsError('InvalidTypeNameException', `The type name ${typeName} is not valid.`);
}

function qualified(typeName: string, key = ''): string {
  return key.startsWith(`${typeName}.`) ? key : `${typeName}.${key}`;
}

/** A node passes when one entry of the type has the value. */
function passes(state: RegionState, id: string, filter: InventoryFilter): boolean {
  return (contentOf(state, id, filter.typeName)?.Content ?? []).some(filter.matches);
}

function entity(state: RegionState, id: string, typeName: string): client.InventoryResultEntity {
  const content = contentOf(state, id, typeName);
  return content === undefined
    ? { Id: id, Data: {} }
    : { Id: id, Data: { [typeName]: { TypeName: typeName, ...content } } };
}

function contentOf(state: RegionState, id: string, typeName: string): InventoryContent | undefined {
  const collected = state.inventory.get(id)?.[typeName];
  return typeName === INSTANCE_INFORMATION
    ? (collected ?? instanceInformation(state, id))
    : collected;
}

/** The one type that Systems Manager itself fills in. */
function instanceInformation(state: RegionState, id: string): InventoryContent | undefined {
  const node = state.managedInstances.get(id);
  if (node === undefined) return undefined;
  const status = state.instances.get(id)?.State?.Name;
  const attributes = {
    AgentType: 'amazon-ssm-agent',
    AgentVersion: node.AgentVersion,
    ComputerName: node.ComputerName,
    InstanceId: id,
    InstanceStatus:
      status === 'stopped' || status === 'terminated' ? capitalized(status) : 'Active',
    IpAddress: node.IPAddress,
    PlatformName: node.PlatformName,
    PlatformType: node.PlatformType,
    PlatformVersion: node.PlatformVersion,
    ResourceType: node.ResourceType,
  };
  const known = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    SchemaVersion: '1.0',
    CaptureTime: `${node.LastPingDateTime?.toISOString().slice(0, 19) ?? '2020-01-01T00:00:00'}Z`,
    Content: [Object.fromEntries(known)],
  };
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
