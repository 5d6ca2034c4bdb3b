import type { Cloud } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import { findConfiguration, isUsableBy, statesOf } from './associations.ts';
import { countsHosts, licensesOfHost, totalLicenses, usageUnder } from './counting.ts';
import { ledgerOf } from './ledger.ts';
import { type LicenseRules, parseRules } from './license-rules.ts';
import type { LicenseConfigurationRecord } from './records.ts';
import { hostArn } from './resource-arn.ts';

/** A launch, or a start of stopped instances, as License Manager looks at it. */
export interface LicensedLaunch {
  readonly account: string;
  readonly region: string;
  readonly instanceType: string;
  readonly count: number;
  /** Active, of one instance. */
  readonly vcpus: number;
  readonly defaultVcpus: number;
  readonly cores: number;
  readonly tenancy: 'default' | 'dedicated' | 'host';
  /** The host that the instances go to; EC2 picks it before it asks. */
  readonly hostId?: string;
  /** Of the request, the launch template and the image together. */
  readonly licenseConfigurationArns: readonly string[];
}

/** What EC2 asks before it starts something. */
export interface Licensing {
  /** @throws AwsError when a configuration's rule or hard limit refuses this launch or start. */
  admit(cloud: Cloud, launch: LicensedLaunch): void;
}

/** Judges by what is consumed at this moment, not by what the API shows yet. */
export function licensing(cloud: Cloud): Licensing {
  ledgerOf(cloud);
  return {
    admit(of, launch) {
      for (const arn of new Set(launch.licenseConfigurationArns)) {
        const record = usableConfiguration(of, launch, arn);
        if (record.Status === 'DISABLED') continue;
        checkRules(of, launch, record);
        checkHardLimit(of, launch, record);
      }
    },
  };
}

/**
 * EC2's code for a launch that License Manager refuses is not published, so the text alone tells; it begins with what
 * AWS Managed Services' guide quotes.
 */
const REFUSED = 'UnsupportedOperation';

const TENANCY_NAMES = {
  default: 'EC2-Default',
  dedicated: 'EC2-DedicatedInstance',
  host: 'EC2-DedicatedHost',
} as const;

function usableConfiguration(
  cloud: Cloud,
  launch: LicensedLaunch,
  arn: string,
): LicenseConfigurationRecord {
  const record = findConfiguration(cloud, arn);
  const usable =
    record !== undefined &&
    arn.split(':')[3] === launch.region &&
    (isUsableBy(record, launch.account) || isOnSharedImage(cloud, launch.region, arn));
  if (usable) return record;
  throw new AwsError(
    'InvalidLicenseConfigurationId.NotFound',
    `The license configuration '${arn}' does not exist.`,
  );
}

/** An image tracked for every account brings its configuration along to accounts that cannot see it. */
function isOnSharedImage(cloud: Cloud, region: string, configurationArn: string): boolean {
  return statesOf(cloud, region).some(({ licenseSpecifications }) =>
    [...licenseSpecifications.values()]
      .flat()
      .some(
        ({ LicenseConfigurationArn, AmiAssociationScope }) =>
          LicenseConfigurationArn === configurationArn && AmiAssociationScope === 'cross-account',
      ),
  );
}

function checkRules(
  cloud: Cloud,
  launch: LicensedLaunch,
  record: LicenseConfigurationRecord,
): void {
  const reason = brokenRule(cloud, launch, record);
  if (reason === null) return;
  throw new AwsError(
    REFUSED,
    `The launch does not comply with the license rules of license configuration ${record.Name}: ${reason}.`,
  );
}

/** Why a rule of the configuration refuses the launch, in words; null when all allow it. */
export function brokenRule(
  cloud: Cloud,
  launch: LicensedLaunch,
  record: LicenseConfigurationRecord,
): string | null {
  const rules = parseRules(record.LicenseRules);
  const tenancy = TENANCY_NAMES[launch.tenancy];
  if (rules.allowedTenancy?.includes(tenancy) === false) {
    return `tenancy ${tenancy} is not among ${rules.allowedTenancy.join(', ')}`;
  }
  if (countsHosts(record) && launch.tenancy !== 'host') {
    return `${record.LicenseCountingType} licenses need a Dedicated Host`;
  }
  const sizes = sizesOf(cloud, launch, record, rules);
  for (const unit of ['vcpus', 'cores', 'sockets'] as const) {
    const { minimum, maximum } = rules[unit];
    const size = sizes[unit];
    if (size !== null && (size < minimum || size > maximum)) {
      return `${size} ${unit} are not between ${minimum} and ${maximum}`;
    }
  }
  return null;
}

/** What the bounds are compared with: the host for what belongs to hosts, else one instance. Null where there is none. */
function sizesOf(
  cloud: Cloud,
  launch: LicensedLaunch,
  record: LicenseConfigurationRecord,
  rules: LicenseRules,
) {
  const host = hostOf(cloud, launch)?.host.HostProperties;
  return {
    vcpus: rules.honorVcpuOptimization ? launch.vcpus : launch.defaultVcpus,
    cores: countsHosts(record) ? (host?.Cores ?? null) : launch.cores,
    sockets: host?.Sockets ?? null,
  };
}

function checkHardLimit(
  cloud: Cloud,
  launch: LicensedLaunch,
  record: LicenseConfigurationRecord,
): void {
  if (!record.LicenseCountHardLimit || record.LicenseCount === undefined) return;
  const usage = usageUnder(ledgerOf(cloud).current(launch.region), record);
  const consumed = totalLicenses(usage);
  const onHosts = new Set(usage.map(({ resourceArn }) => resourceArn));

  const needed = licensesFor(cloud, launch, record, onHosts);
  if (needed > 0 && consumed + needed > record.LicenseCount) {
    throw new AwsError(
      REFUSED,
      `No licenses available. License configuration ${record.Name} has ${record.LicenseCount} licenses, ${consumed} are consumed, and ${needed} more are needed.`,
    );
  }
}

function licensesFor(
  cloud: Cloud,
  launch: LicensedLaunch,
  record: LicenseConfigurationRecord,
  licensedHosts: ReadonlySet<string>,
): number {
  switch (record.LicenseCountingType) {
    case 'Instance':
      return launch.count;
    case 'vCPU':
      return parseRules(record.LicenseRules).honorVcpuOptimization
        ? launch.count * launch.vcpus
        : launch.count * launch.defaultVcpus;
    case 'Core':
    case 'Socket': {
      const placed = hostOf(cloud, launch);
      return placed === undefined || licensedHosts.has(placed.arn)
        ? 0
        : licensesOfHost(placed.host, record);
    }
  }
}

function hostOf(cloud: Cloud, launch: LicensedLaunch) {
  for (const state of statesOf(cloud, launch.region)) {
    const host = state.hosts.get(launch.hostId ?? '');
    if (host !== undefined) {
      const owner = host.OwnerId ?? state.account;
      return { host, arn: hostArn(owner, launch.region, launch.hostId ?? '') };
    }
  }
  return undefined;
}
