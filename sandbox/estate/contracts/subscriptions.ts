import { ERP_PRODUCTION } from '../accounts.ts';
import type { ContractLine } from './contract-line.ts';

/** For two virtual machines each. */
export const RED_HAT = {
  contract: 'Red Hat 11872043',
  product: 'red-hat-enterprise-linux',
  edition: 'server',
  metric: 'subscription',
  bought: { endsInDays: 75, years: 1 },
  prices: [349],
  owner: 'infrastructure',
  pools: ['Red Hat Enterprise Linux*'],
} as const;

export const SUBSCRIPTIONS: readonly ContractLine[] = [
  { ...RED_HAT, quantity: 40 },
  // Bought in Nuremberg, for one or two sockets with any number of virtual machines.
  {
    contract: 'SUSE DE-55120',
    product: 'suse-linux-enterprise',
    edition: 'sap',
    version: '15',
    metric: 'subscription',
    quantity: 1,
    bought: { endsInDays: 200, years: 3 },
    prices: [2_840],
    currency: 'EUR',
    owner: 'sap-basis',
    accounts: [ERP_PRODUCTION],
    pools: ['SUSE Linux Enterprise*'],
  },
  {
    contract: 'TABLEAU-88213',
    product: 'tableau-server',
    metric: 'core',
    quantity: 16,
    bought: { endsInDays: 52, years: 1 },
    prices: [1_850],
    owner: 'data-platform',
    pools: ['Tableau Server*'],
  },
  {
    contract: 'VEEAM-02271',
    product: 'veeam-agent',
    metric: 'instance',
    quantity: 50,
    bought: { endsInDays: -12, years: 1 },
    prices: [96],
    owner: 'infrastructure',
    pools: ['Veeam Agent*'],
  },
];
