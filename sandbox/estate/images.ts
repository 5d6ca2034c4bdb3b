import type { PoolName } from './pools.ts';
import type { SoftwareName } from './software.ts';

/** An operating system as EC2 and Systems Manager name it. */
export interface System {
  readonly kind: 'windows' | 'linux';
  readonly platformName: string;
  readonly platformVersion: string;
  readonly architecture?: 'arm64';
}

export const SYSTEMS = {
  'windows-2012r2': windows('2012 R2 Datacenter', '6.3.9600'),
  'windows-2016': windows('2016 Datacenter', '10.0.14393'),
  'windows-2019': windows('2019 Datacenter', '10.0.17763'),
  'windows-2022': windows('2022 Datacenter', '10.0.20348'),
  'rhel-7': linux('Red Hat Enterprise Linux Server', '7.9'),
  'rhel-8': linux('Red Hat Enterprise Linux', '8.10'),
  'rhel-9': linux('Red Hat Enterprise Linux', '9.4'),
  'sles-15-sap': linux('SLES', '15.5'),
  'oracle-linux-8': linux('Oracle Linux Server', '8.10'),
  'amazon-linux': linux('Amazon Linux', '2023'),
  'amazon-linux-arm': { ...linux('Amazon Linux', '2023'), architecture: 'arm64' },
  ubuntu: linux('Ubuntu', '22.04'),
} satisfies Record<string, System>;

/** EC2 User Guide, "AMI billing information fields", 2026-11: the usage operations that the estate uses. */
export const PLATFORM_DETAILS = {
  RunInstances: 'Linux/UNIX',
  'RunInstances:0010': 'Red Hat Enterprise Linux',
  'RunInstances:00g0': 'Red Hat BYOL Linux',
  'RunInstances:000g': 'SUSE Linux',
  'RunInstances:0g00': 'Ubuntu Pro',
  'RunInstances:0002': 'Windows',
  'RunInstances:0800': 'Windows BYOL',
  'RunInstances:0006': 'Windows with SQL Server Standard',
  'RunInstances:0102': 'Windows with SQL Server Enterprise',
  'RunInstances:0202': 'Windows with SQL Server Web',
} as const;

/** An AMI that the company builds in every site that uses it, or that Amazon publishes. */
export interface ImagePlan {
  readonly system: keyof typeof SYSTEMS;
  readonly operation: keyof typeof PLATFORM_DETAILS;
  readonly software: readonly SoftwareName[];
  /** Associated with the image, so launches from it are tracked. */
  readonly pools: readonly PoolName[];
  readonly publisher: 'company' | 'amazon';
  /** A copy: AWS does not copy the license associations. */
  readonly copyOf?: string;
  /** Of its listing on AWS Marketplace. */
  readonly productCode?: string;
  /** Templates and instances still name it, but it is gone. */
  readonly deregistered?: true;
}

const AMAZON = { publisher: 'amazon', pools: [], software: [] } as const;
const OURS = { publisher: 'company', pools: [], software: [] } as const;
const SQL_2019: ImagePlan = {
  ...OURS,
  system: 'windows-2019',
  operation: 'RunInstances:0002',
  software: ['sql-2019-standard'],
  pools: ['sql-std'],
};

