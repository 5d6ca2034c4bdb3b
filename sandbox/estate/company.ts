import {
  COMPANY,
  DATA_PLATFORM,
  ERP_PRODUCTION,
  HUB_REGION,
  NON_PRODUCTION,
  SHARED_SERVICES,
} from './accounts.ts';
import { licenseConfigurationArn, licenseConfigurationId } from './ids.ts';
import { launchTemplateId } from './launch-templates.ts';
import { INSTANCE_PROFILE } from './network.ts';
import { POOLS } from './pools.ts';
import type { Site } from './site.ts';
import { DATA_EU_WEST_1 } from './sites/data-eu-west-1.ts';
import { DATA_US_EAST_1 } from './sites/data-us-east-1.ts';
import { ERP_AP_SOUTHEAST_2 } from './sites/erp-ap-southeast-2.ts';
import { ERP_EU_WEST_1 } from './sites/erp-eu-west-1.ts';
import { ERP_US_EAST_1 } from './sites/erp-us-east-1.ts';
import { NON_PRODUCTION_EU_WEST_1, NON_PRODUCTION_US_EAST_1 } from './sites/non-production.ts';
import { SHARED_EU_WEST_1, SHARED_US_EAST_1 } from './sites/shared-services.ts';

/** Every account and Region of the default estate. */
export const SITES: readonly Site[] = [
  SHARED_US_EAST_1,
  SHARED_EU_WEST_1,
  ERP_US_EAST_1,
  ERP_EU_WEST_1,
  ERP_AP_SOUTHEAST_2,
  DATA_US_EAST_1,
  DATA_EU_WEST_1,
  NON_PRODUCTION_US_EAST_1,
  NON_PRODUCTION_EU_WEST_1,
];

/** A launch template that people may ask for, and the pool that its launches draw on. */
export interface RequestableTemplate {
  readonly account: string;
  readonly region: string;
  readonly launchTemplateId: string;
  readonly name: string;
  readonly instanceType: string;
  readonly poolName: string;
  /** `account/region/lic-…`. */
  readonly poolId: string;
  readonly licenseConfigurationArn: string;
}

/** The default estate from outside, for whoever writes its policy or its roles. The same whatever the seed. */
export const ESTATE = {
  company: COMPANY,
  hubAccount: SHARED_SERVICES,
  hubRegion: HUB_REGION,
  accounts: [
    {
      id: SHARED_SERVICES,
      name: 'shared-services',
      switchedOn: ['compute-optimizer', 'cost-optimization-hub', 'rightsizing'],
    },
    { id: ERP_PRODUCTION, name: 'erp-production', switchedOn: ['compute-optimizer'] },
    { id: DATA_PLATFORM, name: 'data-platform', switchedOn: ['compute-optimizer'] },
    // Nobody asked AWS to look at what is only for tests.
    { id: NON_PRODUCTION, name: 'non-production', switchedOn: [] },
  ],
  /** The hub manages the organization, as in companies that grew out of one account. */
  organization: {
    id: 'o-sandbox0001',
    managementAccount: SHARED_SERVICES,
    delegatedAdministrators: [],
    mailDomain: 'aws.alderfinch.example',
    since: new Date('2019-03-04T09:12:00Z'),
  },
  regions: [...new Set(SITES.map(({ region }) => region))].sort(),
  /** Accounts and the Regions that each uses. */
  scopes: SITES.map(({ account, region }) => ({ account, region })),
  /** Name of the instance profile of every launch template. */
  instanceProfile: INSTANCE_PROFILE,
  launchTemplates: SITES.flatMap(requestableTemplates),
} as const;

function requestableTemplates(site: Site): RequestableTemplate[] {
  const { account, region, launchTemplates = [] } = site;
  return launchTemplates.flatMap(({ name, type, pool }) => {
    if (pool === undefined) return [];
    const id = licenseConfigurationId(account, region, pool);
    return [
      {
        account,
        region,
        launchTemplateId: launchTemplateId(site, name),
        name,
        instanceType: type,
        poolName: POOLS[pool].name,
        poolId: `${account}/${region}/${id}`,
        licenseConfigurationArn: licenseConfigurationArn(account, region, id),
      },
    ];
  });
}
