import type { HostFamilyFacts, InstanceTypeFacts } from '../ec2/facts.ts';
import { HOST_FAMILIES } from '../ec2/host-families.ts';
import { INSTANCE_TYPES } from '../ec2/instance-types.ts';

/** One product of AWS's price list: an instance of a type, with what is in its price, in a tenancy; or a host. */
export interface ListedProduct {
  readonly attributes: Readonly<Record<string, string>>;
  readonly hourlyUsdMicros: number;
}

/** What the sandbox's Regions cost beside us-east-1, in thousandths. The sandbox's own figures, about as AWS's. */
const REGIONS: Readonly<Record<string, number>> = {
  'us-east-1': 1000,
  'eu-west-1': 1080,
  'ap-southeast-2': 1200,
};

/** Of any other Region: the sandbox's own. */
const ELSEWHERE = 1100;

/** Dedicated Instances cost about so much more, in thousandths. The sandbox's own figure. */
const DEDICATED = 1060;

/**
 * What is in the price by usage operation, as AWS's documentation of billing information fields names
 * them. Linux subscriptions add so many millionths of a dollar a vCPU-hour: the sandbox's own figures.
 */
const CONTENTS: Readonly<
  Record<
    string,
    { readonly price: keyof InstanceTypeFacts['hourlyUsdMicros']; readonly perVcpu?: number }
  >
> = {
  RunInstances: { price: 'linux' },
  'RunInstances:00g0': { price: 'linux' },
  'RunInstances:0010': { price: 'linux', perVcpu: 14_400 },
  'RunInstances:000g': { price: 'linux', perVcpu: 12_500 },
  'RunInstances:0800': { price: 'linux' },
  'RunInstances:0002': { price: 'windows' },
  'RunInstances:0006': { price: 'sqlStandard' },
  'RunInstances:0102': { price: 'sqlEnterprise' },
  'RunInstances:0202': { price: 'sqlWeb' },
};

const TENANCIES = ['Shared', 'Dedicated', 'Host'] as const;

const LISTS = new Map<string, readonly ListedProduct[]>();

/** Every instance and Dedicated Host that AWS sells in a Region. */
export function productsIn(regionCode: string): readonly ListedProduct[] {
  const known = LISTS.get(regionCode) ?? [...listOf(regionCode), ...hostsIn(regionCode)];
  LISTS.set(regionCode, known);
  return known;
}

function listOf(regionCode: string): readonly ListedProduct[] {
  return [...INSTANCE_TYPES.values()].flatMap((type) =>
    Object.entries(CONTENTS).flatMap(([operation, { price, perVcpu = 0 }]) =>
      TENANCIES.flatMap((tenancy) => {
        const { linux, [price]: withLicenses } = type.hourlyUsdMicros;
        const windowsOnArm = type.architecture === 'arm64' && operation === 'RunInstances:0800';
        if (withLicenses === undefined || windowsOnArm) return [];
        const licenses = withLicenses - linux + perVcpu * type.vcpus;
        return {
          attributes: attributesOf(type, { regionCode, operation, tenancy }),
          hourlyUsdMicros: hardware(linux, regionCode, tenancy) + licenses,
        };
      }),
    ),
  );
}

/** On a Dedicated Host the host is paid for, and the instance only for the licenses in its price. */
function hardware(linux: number, region: string, tenancy: (typeof TENANCIES)[number]): number {
  if (tenancy === 'Host') return 0;
  const shared = Math.round((linux * (REGIONS[region] ?? ELSEWHERE)) / 1000);
  return tenancy === 'Dedicated' ? Math.round((shared * DEDICATED) / 1000) : shared;
}

/** A host's type is its family. Hours that a reservation pays for cost nothing On-Demand. */
function hostsIn(regionCode: string): readonly ListedProduct[] {
  return [...HOST_FAMILIES.values()].flatMap((facts) => {
    const { family, hourlyUsdMicros } = facts;
    const onDemand = Math.round((hourlyUsdMicros * (REGIONS[regionCode] ?? ELSEWHERE)) / 1000);
    return [
      { attributes: hostAttributes(facts, regionCode, `HostUsage:${family}`), micros: onDemand },
      { attributes: hostAttributes(facts, regionCode, `ReservedHostUsage:${family}`), micros: 0 },
    ].map(({ attributes, micros }) => ({ attributes, hourlyUsdMicros: micros }));
  });
}

function hostAttributes(
  { family, cores }: HostFamilyFacts,
  regionCode: string,
  usagetype: string,
): ListedProduct['attributes'] {
  return {
    productFamily: 'Dedicated Host',
    regionCode,
    servicecode: 'AmazonEC2',
    instanceType: family,
    physicalCores: String(cores),
    tenancy: 'Host',
    locationType: 'AWS Region',
    usagetype,
  };
}

function attributesOf(
  { name, vcpus, memoryMib }: InstanceTypeFacts,
  place: { readonly regionCode: string; readonly operation: string; readonly tenancy: string },
): ListedProduct['attributes'] {
  return {
    ...place,
    productFamily: 'Compute Instance',
    servicecode: 'AmazonEC2',
    instanceType: name,
    vcpu: String(vcpus),
    memory: `${memoryMib / 1024} GiB`,
    capacitystatus: 'Used',
    locationType: 'AWS Region',
  };
}
