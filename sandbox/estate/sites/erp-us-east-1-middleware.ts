import { fleet, type Workload } from '../site.ts';

/** Oracle, SAP, IBM and Red Hat in the ERP account's main Region. */
export const ERP_SAP_AND_MIDDLEWARE: readonly Workload[] = [
  {
    app: 'finance',
    env: 'prod',
    owner: 'finance-dba',
    servers: [
      fleet(4, 'fin-ora', 'r5.4xlarge', 'oracle-ee'),
      fleet(1, 'fin-ora-dr', 'r5.2xlarge', 'oracle-ee', {
        tags: { 'ha:role': 'standby', 'ha:group': 'fin-ora' },
      }),
      fleet(4, 'fin-wls', 'm5.2xlarge', 'weblogic'),
      fleet(3, 'mfg-ora', 'm5.2xlarge', 'oracle-se2'),
      fleet(3, 'hr-ora', 'r5b.4xlarge', 'oracle-ee'),
      // A type that AWS has just launched: DescribeInstanceTypes does not tell of it here yet.
      fleet(1, 'fin-ora-preview', 'm8azn.xlarge', 'oracle-ee', { cpu: { cores: 4, threads: 1 } }),
    ],
  },
  {
    app: 'sap-s4',
    env: 'prod',
    owner: 'sap-basis',
    servers: [
      fleet(12, 'sap-app', 'm6i.4xlarge', 'sap'),
      fleet(2, 'sap-ascs', 'm6i.xlarge', 'sap', { pairs: true }),
      fleet(2, 'sap-hana', 'x2idn.16xlarge', 'sap-hana', { pairs: true }),
      fleet(1, 'sap-bw-hana', 'x2iedn.16xlarge', 'sap-hana-byos', { host: 'sap-hana-host-1' }),
      fleet(2, 'sap-solman', 'r6i.xlarge', 'sap'),
    ],
  },
  {
    app: 'data-warehouse',
    env: 'prod',
    owner: 'integration',
    servers: [
      fleet(3, 'dwh-db2', 'r5.2xlarge', 'db2', { cpu: { cores: 4, threads: 1 } }),
      fleet(4, 'portal-was', 'm5.xlarge', 'websphere'),
      fleet(8, 'edi-rhel', 'm5.large', 'rhel-8'),
      fleet(10, 'api-rhel', 'm6i.large', 'rhel-9-byos'),
      fleet(6, 'mq-rhel', 'm6a.xlarge', 'rhel-9-byos'),
    ],
  },
  {
    app: 'manufacturing',
    env: 'prod',
    owner: 'plant-it',
    servers: [
      fleet(2, 'mfg-historian', 'z1d.2xlarge', 'windows-2019', { software: ['sql-2017-standard'] }),
      fleet(4, 'mfg-terminal', 't3.large', 'windows-2016'),
      fleet(2, 'mfg-express', 't3.xlarge', 'sql-2019-express'),
    ],
  },
];
