import type {
  LicenseConfigurationRecord,
  LicenseSpecificationRecord,
} from '../aws/license-manager/records.ts';
import { daysAgo, type Ground, tags } from './ground.ts';
import { licenseConfigurationArn, licenseConfigurationId } from './ids.ts';
import { POOLS, type PoolName, type PoolPlan } from './pools.ts';
import type { PoolTerms, Site } from './site.ts';

/** Older than everything that draws on it. */
const CREATED_DAYS_AGO = 2_000;

/** License Manager refreshes what it discovers once a day, about 13:00 UTC. */
const DISCOVERY_HOUR = 13;

/** The configurations of these pools in the site; pools that it does not have are left out. */
export function poolArns({ account, region, pools }: Site, names: readonly PoolName[]): string[] {
  return names
    .filter((name) => pools[name] !== undefined)
    .map((name) =>
      licenseConfigurationArn(account, region, licenseConfigurationId(account, region, name)),
    );
}

export function addLicenseConfigurations(ground: Ground): void {
  const { site, state } = ground;
  const pools: Readonly<Partial<Record<string, PoolTerms>>> = site.pools;
  for (const [pool, plan] of Object.entries<PoolPlan>(POOLS)) {
    const terms = pools[pool];
    if (terms === undefined) continue;
    const record = configuration(ground, pool, plan, terms);
    state.licenseConfigurations.set(record.LicenseConfigurationArn, record);
  }
}

function configuration(
  ground: Ground,
  pool: string,
  plan: PoolPlan,
  terms: PoolTerms,
): LicenseConfigurationRecord {
  const { account, region } = ground.site;
  const id = licenseConfigurationId(account, region, pool);
  return {
    LicenseConfigurationId: id,
    LicenseConfigurationArn: licenseConfigurationArn(account, region, id),
    OwnerAccountId: account,
    createdAt: daysAgo(ground, CREATED_DAYS_AGO),
    Name: plan.name,
    Description: plan.description,
    LicenseCountingType: plan.counts,
    LicenseRules: [...plan.rules],
    LicenseCountHardLimit: terms.hard === true,
    DisassociateWhenNotFound: false,
    Status: terms.disabled ? 'DISABLED' : 'AVAILABLE',
    ProductInformationList: [...(plan.products ?? [])],
    Tags: tags({ Owner: 'license-management', CostCenter: '4100' }),
    ...(terms.limit === undefined ? {} : { LicenseCount: terms.limit }),
    ...(plan.products ? { lastDiscoveryTime: lastDiscovery(ground.now) } : {}),
    ...(plan.shared ? { sharedWithOrganization: true } : {}),
    ...(terms.expiresInDays === undefined
      ? {}
      : { LicenseExpiry: daysAgo(ground, -terms.expiresInDays).getTime() / 1000 }),
  };
}

function lastDiscovery(now: number): Date {
  const today = new Date(now).setUTCHours(DISCOVERY_HOUR, 0, 0, 0);
  return new Date(today <= now ? today : today - 86_400_000);
}

/** Associates a resource with the pools that the site has; others stay untracked. Answers the configurations' ARNs. */
export function associate(
  ground: Ground,
  resourceArn: string,
  pools: readonly PoolName[],
  how: Omit<LicenseSpecificationRecord, 'LicenseConfigurationArn'>,
): string[] {
  const arns = poolArns(ground.site, pools);
  if (arns.length > 0) {
    ground.state.licenseSpecifications.set(
      resourceArn,
      arns.map((LicenseConfigurationArn) => ({ LicenseConfigurationArn, ...how })),
    );
  }
  return arns;
}
