import type { ContractLine } from './contract-line.ts';

const PASSPORT = { contract: 'PA 0007214533', program: 'Passport Advantage' } as const;

export const IBM_AND_SAP: readonly ContractLine[] = [
  // ILMT reports every quarter, so CPU options count.
  {
    ...PASSPORT,
    product: 'ibm-db2',
    edition: 'advanced',
    version: '11.5',
    metric: 'vpc',
    quantity: 16,
    bought: { endsInDays: 24, years: 1 },
    prices: [1_890],
    owner: 'integration',
    pools: ['IBM Db2*'],
    switches: { ibmSubCapacityReported: true },
  },
  {
    ...PASSPORT,
    product: 'ibm-websphere',
    edition: 'network-deployment',
    version: '9.0',
    metric: 'pvu',
    quantity: 1_000,
    bought: '2017-12-15',
    maintained: 120,
    prices: [62, 12.4],
    owner: 'integration',
    pools: ['IBM WebSphere*'],
  },
  // Sixty blocks of 64 GiB.
  {
    contract: 'SAP 40088127',
    product: 'sap-hana',
    metric: 'memory-gib',
    quantity: 3_840,
    bought: '2020-09-30',
    maintained: 38,
    prices: [920, 174.8],
    owner: 'sap-basis',
    pools: ['SAP HANA*'],
  },
  {
    contract: 'SAP 40088127',
    product: 'sap-netweaver',
    metric: 'user',
    quantity: 1_200,
    bought: '2015-09-30',
    maintained: 38,
    prices: [1_430, 271.7],
    owner: 'sap-basis',
    pools: ['SAP NetWeaver*'],
  },
];
