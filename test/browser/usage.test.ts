import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { accessibilityProblems, hasBrowser, launchBrowser } from '../sandbox/page/browser.ts';
import { type Somebody, somebody } from './people.ts';

const ENTITLEMENTS = fileURLToPath(new URL('../../docs/entitlements.example.csv', import.meta.url));

/** Chooses in a select of an answer by what is read there. */
async function select({ page }: Somebody, label: string, words: string): Promise<void> {
  await page.getByRole('log').getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: words }).first().click();
}

/** Where to write a picture of every step; nowhere unless it is set. */
const PICTURES = process.env['USAGE_PICTURES'];

/** Axe has nothing to object to, and no table is wider than the page shows. */
async function isInOrder({ page }: Somebody, step: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${step}.png` });
  expect(await accessibilityProblems(page), step).toEqual([]);
  const overflow = `[...document.querySelectorAll('.table-scroll')].map((table) => table.scrollWidth - table.clientWidth)`;
  expect(await page.evaluate(`Math.max(0, ...${overflow})`), step).toBe(0);
}

describe.skipIf(!hasBrowser)('what is used and owned', { timeout: 120_000 }, () => {
  let sandbox: Sandbox;
  let browser: Browser;
  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()]);
  });
  afterAll(async () => {
    await Promise.all([sandbox?.close(), browser?.close()]);
  });

  it('leads from the list to the pools of an owner, one pool, and who uses it', async () => {
    const riley = await somebody(browser, sandbox.url);

    await riley.say('/license usage');
    await riley.reads(/43 license pools/);
    await isInOrder(riley, 'list');
    await select(riley, 'Owner', 'erp-platform');
    await riley.reads(/Only owner erp-platform/);
    await isInOrder(riley, 'owner');
    await select(riley, 'Show one pool', 'SQL Server Standard per vCPU');
    await riley.reads(/Why counts differ/);
    await riley.reads(/wms-clone-sql-01/);
    expect(await riley.sees('License usage')).toBe(false);
    await isInOrder(riley, 'pool');

    await riley.page.getByRole('button', { name: /^Who uses it/ }).click();
    await riley.reads(/resources use licenses of SQL Server Standard per vCPU/);
    await isInOrder(riley, 'who');
    await riley.say('/license who SQL Server Standard');
    await riley.reads(/Page 1 of 4/);
    await riley.page.getByRole('button', { name: 'The next page' }).click();
    await riley.reads(/Page 2 of 4/);
    expect(await riley.sees('Page 1 of 4')).toBe(false);
    await isInOrder(riley, 'next');
    await riley.leave();
  });

  it('is imported from a file: a preview of what changes, then the confirmation', async () => {
    const ada = await somebody(browser, sandbox.url);
    await ada.become(/Ada/);
    await ada.say('/license import');
    const form = ada.page.getByRole('dialog', { name: 'Import' });
    await form.getByLabel('CSV file').setInputFiles(ENTITLEMENTS);
    await isInOrder(ada, 'file');

    await form.getByRole('button', { name: 'Preview' }).click();
    await form.getByText(/added, .* removed/).waitFor();
    await isInOrder(ada, 'preview');
    await form.getByRole('button', { name: 'Confirm' }).click();
    await form.waitFor({ state: 'detached' });

    await ada.goTo(/Quartermaster/);
    await ada.reads(/Your import is in force/);
    await isInOrder(ada, 'imported');
    await ada.leave();
  });
});
