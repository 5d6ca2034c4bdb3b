import type { LicenseCountingType, ProductInformation } from '@aws-sdk/client-license-manager';

/** A license that the company tracks; each site that uses it has its own configuration and limit. */
export interface PoolPlan {
  readonly name: string;
  readonly counts: LicenseCountingType;
  readonly rules: readonly string[];
  readonly description: string;
  /** Automated discovery looks for this. */
  readonly products?: readonly ProductInformation[];
  /** Every account of the organization may use it. */
  readonly shared?: true;
}

const ON_HOSTS = '#allowedTenancy=EC2-DedicatedHost';
const SHARED_TENANCY = '#allowedTenancy=EC2-Default';
const ACTIVE_VCPUS = '#honorVcpuOptimization=True';
const NINETY_DAYS = '#licenseAffinityToHost=90';

export const POOLS = {
  'sql-ent-core': {
    name: 'SQL Server Enterprise per core (Dedicated Hosts)',
    counts: 'Core',
    rules: [ON_HOSTS, NINETY_DAYS, '#maximumCores=96'],
    description: 'EA 6412903, bought 2018, Software Assurance until 2027.',
  },
  'sql-ent': {
    name: 'SQL Server Enterprise per vCPU (License Mobility)',
    counts: 'vCPU',
    rules: [ACTIVE_VCPUS, SHARED_TENANCY, '#minimumVcpus=4'],
    description: 'License Mobility through Software Assurance.',
  },
  'sql-std': {
    name: 'SQL Server Standard per vCPU (License Mobility)',
    counts: 'vCPU',
    rules: [ACTIVE_VCPUS, SHARED_TENANCY],
    description: 'License Mobility through Software Assurance, 2-core packs.',
  },
  'sql-2014': {
    name: 'SQL Server 2014 Standard (no Software Assurance)',
    counts: 'vCPU',
    rules: [],
    description: 'Extended support ended 2024-07-09. Migrate or retire.',
    products: [installedOn('Microsoft SQL Server 2014 (64-bit)')],
  },
  'sql-dev': {
    name: 'SQL Server Developer (tracked only)',
    counts: 'Instance',
    rules: [],
    description: 'Free for development and test; tracked for the audit.',
  },
  'win-core': {
    name: 'Windows Server 2019 Datacenter per core (Dedicated Hosts)',
    counts: 'Core',
    rules: [ON_HOSTS, NINETY_DAYS],
    description: 'Perpetual, bought before 2019-10-01.',
  },
  'win-socket': {
    name: 'Windows Server 2012 R2 Datacenter per processor (Dedicated Hosts)',
    counts: 'Socket',
    rules: [ON_HOSTS, '#maximumSockets=2'],
    description: 'Two-processor licenses, perpetual.',
  },
  'oracle-ee': {
    name: 'Oracle Database Enterprise Edition per vCPU',
    counts: 'vCPU',
    rules: ['#honorVcpuOptimization=False'],
    description: '64 processor licenses, two vCPUs each.',
  },
  'oracle-se2': {
    name: 'Oracle Database Standard Edition 2 per vCPU',
    counts: 'vCPU',
    rules: ['#maximumVcpus=8'],
    description: 'Four vCPUs a socket license, at most eight vCPUs a server.',
  },
  'oracle-rds': {
    name: 'Oracle Database Enterprise Edition on RDS',
    counts: 'vCPU',
    rules: [],
    description: 'Found by automated discovery.',
    products: [engine('oracle-ee')],
  },
  weblogic: {
    name: 'Oracle WebLogic Suite per vCPU',
    counts: 'vCPU',
    rules: ['#honorVcpuOptimization=False'],
    description: 'Support contract not renewed, see ticket FIN-2231.',
  },
  sap: {
    name: 'SAP NetWeaver application servers',
    counts: 'Instance',
    rules: ['#minimumVcpus=4'],
    description: 'Counted for the yearly system measurement.',
  },
  hana: {
    name: 'SAP HANA nodes',
    counts: 'Instance',
    rules: ['#minimumVcpus=32'],
    description: 'Certified memory-optimized sizes only.',
  },
  'sles-socket': {
    name: 'SUSE Linux Enterprise for SAP per socket (Dedicated Hosts)',
    counts: 'Socket',
    rules: [ON_HOSTS, '#maximumSockets=4'],
    description: 'Unlimited virtual machines for one or two sockets.',
  },
  db2: {
    name: 'IBM Db2 Advanced per VPC',
    counts: 'vCPU',
    rules: [ACTIVE_VCPUS],
    description: 'Passport Advantage, yearly subscription. ILMT reports to compliance@.',
  },
  websphere: {
    name: 'IBM WebSphere Application Server ND per vCPU',
    counts: 'vCPU',
    rules: ['#honorVcpuOptimization=False', '#maximumVcpus=16'],
    description: 'Passport Advantage, 70 PVU a vCPU.',
  },
  rhel: {
    name: 'Red Hat Enterprise Linux (bring your own subscription)',
    counts: 'Instance',
    rules: [],
    description: 'One subscription covers two virtual servers; counted here per server.',
  },
  tableau: {
    name: 'Tableau Server (8 vCPUs or more)',
    counts: 'Instance',
    rules: ['#minimumVcpus=8', '#maximumVcpus=64'],
    description: 'Core-based, two nodes at most in each Region.',
  },
  backup: {
    name: 'Veeam Agent for Microsoft Windows (whole organization)',
    counts: 'Instance',
    rules: [],
    description: 'Bought centrally, shared with every account.',
    shared: true,
  },
  // Whoever may create a configuration chooses its name.
  hostile: {
    name: '<!channel> *Approved* by <@U0ADMIN001> =HYPERLINK("https://evil.example")',
    counts: 'Instance',
    rules: ['#maximumVcpus=2'],
    description: '\u202Edevorppa\u202C <https://evil.example|SQL Server Web> @everyone',
  },
} satisfies Record<string, PoolPlan>;

export type PoolName = keyof typeof POOLS;

function installedOn(application: string): ProductInformation {
  return {
    ResourceType: 'SSM_MANAGED',
    ProductInformationFilterList: [equals('Application Name', application)],
  };
}

function engine(edition: string): ProductInformation {
  return {
    ResourceType: 'RDS',
    ProductInformationFilterList: [equals('Engine Edition', edition)],
  };
}

function equals(name: string, value: string) {
  return {
    ProductInformationFilterName: name,
    ProductInformationFilterComparator: 'EQUALS',
    ProductInformationFilterValue: [value],
  };
}
