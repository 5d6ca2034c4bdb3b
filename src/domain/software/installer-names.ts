import type { ProductId } from '#domain/licenses/product.ts';

/**
 * What a row of inventory proves. `installed`: the product itself. `component`: a part of it that needs
 * its license on a machine of its own. `likely`: what comes with it or prepares for it, no proof.
 */
export type Certainty = 'installed' | 'component' | 'likely';

export interface InstallerName {
  readonly product: ProductId;
  readonly certainty: Certainty;
  /** Of the words (`wordsOf`) of the name that the installer registers. */
  readonly name: RegExp;
  /** Of the words of the publisher, where the name alone is others' as well. */
  readonly publisher?: RegExp;
}

/** Parts that connect to a product, manage it or document it need no license of it. */
const ACCESSORY =
  /\b(?:clients?|drivers?|odbc|jdbc|oledb|native|plug ?ins?|plugins?|connectors?|sdk|toolkit|tools|explorer|studio|samples|examples|documentation|projects|add ?in)\b/;

const SQL = '^(?:microsoft )?sql server';
const SQL_RELEASE = `${SQL} 20\\d\\d(?: r2)?(?: sp\\d)?`;
const SQL_EDITION =
  '(?:enterprise|standard|web|developer|express|evaluation|business intelligence|workgroup|data ?center)';
const SQL_COMPONENT = '(?:reporting|integration|analysis|master data|data quality) services';
const ORACLE = '^oracle (?:ai )?database';
const ORACLE_RELEASE = '\\d+ ?(?:ai|[cgi])(?:r\\d| release \\d)?';
const ORACLE_EDITION = '(?:enterprise|express|personal|standard)(?: edition)?(?: (?:2|one|1))?';
const NUMBERS = '(?:v|version )?\\d[\\d ]*';

/**
 * Names from the first to the last word, so that "Monitoring for SQL Server 2019" is none. The list is
 * in order: the first that fits counts.
 *
 * SQL Server's setup registers the release on client-only machines as well, so that the release alone
 * proves nothing. Oracle's preinstall packages only prepare Linux; its installer, like WebLogic's, Db2's
 * and SAP's on Linux, leaves no package at all. SAP's host agent is on every SAP system.
 */
const INSTALLER_NAMES: readonly InstallerName[] = [
  installed('sql-server', `${SQL_RELEASE} database engine services$`),
  installed('sql-server', `${SQL_RELEASE} ${SQL_EDITION}(?: (?:edition|with|core|64) ?.*)?$`),
  installed('sql-server', '^mssql server$'),
  component('sql-server', `(?:${SQL_RELEASE}|${SQL}) ${SQL_COMPONENT}$`),
  component('sql-server', '^mssql server is$'),
  likely('sql-server', `${SQL_RELEASE}(?: (?:64 bit|x64))?$`),
  installed('oracle-database', `${ORACLE} (?:ee|se2|xe|free) ${ORACLE_RELEASE}$`),
  installed('oracle-database', `${ORACLE} ${ORACLE_RELEASE}(?: ${ORACLE_EDITION})?$`),
  installed('oracle-database', '^oracle xe$'),
  likely('oracle-database', '^oracle (?:ai )?(?:database|rdbms) (?:server \\w+ )?preinstall\\b'),
  installed('oracle-weblogic', `^(?:oracle )?weblogic (?:server|suite)(?: ${NUMBERS})?$`),
  installed('oracle-weblogic', '^(?:oracle )?weblogic server (?:\\w+ )*(?:edition|suite)$'),
  installed('oracle-weblogic', `^oracle weblogic server ${ORACLE_RELEASE}(?: ${NUMBERS})?$`),
  installed('ibm-db2', '^db2 db2copy\\d+$'),
  installed('ibm-db2', `^ibm db2(?: ${NUMBERS})?(?: db2copy\\d+)?$`),
  installed(
    'ibm-db2',
    `^(?:ibm )?db2 (?:${NUMBERS})?(?:advanced|enterprise|workgroup|express|standard|server|community|developer)\\b`,
  ),
  installed(
    'ibm-mq',
    `^(?:ibm |ibm websphere |websphere )mq(?: advanced)?(?: for developers)?(?: ${NUMBERS})?(?: installation\\d+)?$`,
  ),
  installed('ibm-mq', '^mqseriesserver(?: mq\\d+)?$'),
  installed('ibm-mq', '^ibmmq server(?: mq\\d+)?$'),
  installed('ibm-websphere', '^(?:ibm )?websphere application server\\b'),
  installed(
    'sap-hana',
    `^sap hana(?: database| platform| server| express)?(?: edition)?(?: ${NUMBERS})?$`,
  ),
  installed(
    'sap-netweaver',
    `^sap netweaver(?: as| application server)?(?: abap| java)?(?: ${NUMBERS})?$`,
  ),
  likely('sap-netweaver', '^(?:saphostagent|sap host agent)$'),
  installed('red-hat-enterprise-linux', '^redhat release(?: server)?$', /^red hat\b/),
  installed('suse-linux-enterprise', '^sles(?: sap)? release$', /^suse\b/),
];

/** The product that the words of a name prove, if any. */
export function installerName(words: string): InstallerName | null {
  if (ACCESSORY.test(words)) return null;
  return INSTALLER_NAMES.find(({ name }) => name.test(words)) ?? null;
}

function installed(product: ProductId, name: string, publisher?: RegExp): InstallerName {
  const row = { product, certainty: 'installed', name: new RegExp(name) } as const;
  return publisher === undefined ? row : { ...row, publisher };
}

function component(product: ProductId, name: string): InstallerName {
  return { product, certainty: 'component', name: new RegExp(name) };
}

function likely(product: ProductId, name: string): InstallerName {
  return { product, certainty: 'likely', name: new RegExp(name) };
}
