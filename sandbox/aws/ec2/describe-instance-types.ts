import type {
  DescribeInstanceTypeOfferingsRequest,
  DescribeInstanceTypeOfferingsResult,
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  InstanceTypeInfo,
} from '@aws-sdk/client-ec2';
import { _InstanceType } from '@aws-sdk/client-ec2';
import { AwsError } from '../wire/service.ts';
import type { Call } from './ec2.ts';
import { type FilterFields, filtered } from './filters.ts';
import { INSTANCE_TYPES } from './instance-types.ts';
import { page } from './paging.ts';
import { zonesOf } from './regions.ts';

const FIELDS: FilterFields<InstanceTypeInfo> = {
  'bare-metal': ({ BareMetal }) => BareMetal,
  'burstable-performance-supported': (type) => type.BurstablePerformanceSupported,
  'current-generation': ({ CurrentGeneration }) => CurrentGeneration,
  'dedicated-hosts-supported': ({ DedicatedHostsSupported }) => DedicatedHostsSupported,
  'instance-type': ({ InstanceType }) => InstanceType,
  'memory-info.size-in-mib': ({ MemoryInfo }) => MemoryInfo?.SizeInMiB,
  'processor-info.supported-architecture': (type) => type.ProcessorInfo?.SupportedArchitectures,
  'supported-usage-class': ({ SupportedUsageClasses }) => SupportedUsageClasses,
  'vcpu-info.default-cores': ({ VCpuInfo }) => VCpuInfo?.DefaultCores,
  'vcpu-info.default-threads-per-core': ({ VCpuInfo }) => VCpuInfo?.DefaultThreadsPerCore,
  'vcpu-info.default-vcpus': ({ VCpuInfo }) => VCpuInfo?.DefaultVCpus,
  'vcpu-info.valid-cores': ({ VCpuInfo }) => VCpuInfo?.ValidCores,
  'vcpu-info.valid-threads-per-core': ({ VCpuInfo }) => VCpuInfo?.ValidThreadsPerCore,
};

/** At most 100 types a page, also when no size is asked for. */
export function describeInstanceTypes(
  _call: Call,
  input: DescribeInstanceTypesRequest,
): DescribeInstanceTypesResult {
  const asked: readonly string[] = input.InstanceTypes ?? [];
  const unknown = asked.filter((name) => !INSTANCE_TYPES.has(name));
  if (unknown.length > 0) {
    throw new AwsError(
      'InvalidInstanceType',
      `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
    );
  }
  const types = Object.values(_InstanceType)
    .filter((name) => asked.length === 0 || asked.includes(name))
    .flatMap(instanceTypeInfo);
  const { items, NextToken } = page(filtered(types, input.Filters, FIELDS), input, {
    keyOf: ({ InstanceType = '' }) => InstanceType,
    least: 5,
    most: 100,
    idsGiven: asked.length > 0 ? 'instanceTypesSet' : undefined,
  });
  return { InstanceTypes: items, NextToken };
}

/** Only what the facts say; AWS tells more. Nothing for a type without facts. */
function instanceTypeInfo(name: _InstanceType): InstanceTypeInfo[] {
  const facts = INSTANCE_TYPES.get(name);
  if (facts === undefined) return [];
  return [
    {
      InstanceType: name,
      CurrentGeneration: facts.currentGeneration,
      SupportedUsageClasses: ['on-demand', 'spot'],
      BareMetal: facts.bareMetal,
      ProcessorInfo: { SupportedArchitectures: [facts.architecture] },
      VCpuInfo: {
        DefaultVCpus: facts.vcpus,
        DefaultCores: facts.cores,
        DefaultThreadsPerCore: facts.threadsPerCore,
        ValidCores: [...facts.validCores],
        ValidThreadsPerCore: [...facts.validThreadsPerCore],
      },
      MemoryInfo: { SizeInMiB: facts.memoryMib },
      BurstablePerformanceSupported: facts.burstable,
      DedicatedHostsSupported: facts.dedicatedHosts,
    },
  ];
}

/** Every type is taken as offered in every zone. */
export function describeInstanceTypeOfferings(
  { region }: Call,
  input: DescribeInstanceTypeOfferingsRequest,
): DescribeInstanceTypeOfferingsResult {
  const LocationType = input.LocationType ?? 'region';
  const locations = {
    region: [region.region],
    'availability-zone': zonesOf(region.region).map(({ ZoneName }) => ZoneName),
    'availability-zone-id': zonesOf(region.region).flatMap(({ ZoneId }) => ZoneId ?? []),
    outpost: [],
  }[LocationType];
  const offerings = Object.values(_InstanceType)
    .filter((name) => INSTANCE_TYPES.has(name))
    .flatMap((InstanceType) =>
      locations.map((Location) => ({ InstanceType, LocationType, Location })),
    );
  const matching = filtered(offerings, input.Filters, {
    'instance-type': ({ InstanceType }) => InstanceType,
    location: ({ Location }) => Location,
  });
  const { items, NextToken } = page(matching, input, {
    keyOf: ({ InstanceType, Location }) => `${InstanceType} ${Location}`,
    least: 5,
    most: 1000,
  });
  return { InstanceTypeOfferings: items, NextToken };
}
