import { DeclaredServer, declaredServerKey } from '#domain/estate/declared-server.ts';
import { type Column, column, type RegisterFile } from '#domain/register/column.ts';
import { versionedLabel } from '#domain/register/product-label.ts';
import { choice, DAY, EDITION, PRODUCT, TEXT, WHOLE } from '#domain/register/readers.ts';

const ENVIRONMENT = choice(
  {
    production: 'production',
    prod: 'production',
    'non-production': 'non-production',
    nonprod: 'non-production',
    development: 'non-production',
    dev: 'non-production',
    test: 'non-production',
    qa: 'non-production',
    staging: 'non-production',
  },
  'production or non-production',
);

const required = true;

const COLUMNS: readonly Column<DeclaredServer>[] = [
  column('Server', TEXT, ({ name }) => name, {
    key: 'name',
    also: ['server name', 'name', 'host', 'host name', 'machine', 'computer'],
    required,
  }),
  column('Site', { ...TEXT, empty: '' }, ({ site }) => site, {
    also: ['location', 'data center', 'datacentre'],
  }),
  column('Sockets', WHOLE, ({ sockets }) => sockets, {
    also: ['cpu sockets', 'processors'],
    required,
  }),
  column('Cores per socket', WHOLE, ({ coresPerSocket }) => coresPerSocket, {
    key: 'coresPerSocket',
    also: ['cores per processor', 'cores per cpu'],
    required,
  }),
  column('vCPUs', WHOLE, ({ vcpus }) => vcpus, { also: ['vcpu', 'virtual cpus'] }),
  column('Owner', TEXT, ({ owner }) => owner, { also: ['responsible', 'contact', 'team'] }),
  column('Environment', ENVIRONMENT, ({ environment }) => environment, { also: ['stage', 'env'] }),
  column('Product', PRODUCT, ({ product }) => product, {
    also: ['product name', 'software'],
    required,
  }),
  column('Edition', EDITION, ({ edition }) => edition),
  column('Version', TEXT, ({ version }) => version, { also: ['product version'] }),
  column('Users', WHOLE, ({ users }) => users, { also: ['named users', 'user count'] }),
  column('Listed on', DAY, ({ listedOn }) => listedOn, {
    key: 'listedOn',
    also: ['listed', 'as of', 'inventory date', 'date'],
    required,
  }),
];

/** Servers outside AWS: one row for each product on a server. */
export const SERVER_FILE: RegisterFile<DeclaredServer> = {
  kind: 'servers',
  columns: COLUMNS,
  schema: DeclaredServer,
  assemble: (values) => values,
  keyOf: declaredServerKey,
  keyNames: 'site, server, product and edition',
  describe: (item) => [
    versionedLabel(item),
    item.site === '' ? item.name : `${item.name}, ${item.site}`,
    item.vcpus === null ? `${item.sockets} × ${item.coresPerSocket} cores` : `${item.vcpus} vCPUs`,
  ],
};
