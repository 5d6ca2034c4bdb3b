import fc from 'fast-check';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import { HOST_FAMILIES } from '#domain/estate/host-families.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import { ACCOUNT, aConfiguration, aHost, anImage, anInstance, REGION } from '../../builders.ts';
import {
  ALL_READ,
  arnIn,
  OTHER_ACCOUNT,
  readShard,
  withSql,
} from '../positioning/position-world.ts';
import {
  advised,
  aLicenseFinding,
  BYOL_WINDOWS,
  LINUX,
  measured,
  TYPES,
} from './kinds/machine-builders.ts';
import {
  entitlements,
  type HostSpec,
  hostSpecs,
  type MachineSpec,
  machineSpecs,
  type PriceList,
  priceLists,
  scenarios,
  settings,
} from './random-specs.ts';

/** An estate somebody might have, and a question about it. */
export interface RandomEstate {
  readonly shards: readonly InventoryShard[];
  readonly entitlements: readonly Entitlement[];
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

const SCOPES = [
  { account: ACCOUNT, region: REGION },
  { account: OTHER_ACCOUNT, region: 'eu-west-1' },
];
/** Up to ten machines and four hosts in up to two accounts. */
export const randomEstates: fc.Arbitrary<RandomEstate> = fc
  .record({
    hosts: fc.array(hostSpecs, { maxLength: 4, size: 'max' }),
    machines: fc.array(machineSpecs, { maxLength: 10, size: 'max' }),
    prices: priceLists,
    entitlements: fc.array(entitlements, { maxLength: 4, size: 'max' }),
    scenario: scenarios,
    settings,
  })
  .map(({ hosts, machines, prices, ...asked }) => ({
    ...asked,
    shards: SCOPES.map((place, index) => shardOf(place, index, { hosts, machines, prices })),
  }));

interface Specs {
  readonly hosts: readonly HostSpec[];
  readonly machines: readonly MachineSpec[];
  readonly prices: PriceList;
}

type Place = (typeof SCOPES)[number];

/** A host while machines are put on it. */
interface Rack {
  readonly hostId: string;
  readonly spec: HostSpec;
  readonly sizes: string[];
  readonly instanceIds: string[];
}

function shardOf(place: Place, index: number, { hosts, machines, prices }: Specs): InventoryShard {
  const racks = hosts
    .map((spec, host) => ({ spec, hostId: idOf('h', host), sizes: [], instanceIds: [] }))
    .filter(({ spec }) => spec.scope === index);
  const own = machines
    .map((spec, machine) => ({ spec, id: idOf('i', machine) }))
    .filter(({ spec }) => spec.scope === index);
  const affine = arnIn(place.account, '2', place.region);
  return readShard({
    ...place,
    sources: ALL_READ,
    configurations: configurationsOf(place),
    instances: own.map(({ spec, id }) => instanceOf(id, spec, racks, place)),
    instanceTypes: [...TYPES.values()],
    images: [anImage({ owner: place.account, usageOperation: BYOL_WINDOWS })],
    managedServers: own.flatMap(({ spec, id }) =>
      spec.software.server === null ? [] : [withSql(id, spec.software.server)],
    ),
    hosts: racks.map((rack) => hostOf(rack, place, affine)),
    hostReservations: [
      {
        hostReservationId: 'hr-1',
        hostIds: racks.filter(({ spec }) => spec.reserved).map(({ hostId }) => hostId),
        instanceFamily: 'r6i',
        endsAt: new Date('2027-12-01'),
      },
    ],
    ...evidenceOf(own),
    ...pricesOf(prices),
  });
}

function idOf(prefix: string, index: number): string {
  return `${prefix}-${String(index).padStart(17, '0')}`;
}

function configurationsOf({ account, region }: Place) {
  const own = { account, region, hardLimit: false, limit: 1000 };
  return [
    aConfiguration({ ...own, arn: arnIn(account, '1', region) }),
    aConfiguration({
      ...own,
      digit: '2',
      arn: arnIn(account, '2', region),
      name: 'Windows Server cores',
      countingType: 'Core',
      rules: ['#licenseAffinityToHost=90'],
    }),
  ];
}

/** On a host only where there is room, as AWS would have it. */
function instanceOf(
  id: string,
  spec: MachineSpec,
  racks: readonly Rack[],
  { account, region }: Place,
): Instance {
  const rack = rackFor(id, spec, racks);
  const alone = spec.place === 'dedicated' ? 'dedicated' : 'default';
  const instanceType = `${rack?.spec.family ?? spec.family}.${spec.size}`;
  return anInstance({
    instanceId: id,
    arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
    instanceType,
    state: spec.state,
    cpuOptions: cpuOptionsOf(instanceType, spec),
    tenancy: rack === null ? alone : 'host',
    hostId: rack?.hostId ?? null,
    availabilityZone: zoneOf(region, rack?.spec.zone ?? spec.zone),
    spot: rack === null && spec.spot,
    platformDetails: '',
    usageOperation: spec.software.usageOperation,
    licenseConfigurationArns: spec.counted ? [arnIn(account, '1', region)] : [],
    tags: spec.tags,
  });
}

function cpuOptionsOf(instanceType: string, { cores, threads }: MachineSpec) {
  const type = TYPES.get(instanceType);
  return cores !== null &&
    type?.validCores.includes(cores) &&
    type.validThreadsPerCore.includes(threads)
    ? { coreCount: cores, threadsPerCore: threads }
    : null;
}

function zoneOf(region: string, zone: string | null): string | null {
  return zone === null ? null : `${region}${zone}`;
}

/** Puts a machine on its host where that has room for it. */
function rackFor(id: string, spec: MachineSpec, racks: readonly Rack[]): Rack | null {
  const rack = racks[spec.host % Math.max(1, racks.length)];
  if (rack === undefined || spec.place !== 'host' || !hasRoom(rack, spec.size)) return null;
  if (spec.state !== 'terminated') rack.sizes.push(spec.size);
  if (spec.state === 'running') rack.instanceIds.push(id);
  return rack;
}

function hasRoom({ sizes, spec: { family, instanceType } }: Rack, size: string): boolean {
  const capacity = HOST_FAMILIES.get(family)?.capacity ?? new Map<string, number>();
  const taken = [...sizes, size].reduce((sum, one) => sum + 1 / (capacity.get(one) ?? 0), 0);
  return taken <= 1 && (instanceType === null || instanceType === `${family}.${size}`);
}

function hostOf(
  { hostId, spec, instanceIds }: Rack,
  { account, region }: Place,
  affineArn: string,
): DedicatedHost {
  const { family, zone, instanceType, state, stranger, counted, allocatedAt, hardware } = spec;
  const { sockets, cores } = { sockets: 2, cores: 64, ...HOST_FAMILIES.get(family), ...hardware };
  return aHost({
    hostId,
    arn: `arn:aws:ec2:${region}:${account}:dedicated-host/${hostId}`,
    instanceFamily: family,
    instanceType,
    availabilityZone: `${region}${zone}`,
    state,
    sockets,
    cores,
    instanceIds: stranger ? [...instanceIds, 'i-of-somebody-else'] : instanceIds,
    licenseConfigurationArns: counted ? [affineArn] : [],
    allocatedAt,
  });
}

function evidenceOf(own: readonly { readonly id: string; readonly spec: MachineSpec }[]) {
  const each = own.map(({ id, spec }) => ({ ...spec, instanceId: id }));
  return {
    utilization: each.flatMap(({ cpu, memory, instanceId }) =>
      cpu === null ? [] : [measured(cpu, memory, { instanceId })],
    ),
    computeFindings: each.flatMap(({ advice, instanceId }) =>
      advice === null ? [] : [advised(advice, { instanceId })],
    ),
    licenseFindings: each.flatMap(({ license, instanceId }) =>
      license ? [aLicenseFinding({ instanceId })] : [],
    ),
    sqlHaStates: each.flatMap(({ waived, instanceId }) =>
      waived === null ? [] : [{ instanceId, state: 'standby', licenseUsage: waived }],
    ),
  };
}

function pricesOf({
  perVcpu,
  missing,
  hosts,
  currency,
}: PriceList): Pick<InventoryShard, 'prices' | 'hostPrices'> {
  return {
    prices: [...TYPES.values()]
      .filter(({ name }) => !missing.includes(name))
      .flatMap(({ name, defaultVcpus }) =>
        (['default', 'dedicated'] as const).map((tenancy) => ({
          instanceType: name,
          usageOperation: LINUX,
          tenancy,
          spot: false,
          hourly: { micros: defaultVcpus * perVcpu, currency },
        })),
      ),
    hostPrices: hosts.map(([instanceFamily, micros]) => ({
      instanceFamily,
      hourly: { micros, currency },
    })),
  };
}
