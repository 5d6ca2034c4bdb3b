import { DATA_PLATFORM, ERP_PRODUCTION, SHARED_SERVICES } from '../accounts.ts';
import type { ContractLine } from './contract-line.ts';

const EA_2018 = { contract: 'EA 6412903', program: 'EA', bought: '2018-06-29' } as const;
const EA_2021 = { contract: 'EA 7120418', program: 'EA', bought: '2021-07-01' } as const;
const SELECT = { contract: 'Select Plus 3319024', program: 'MPSA' } as const;
const SQL_SERVER = { product: 'sql-server', metric: 'core' } as const;
const WINDOWS = { product: 'windows-server', metric: 'core', edition: 'datacenter' } as const;

/** By the cores of hosts: bought before the terms of 2019-10-01. */
export const SQL_ENTERPRISE = {
  ...EA_2018,
  ...SQL_SERVER,
  edition: 'enterprise',
  version: '2017',
  maintained: 400,
  prices: [6_049.2, 1_512.3],
  pools: ['SQL Server Enterprise per core*'],
} as const;

/** By the virtual machine, under License Mobility. */
export const SQL_STANDARD = {
  ...EA_2018,
  ...SQL_SERVER,
  edition: 'standard',
  version: '2022',
  maintained: 400,
  prices: [1_578, 394.5],
  pools: ['SQL Server Standard per vCPU*'],
} as const;

export const MICROSOFT: readonly ContractLine[] = [
  // The hosts need most of it, and Leeds runs the same edition outside AWS.
  { ...SQL_ENTERPRISE, quantity: 336 },
  { ...SQL_STANDARD, quantity: 240 },
  {
    ...EA_2021,
    ...SQL_SERVER,
    edition: 'enterprise',
    version: '2022',
    quantity: 16,
    maintained: 250,
    prices: [6_427.28, 1_606.82],
    accounts: [DATA_PLATFORM],
    pools: ['SQL Server Enterprise per vCPU*'],
  },
  {
    ...EA_2021,
    ...SQL_SERVER,
    edition: 'standard',
    version: '2022',
    // More than runs: people may launch it.
    quantity: 440,
    maintained: 250,
    prices: [1_676.6, 419.15],
    pools: ['SQL Server Standard per vCPU*'],
  },
  // Without Software Assurance it may not run on AWS's shared hardware; some servers do.
  {
    ...SELECT,
    ...SQL_SERVER,
    edition: 'standard',
    version: '2014',
    quantity: 64,
    bought: '2015-03-31',
    maintained: '2018-03-31',
    prices: [1_793],
    accounts: [SHARED_SERVICES, ERP_PRODUCTION],
    pools: ['SQL Server 2014*'],
  },
  {
    ...EA_2018,
    ...WINDOWS,
    version: '2019',
    quantity: 640,
    bought: '2019-06-28',
    prices: [327],
    pools: ['Windows Server 2019 Datacenter*'],
  },
  {
    ...SELECT,
    ...WINDOWS,
    version: '2012 R2',
    quantity: 32,
    bought: '2014-05-30',
    prices: [300.6],
    accounts: [ERP_PRODUCTION],
    pools: ['Windows Server 2012 R2*'],
  },
  // For the company's own data centers, where License Manager counts no cores.
  {
    ...SELECT,
    ...WINDOWS,
    version: '2016',
    quantity: 320,
    bought: '2016-11-30',
    prices: [311],
    accounts: [SHARED_SERVICES],
  },
];
