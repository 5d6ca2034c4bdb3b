import * as z from 'zod';

/** A product by its short name: one of `PRODUCTS`, or one that the settings describe. */
export const ProductId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'Write a short name such as sql-server');
export type ProductId = z.output<typeof ProductId>;

/** What an entitlement counts in, in the vendors' words. */
export const LicenseMetric = z.enum([
  /** Microsoft: core licenses, sold in packs. */
  'core',
  /** Microsoft: server licenses beside client access licenses. */
  'server',
  /** Oracle: processor licenses; sockets for Standard Edition 2. */
  'processor',
  /** Oracle: Named User Plus. */
  'named-user-plus',
  /** IBM: Virtual Processor Core. */
  'vpc',
  /** IBM: Processor Value Unit. */
  'pvu',
  /** IBM: Resource Value Unit. */
  'rvu',
  /** Red Hat, SUSE: subscriptions. */
  'subscription',
  /** SAP HANA: GiB of memory. */
  'memory-gib',
  'vcpu',
  'socket',
  'instance',
  'host',
  'user',
]);
export type LicenseMetric = z.output<typeof LicenseMetric>;

export interface Product {
  readonly id: ProductId;
  /** As the vendor writes it. */
  readonly name: string;
  readonly vendor: string;
  /** Editions by short name; empty when the product has none. */
  readonly editions: Readonly<Record<string, string>>;
  /** Options and packs that need licenses of their own beside an edition's, by short name. */
  readonly options?: Readonly<Record<string, string>>;
  /** In which it is licensed; the first is usual. */
  readonly metrics: readonly LicenseMetric[];
}

/** The products whose vendors' terms are rules here. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'windows-server',
    name: 'Windows Server',
    vendor: 'Microsoft',
    editions: { datacenter: 'Datacenter', standard: 'Standard' },
    metrics: ['core'],
  },
  {
    id: 'sql-server',
    name: 'SQL Server',
    vendor: 'Microsoft',
    editions: {
      enterprise: 'Enterprise',
      standard: 'Standard',
      web: 'Web',
      developer: 'Developer',
      express: 'Express',
    },
    metrics: ['core', 'server'],
  },
  {
    id: 'oracle-database',
    name: 'Oracle Database',
    vendor: 'Oracle',
    editions: {
      enterprise: 'Enterprise Edition',
      'standard-2': 'Standard Edition 2',
      'standard-1': 'Standard Edition One',
      standard: 'Standard Edition',
    },
    options: {
      'active-data-guard': 'Active Data Guard',
      'advanced-compression': 'Advanced Compression',
      'advanced-security': 'Advanced Security',
      'database-in-memory': 'Database In-Memory',
      'database-vault': 'Database Vault',
      'diagnostics-pack': 'Diagnostics Pack',
      'label-security': 'Label Security',
      multitenant: 'Multitenant',
      olap: 'OLAP',
      partitioning: 'Partitioning',
      'real-application-clusters': 'Real Application Clusters',
      'tuning-pack': 'Tuning Pack',
    },
    metrics: ['processor', 'named-user-plus'],
  },
  {
    id: 'oracle-weblogic',
    name: 'Oracle WebLogic Server',
    vendor: 'Oracle',
    editions: { suite: 'Suite', enterprise: 'Enterprise Edition', standard: 'Standard Edition' },
    metrics: ['processor', 'named-user-plus'],
  },
  {
    id: 'ibm-db2',
    name: 'Db2',
    vendor: 'IBM',
    editions: { advanced: 'Advanced Edition', standard: 'Standard Edition' },
    metrics: ['vpc', 'pvu'],
  },
  {
    id: 'ibm-mq',
    name: 'MQ',
    vendor: 'IBM',
    editions: { advanced: 'Advanced', base: 'Base' },
    metrics: ['vpc', 'pvu'],
  },
  {
    id: 'ibm-websphere',
    name: 'WebSphere Application Server',
    vendor: 'IBM',
    editions: { 'network-deployment': 'Network Deployment', base: 'Base' },
    metrics: ['pvu', 'vpc'],
  },
  {
    id: 'sap-hana',
    name: 'SAP HANA',
    vendor: 'SAP',
    editions: {},
    metrics: ['memory-gib'],
  },
  {
    id: 'sap-netweaver',
    name: 'SAP NetWeaver',
    vendor: 'SAP',
    editions: {},
    metrics: ['user', 'instance'],
  },
  {
    id: 'red-hat-enterprise-linux',
    name: 'Red Hat Enterprise Linux',
    vendor: 'Red Hat',
    editions: { server: 'Server', sap: 'for SAP' },
    metrics: ['subscription'],
  },
  {
    id: 'suse-linux-enterprise',
    name: 'SUSE Linux Enterprise Server',
    vendor: 'SUSE',
    editions: { server: 'Server', sap: 'for SAP' },
    metrics: ['subscription', 'socket'],
  },
];

const EDITIONS = namesOf(({ editions }) => editions);
const OPTIONS = namesOf(({ options = {} }) => options);

/** By `product/name`: in a map, because names that people type are no keys of an object. */
function namesOf(
  pick: (product: Product) => Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map(
    PRODUCTS.flatMap((product) =>
      Object.entries(pick(product)).map(([id, name]) => [`${product.id}/${id}`, name] as const),
    ),
  );
}

/** An edition or option as its vendor writes it; its short name where no product of ours has it. */
export function editionName(product: ProductId, edition: string): string {
  const key = `${product}/${edition}`;
  return EDITIONS.get(key) ?? OPTIONS.get(key) ?? edition;
}

/** Whether a name is no edition but an option, which an entitlement for all editions does not cover. */
export function isOption(product: ProductId, edition: string | null): boolean {
  return OPTIONS.has(`${product}/${edition}`);
}
