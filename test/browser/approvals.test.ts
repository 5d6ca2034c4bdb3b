import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { accessibilityProblems, hasBrowser, launchBrowser } from '../sandbox/page/browser.ts';
import { somebody } from './people.ts';
import { giveReason, picture, press, request } from './requesting.ts';

/** Days pass in a minute or two where the machine is busy. */
const PATIENCE_MS = 120_000;

describe.skipIf(!hasBrowser)('approvals', { timeout: 600_000 }, () => {
  let sandbox: Sandbox;
  let browser: Browser;
  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()]);
  }, 240_000);
  afterAll(async () => {
    await Promise.all([sandbox?.close(), browser?.close()]);
  });

  async function people() {
    const [riley, alex, sam] = await Promise.all(
      [1, 2, 3].map(() => somebody(browser, sandbox.url)),
    );
    if (riley === undefined || alex === undefined || sam === undefined) throw new Error('nobody');
    for (const { page } of [riley, alex, sam]) page.setDefaultTimeout(PATIENCE_MS);
    await Promise.all([alex.become(/Alex/), sam.become(/Sam/)]);
    await Promise.all([alex, sam].map((one) => one.goTo(/license-approvals/)));
    return { riley, alex, sam };
  }

  it('wait in line where undecided requests hold as much as they may', async () => {
    const { riley, alex, sam } = await people();
    await request(riley, '8', 'Quarter-end reporting');
    await alex.reads('Quarter-end reporting');
    await request(riley, '8', 'Year-end reporting');
    await alex.reads('Year-end reporting');
    await riley.goTo(/Quartermaster/);
    await riley.reads(/number 1 in line/);
    await picture(riley, 'in-line');

    const card = alex.page.getByRole('article').filter({ hasText: 'Quarter-end reporting' });
    await card.getByRole('button', { name: /^Deny/ }).click();
    await giveReason(alex, 'Once a year is enough', 'Deny');

    await riley.reads(/Denied by/);
    await riley.page.getByText(/number 1 in line/).waitFor({ state: 'detached' });
    await riley.reads(/Pending: its licenses are set aside/);
    await press(riley, /^Cancel request/);
    await riley.page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await riley.reads(/Cancelled/);
    await Promise.all([riley.leave(), alex.leave(), sam.leave()]);
  });

  it('of two people, with an offer between, an escalation and an override', async () => {
    const { riley, alex, sam } = await people();
    await request(riley, '8', 'Quarter-end reporting');

    await alex.reads(/0 of 2 approvals/);
    await picture(alex, 'quorum');
    await press(alex, /^Approve/);
    await alex.reads(/1 of 2 approvals/);
    await alex.reads(/1 more approval to go/);

    await press(sam, /^Offer something else/);
    const offer = sam.page.getByRole('dialog', { name: 'Offer something else' });
    await offer.getByRole('textbox', { name: 'Instances', exact: true }).fill('2');
    await picture(sam, 'offer-form');
    await giveReason(sam, 'Two are enough for a report', 'Offer');
    await riley.goTo(/Quartermaster/);
    await riley.reads(/offers instead/);
    await picture(riley, 'offer');
    await press(riley, /^Decline/);
    await riley.reads(/You declined the offer/);

    await alex.advance('8 hours');
    await alex.advance('1 hour');
    await alex.page.keyboard.press('Escape');
    await alex.reads(/Escalated/);
    await picture(alex, 'escalated');

    await sam.become(/Ada/);
    await press(sam, /^Override/);
    await picture(sam, 'override-form');
    await giveReason(sam, 'The reports are due tonight', 'Launch now');
    await sam.reads(/Launched past its approvers by/);
    await picture(sam, 'overridden');
    await sam.goTo(/^licenses|# ?licenses/);
    await sam.reads(/launched past the approvers/);
    expect(await accessibilityProblems(alex.page)).toEqual([]);
    await Promise.all([riley.leave(), alex.leave(), sam.leave()]);
  });

  it('that nobody gives end, and can be asked for again as they were', async () => {
    const { riley, alex, sam } = await people();
    await request(riley, '1', 'A test of patience');
    await alex.reads(/A test of patience/);
    for (let day = 1; day <= 3; day += 1) {
      await alex.advance('1 day');
      await alex.page.keyboard.press('Escape');
    }
    await alex.advance('1 hour');
    await alex.page.keyboard.press('Escape');

    await riley.goTo(/Quartermaster/);
    await riley.reads(/Expired before it was launched/);
    await press(riley, /^Ask again/);
    const form = riley.page.getByRole('dialog', { name: 'Ask again' });
    expect(await form.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe(
      'A test of patience',
    );
    await picture(riley, 'ask-again');
    await form.getByRole('button', { name: 'Request', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await riley.reads(/Tries req-[0-9a-z]{10} again/);
    expect(await accessibilityProblems(riley.page)).toEqual([]);
    await Promise.all([riley.leave(), alex.leave(), sam.leave()]);
  });
});
