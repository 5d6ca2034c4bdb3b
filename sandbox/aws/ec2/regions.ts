import type {
  AvailabilityZone,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
} from '@aws-sdk/client-ec2';
import type { Call } from './ec2.ts';
import { invalidParameterValue } from './errors.ts';
import { filtered } from './filters.ts';

/*
 * The Regions that every account has enabled from the start, each with the prefix of its zone ids and the
 * letters of its Availability Zones as most accounts see them.
 */
const REGIONS: Readonly<Record<string, readonly [string, string]>> = {
  'ap-northeast-1': ['apne1', 'acd'],
  'ap-northeast-2': ['apne2', 'abcd'],
  'ap-northeast-3': ['apne3', 'abc'],
  'ap-south-1': ['aps1', 'abc'],
  'ap-southeast-1': ['apse1', 'abc'],
  'ap-southeast-2': ['apse2', 'abc'],
  'ca-central-1': ['cac1', 'abd'],
  'eu-central-1': ['euc1', 'abc'],
  'eu-north-1': ['eun1', 'abc'],
  'eu-west-1': ['euw1', 'abc'],
  'eu-west-2': ['euw2', 'abc'],
  'eu-west-3': ['euw3', 'abc'],
  'sa-east-1': ['sae1', 'abc'],
  'us-east-1': ['use1', 'abcdef'],
  'us-east-2': ['use2', 'abc'],
  'us-west-1': ['usw1', 'ac'],
  'us-west-2': ['usw2', 'abcd'],
};

/** The Regions enabled from the start; those that need opting in do not exist here. */
export function describeRegions(
  _call: Call,
  { RegionNames, Filters }: DescribeRegionsRequest,
): DescribeRegionsResult {
  const unknown = (RegionNames ?? []).filter((name) => !Object.hasOwn(REGIONS, name));
  if (unknown.length > 0) {
    throw invalidParameterValue(`Invalid region names: [${unknown.join(', ')}]`);
  }
  const names = RegionNames?.length ? RegionNames : Object.keys(REGIONS);
  const regions = names.map((RegionName) => ({
    RegionName,
    Endpoint: `ec2.${RegionName}.amazonaws.com`,
    OptInStatus: 'opt-in-not-required',
  }));
  const matching = filtered(regions, Filters, {
    endpoint: ({ Endpoint }) => Endpoint,
    'opt-in-status': ({ OptInStatus }) => OptInStatus,
    'region-name': ({ RegionName }) => RegionName,
  });
  return { Regions: matching };
}

/** The Availability Zones of a Region; none for a Region that is not enabled from the start. */
export function zonesOf(region: string): (AvailabilityZone & { readonly ZoneName: string })[] {
  const [prefix, letters] = REGIONS[region] ?? ['', ''];
  return [...letters].map((letter, index) => ({
    ZoneName: `${region}${letter}`,
    ZoneId: `${prefix}-az${index + 1}`,
    ZoneType: 'availability-zone',
    RegionName: region,
    GroupName: region,
    NetworkBorderGroup: region,
    OptInStatus: 'opt-in-not-required',
    State: 'available',
    Messages: [],
  }));
}

/** Availability Zones only: no Local or Wavelength Zones. */
export function describeAvailabilityZones(
  { region }: Call,
  { ZoneNames, Filters }: DescribeAvailabilityZonesRequest,
): DescribeAvailabilityZonesResult {
  const zones = zonesOf(region.region);
  const unknown = (ZoneNames ?? []).filter((name) => !zones.some((zone) => zone.ZoneName === name));
  if (unknown.length > 0) {
    throw invalidParameterValue(`Invalid availability zones: [${unknown.join(', ')}]`);
  }
  const asked = zones.filter(({ ZoneName }) => !ZoneNames?.length || ZoneNames.includes(ZoneName));
  const matching = filtered(asked, Filters, {
    'region-name': ({ RegionName }) => RegionName,
    state: ({ State }) => State,
    'zone-id': ({ ZoneId }) => ZoneId,
    'zone-name': ({ ZoneName }) => ZoneName,
    'zone-type': ({ ZoneType }) => ZoneType,
  });
  return { AvailabilityZones: matching };
}
