import { afterAll, describe, expect, it } from 'vitest';
import { GapCause } from '#domain/licenses/count-gap.ts';
import { causeText } from '#slack/views/product-words.ts';
import { openSandbox } from './sandbox-client.ts';
import { wordsOf } from './sandbox-state.ts';
import { answerIn } from './usage-answers.ts';

const { client, sandbox } = await openSandbox();
afterAll(() => sandbox.close());

const SQL_STANDARD = 'SQL Server Standard per vCPU account:erp-production us-east-1';

/** What is typed after `/license usage`, and a resource that its card names for the cause. */
const CAUSES: readonly (readonly [GapCause, string, string])[] = [
  ['untracked', SQL_STANDARD, 'mfg-historian-01'],
  ['untracked', 'Oracle Enterprise non-production', 'eu-hr-ora-01'],
  ['not-installed', SQL_STANDARD, 'erp-batch-01'],
  ['double-tracked', SQL_STANDARD, 'erp-report-sql-01'],
  ['unit-differs', 'Oracle Database Standard', 'mfg-ora-01'],
  ['stopped-but-counted', SQL_STANDARD, 'erp-migration-sql-01'],
  ['ghost-server', 'SQL Server 2014 shared-services', 'ohio-sql-old-01'],
  ['copied-image', SQL_STANDARD, 'wms-clone-sql-01'],
  ['cpu-options-reset', SQL_STANDARD, 'erp-close-sql-01'],
  ['paid-twice', SQL_STANDARD, 'crm-report-sql-01'],
  ['expired-but-counted', 'Veeam', 'adfs-01'],
  [
    'license-included-on-host',
    'Windows Server 2019 us-east-1 account:erp-production',
    'erp-scan-01',
  ],
  ['unknown-type', 'Oracle Enterprise per vCPU erp-production', 'fin-ora-preview-01'],
  ['unexplained', 'SQL Server Standard erp-production eu-west-1', 'i-043c947026bda337b'],
];

const asked = new Map<string, Promise<string>>();

/** The card of one pool in words, typed once. */
function cardOf(text: string): Promise<string> {
  const known = asked.get(text);
  const card =
    known ??
    client
      .command('requester', `/license usage ${text}`)
      .then((state) => wordsOf(answerIn(state).blocks));
  asked.set(text, card);
  return card;
}

describe('the card of a pool', () => {
  it('is looked at for every cause of a count gap', () => {
    expect(new Set(CAUSES.map(([cause]) => cause))).toEqual(new Set(GapCause.options));
  });

  it.each(CAUSES)('names the cause %s: /license usage %s names %s', async (cause, text, name) => {
    // Each cause is a line of its own, and no line but its own has a colon.
    expect(await cardOf(text)).toMatch(new RegExp(`${causeText(cause)}: [^:]*${name}`));
  });
});
