import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import type { TermSwitches } from '#domain/licenses/license-terms.ts';
import type { TermsRule } from '#domain/licenses/requirement.ts';
import { productCatalog } from '#domain/register/product-catalog.ts';
import { SWITCH_COLUMNS } from '#domain/register/switch-columns.ts';
import { anEntitlement } from '../register-builders.ts';

/** Sections of the page by the first part of the rules' ids. */
export const VENDORS: Readonly<Record<string, string>> = {
  microsoft: 'Microsoft',
  oracle: 'Oracle',
  ibm: 'IBM',
  sap: 'SAP',
  'red-hat': 'Red Hat',
  suse: 'SUSE',
  aws: 'AWS, for licenses in the hourly price',
  any: 'Any vendor',
};

/** What depends on the answer to a question. */
const CHANGES: Readonly<Record<keyof TermSwitches, string>> = {
  hostLevelVirtualization:
    'SQL Server on Dedicated Hosts with Enterprise: the cores of the host, or the vCPUs of its VMs one by one',
  passiveFreeUnderMobility:
    'SQL Server with Software Assurance: 0 for a passive replica under License Mobility, or as much as for any other VM',
  windowsAfter2019:
    'No number: whether Windows Server newer than 2019 on a Dedicated Host is a violation',
  windowsByVm:
    'Windows Server outside AWS, unless known to be without Software Assurance: the virtual cores of each VM, at least 8, or the cores of the server',
  oracleHonorsCpuOptions:
    'Oracle Database, its options and WebLogic on AWS: processors and minimums of named users, and which machines are too large for Standard editions. A third number, `literal`, counts every vCPU of the type where CPU options leave one thread a core',
  ibmVcpusPerCore:
    'IBM in containers, and Db2 at full capacity, where a core has two threads: half the vCPUs, or all',
  ibmSubCapacityReported:
    'IBM on AWS: the vCPUs that CPU options leave on, or all of the type; outside AWS: the VMs up to the cores of the server, or all of its cores',
  ibmHostCoreCap: 'IBM on Dedicated Hosts: no more than the cores of the host, or every vCPU',
  linuxUnlimitedOnHost:
    'Red Hat Enterprise Linux and SUSE on Dedicated Hosts: one subscription for two sockets of the host, or half of one for each VM',
};

/** docs/terms.md as the code has it. */
export function termsPage(rules: readonly TermsRule[]): string {
  return `# Which terms we apply

Every figure on the *terms* line of a position follows rules that vendors publish, in our own words below: by these terms as of their date,
and never legal advice. Product terms and your contract govern. A position names the rules behind each figure by their id.

*Primary*: read in the words of the vendor or of AWS. *Secondary*: as others report them. *Contested*: sources differ, or the contract decides.

This page is written from the code; a test compares the two.

${Object.keys(VENDORS)
  .map((vendor) => vendorSection(vendor, rules))
  .join('\n\n')}

## Rounding

What machines need is summed first and rounded once for each pool or slice: Microsoft's core licenses up to packs of two, SAP HANA up to
blocks of 64 GiB, products of your own up to their \`packSize\`, everything else to whole licenses. IBM's Resource Value Units take their tiers
of the sum.

## Products of your own

The policy's section [\`licensing\`](policy.md#licensing) describes them. Their rule is \`custom/<id>\`, with the source and date that are written there.

## Questions that the terms leave open

Where sources conflict or the contract decides, a conservative answer is assumed, and the position shows beside it what would be required
under the others. Where your contract says otherwise, write so in the entitlements that it is about: in the column of the
[CSV file](entitlements.md), or under \`switches\` in an [estate file](estate.md), with \`true\` and \`false\` for yes and no. An empty cell means
the answer assumed. Of all entitlements in force for a product in a pool the least favorable answer counts.

${table(['question', 'column', 'in `switches`', 'answers', 'assumed', 'what it changes'], switchRows())}
`;
}

function vendorSection(vendor: string, rules: readonly TermsRule[]): string {
  const rows = rules
    .filter(({ id }) => id.startsWith(`${vendor}/`))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, text, source, asOf, confidence }) => [`\`${id}\``, text, source, asOf, confidence]);
  const head = ['rule', 'asks for', 'source', 'as of', 'confidence'];
  return `## ${VENDORS[vendor]}\n\n${table(head, rows)}`;
}

function switchRows(): readonly (readonly string[])[] {
  const questions = switchQuestions();
  const changes = new Map<string, string>(Object.entries(CHANGES));
  return SWITCH_COLUMNS.map(({ key, header, reader, write }) => {
    const read = reader.read('?', {
      catalog: productCatalog(DEFAULT_SETTINGS),
      product: null,
      decimalComma: false,
    });
    const answers = 'problem' in read ? read.problem.replace('Write ', '') : '';
    return [
      questions.get(key) ?? '',
      header,
      `\`${key}\``,
      answers,
      write(anEntitlement()),
      changes.get(key) ?? '',
    ];
  });
}

/** By the switch's name; they stand in the comments of the schema. */
export function switchQuestions(): ReadonlyMap<string, string> {
  const source = new URL('../../src/domain/licenses/license-terms.ts', import.meta.url);
  const comments = readFileSync(source, 'utf8').matchAll(/\/\*\* (.+\?) \*\/\s+(\w+):/g);
  return new Map([...comments].map(([, question = '', name = '']) => [name, question]));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
