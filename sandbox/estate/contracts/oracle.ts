import { ERP_PRODUCTION, NON_PRODUCTION, SHARED_SERVICES } from '../accounts.ts';
import type { ContractLine } from './contract-line.ts';

const ORACLE_DATABASE = {
  product: 'oracle-database',
  metric: 'processor',
  version: '19c',
} as const;

export const ORACLE: readonly ContractLine[] = [
  {
    ...ORACLE_DATABASE,
    contract: 'OMA-2016-4471',
    edition: 'enterprise',
    quantity: 64,
    bought: '2016-05-31',
    maintained: 190,
    prices: [19_000, 4_180],
    accounts: [ERP_PRODUCTION, NON_PRODUCTION],
    pools: ['Oracle Database Enterprise Edition*'],
  },
  // For the two servers in Ohio, by their cores and the core factor.
  {
    ...ORACLE_DATABASE,
    contract: 'OMA-2012-0098',
    edition: 'enterprise',
    quantity: 32,
    bought: '2012-11-30',
    maintained: 190,
    prices: [19_000, 4_180],
    accounts: [SHARED_SERVICES],
  },
  {
    ...ORACLE_DATABASE,
    contract: 'OMA-2018-1203',
    edition: 'standard-2',
    quantity: 10,
    bought: '2018-02-28',
    maintained: 190,
    prices: [8_750, 1_925],
    pools: ['Oracle Database Standard Edition 2*'],
  },
  // A term that nobody renewed, see FIN-2231; the servers still run.
  {
    contract: 'OMA-2019-3350',
    product: 'oracle-weblogic',
    edition: 'suite',
    version: '14.1.1',
    metric: 'processor',
    quantity: 24,
    bought: { endsInDays: -41, years: 3 },
    prices: [9_000],
    owner: 'finance-dba',
    pools: ['Oracle WebLogic*'],
  },
];
