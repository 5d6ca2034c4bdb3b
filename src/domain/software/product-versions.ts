import type { ProductId } from '#domain/licenses/product.ts';

/** Microsoft's release of each major version. */
const SQL_SERVER_RELEASES: ReadonlyMap<string, string> = new Map([
  ['8.0', '2000'],
  ['9.0', '2005'],
  ['10.0', '2008'],
  ['10.50', '2008 R2'],
  ['11.0', '2012'],
  ['12.0', '2014'],
  ['13.0', '2016'],
  ['14.0', '2017'],
  ['15.0', '2019'],
  ['16.0', '2022'],
  ['17.0', '2025'],
]);

/** What Oracle puts behind the number of a release. */
const ORACLE_LETTERS: ReadonlyMap<string, string> = new Map([
  ['9', 'i'],
  ['10', 'g'],
  ['11', 'g'],
  ['12', 'c'],
  ['18', 'c'],
  ['19', 'c'],
  ['21', 'c'],
  ['23', 'ai'],
  ['26', 'ai'],
]);

/** How many numbers of a version make a release that licenses are sold for. */
const RELEASE_NUMBERS: ReadonlyMap<ProductId, number> = new Map([
  ['oracle-weblogic', 3],
  ['ibm-db2', 2],
  ['ibm-mq', 2],
  ['ibm-websphere', 2],
  ['red-hat-enterprise-linux', 2],
  ['suse-linux-enterprise', 2],
]);

const LONGEST = 64;

/**
 * The release as its vendor writes it, from what words (`wordsOf`) name, else from a version number;
 * `null` when neither says: packages such as `oracle-database-ee-19c` have a version of their own.
 */
export function versionIn(product: ProductId, words: string, version: string): string | null {
  const numbers = /^\d+(?:\.\d+)*/.exec(version.slice(0, LONGEST))?.[0].split('.') ?? [];
  switch (product) {
    case 'sql-server':
      return yearAfter(words, /\bsql server (\d{4})( r2)?\b/) ?? sqlServerRelease(numbers);
    case 'windows-server':
      return yearAfter(words, /\bwindows server (\d{4})( r2)?\b/);
    case 'oracle-database':
      return oracleRelease(words, numbers);
    case 'sap-hana':
    case 'sap-netweaver':
      return null;
    default:
      return numbers.slice(0, RELEASE_NUMBERS.get(product)).join('.') || null;
  }
}

/** Later releases compare greater, number by number: `9c` is before `19c`, `2008` before `2008 R2`. */
export function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function yearAfter(words: string, product: RegExp): string | null {
  const [, year, r2] = product.exec(words) ?? [];
  if (year === undefined) return null;
  return r2 === undefined ? year : `${year} R2`;
}

/** Setup writes 13.3.6419.1 for service packs of 13.0, and 10.50 and 10.51 for 2008 R2. */
function sqlServerRelease([major = '', minor = '']: readonly string[]): string | null {
  const release = major === '10' && minor.startsWith('5') ? '10.50' : `${major}.0`;
  return SQL_SERVER_RELEASES.get(release) ?? null;
}

function oracleRelease(words: string, [major = '']: readonly string[]): string | null {
  const named = /\b(\d+) ?(?:ai|[cgi])(?:r\d)?\b/.exec(words)?.[1] ?? major;
  const letter = ORACLE_LETTERS.get(named);
  return letter === undefined ? null : `${named}${letter}`;
}