export const IMAGES = {
  'windows-2016': { ...AMAZON, system: 'windows-2016', operation: 'RunInstances:0002' },
  'windows-2019': { ...AMAZON, system: 'windows-2019', operation: 'RunInstances:0002' },
  'windows-2022': { ...AMAZON, system: 'windows-2022', operation: 'RunInstances:0002' },
  // Of instances that were converted to the license in the price.
  'windows-2019-converted': { ...OURS, system: 'windows-2019', operation: 'RunInstances:0002' },
  'windows-2019-byol': {
    ...OURS,
    system: 'windows-2019',
    operation: 'RunInstances:0800',
    pools: ['win-core'],
  },
  'windows-2012r2-byol': {
    ...OURS,
    system: 'windows-2012r2',
    operation: 'RunInstances:0800',
    pools: ['win-socket'],
  },
  'sql-2019-standard': SQL_2019,
  'sql-2019-standard-copy': { ...SQL_2019, pools: [], copyOf: 'sql-2019-standard' },
  'sql-2019-standard-2023': { ...SQL_2019, deregistered: true },
  'sql-2014-standard': {
    ...SQL_2019,
    system: 'windows-2016',
    software: ['sql-2014-standard'],
    pools: ['sql-2014'],
  },
  'sql-2019-developer': { ...SQL_2019, software: ['sql-2019-developer'], pools: ['sql-dev'] },
  'sql-2022-developer': {
    ...SQL_2019,
    system: 'windows-2022',
    software: ['sql-2022-developer'],
    pools: ['sql-dev'],
  },
  'sql-2019-express': { ...SQL_2019, software: ['sql-2019-express'], pools: [] },
  'sql-2019-enterprise': { ...SQL_2019, software: ['sql-2019-enterprise'], pools: ['sql-ent'] },
  'sql-2017-enterprise': {
    ...OURS,
    system: 'windows-2019',
    operation: 'RunInstances:0800',
    software: ['sql-2017-enterprise'],
    pools: ['sql-ent-core', 'win-core'],
  },
  'sql-2019-standard-included': {
    ...AMAZON,
    system: 'windows-2019',
    operation: 'RunInstances:0006',
    software: ['sql-2019-standard'],
  },
  'sql-2019-standard-converted': { ...SQL_2019, operation: 'RunInstances:0006', pools: [] },
  'sql-2019-enterprise-included': {
    ...AMAZON,
    system: 'windows-2019',
    operation: 'RunInstances:0102',
    software: ['sql-2019-enterprise'],
  },
  'sql-2019-web-included': {
    ...AMAZON,
    system: 'windows-2019',
    operation: 'RunInstances:0202',
    software: ['sql-2019-web'],
  },
  'oracle-ee': {
    ...OURS,
    system: 'oracle-linux-8',
    operation: 'RunInstances',
    software: ['oracle-19c-ee'],
    pools: ['oracle-ee'],
  },
  'oracle-se2': {
    ...OURS,
    system: 'oracle-linux-8',
    operation: 'RunInstances',
    software: ['oracle-19c-se2'],
    pools: ['oracle-se2'],
  },
  weblogic: {
    ...OURS,
    system: 'oracle-linux-8',
    operation: 'RunInstances',
    software: ['weblogic'],
    pools: ['weblogic'],
  },
  sap: {
    ...OURS,
    system: 'sles-15-sap',
    operation: 'RunInstances:000g',
    software: ['sap'],
    pools: ['sap'],
  },
  'sap-hana': {
    ...OURS,
    system: 'sles-15-sap',
    operation: 'RunInstances:000g',
    software: ['sap', 'hana'],
    pools: ['hana'],
  },
  'sap-hana-byos': {
    ...OURS,
    system: 'sles-15-sap',
    operation: 'RunInstances',
    software: ['sap', 'hana'],
    pools: ['hana', 'sles-socket'],
  },
  db2: {
    ...OURS,
    system: 'windows-2019',
    operation: 'RunInstances:0002',
    software: ['db2'],
    pools: ['db2'],
  },
  websphere: {
    ...OURS,
    system: 'windows-2019',
    operation: 'RunInstances:0002',
    software: ['websphere'],
    pools: ['websphere'],
  },
  tableau: {
    ...OURS,
    system: 'windows-2022',
    operation: 'RunInstances:0002',
    software: ['tableau', 'sql-client'],
    pools: ['tableau'],
  },
  // License Manager's own listing of Visual Studio with Windows Server in the price.
  'visual-studio': {
    ...AMAZON,
    system: 'windows-2022',
    operation: 'RunInstances:0002',
    productCode: 'e1x2y3z4a5b6c7d8e9f0g1h2i',
    software: ['visual-studio'],
  },
  'rhel-8': { ...AMAZON, system: 'rhel-8', operation: 'RunInstances:0010' },
  'rhel-9-byos': { ...OURS, system: 'rhel-9', operation: 'RunInstances:00g0', pools: ['rhel'] },
  'amazon-linux': { ...AMAZON, system: 'amazon-linux', operation: 'RunInstances' },
  'amazon-linux-arm': { ...AMAZON, system: 'amazon-linux-arm', operation: 'RunInstances' },
  'ubuntu-pro': { ...AMAZON, system: 'ubuntu', operation: 'RunInstances:0g00' },
} satisfies Record<string, ImagePlan>;

export type ImageName = keyof typeof IMAGES;

function windows(name: string, platformVersion: string): System {
  return { kind: 'windows', platformName: `Microsoft Windows Server ${name}`, platformVersion };
}

function linux(platformName: string, platformVersion: string): System {
  return { kind: 'linux', platformName, platformVersion };
}
