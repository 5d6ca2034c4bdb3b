import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { accessibilityProblems, hasBrowser, launchBrowser } from '../sandbox/page/browser.ts';
import { somebody } from './people.ts';

/** Where to write the README's picture; nowhere unless it is set. */
const PICTURE = process.env['README_PICTURE'];

describe.skipIf(!hasBrowser)('a first visit', { timeout: 120_000 }, () => {
  let sandbox: Sandbox;
  let browser: Browser;
  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()]);
  });
  afterAll(async () => {
    await Promise.all([sandbox?.close(), browser?.close()]);
  });

  it('sees what the company owns', async () => {
    const riley = await somebody(browser, sandbox.url);

    await riley.say('/license usage');

    await riley.reads(/license pools, 2 over the limit/);
    await riley.page.getByRole('table', { name: /License pools/ }).waitFor();
    expect(await accessibilityProblems(riley.page)).toEqual([]);
    await riley.leave();
  });

  it('requests a launch that two approvers decide at once, and sees it confirmed', async () => {
    const [riley, alex, sam] = await Promise.all(
      [1, 2, 3].map(() => somebody(browser, sandbox.url)),
    );
    if (riley === undefined || alex === undefined || sam === undefined) throw new Error('nobody');

    await riley.say('/license request');
    await riley.page.getByRole('dialog', { name: 'Request a launch' }).waitFor();
    await riley.choose('Account', 'data');
    await riley.choose('Region', 'eu-west');
    await riley.choose('License pool', 'SQL');
    await riley.choose('Launch template', 'sql');
    await riley.choose('Instance type', 'r6i.2xlarge');
    await riley.page.getByRole('button', { name: 'Request', exact: true }).click();
    await riley.page.getByText('Please complete this required field.').waitFor();
    await riley.page.getByRole('textbox', { name: 'Reason' }).fill('Quarter-end reporting');
    await riley.page.getByRole('button', { name: 'Request', exact: true }).click();
    await riley.page.getByRole('dialog').waitFor({ state: 'detached' });

    await Promise.all([alex.become(/Alex/), sam.become(/Sam/)]);
    await Promise.all([alex.goTo(/license-approvals/), sam.goTo(/license-approvals/)]);
    const approve = { name: /^Approve/ };
    await Promise.all([alex, sam].map(({ page }) => page.getByRole('button', approve).waitFor()));
    for (const words of [
      'Quarter-end reporting',
      'Policy asks for an approval.',
      'This would pass',
    ]) {
      await alex.reads(words);
    }
    await Promise.all([alex, sam].map(({ page }) => page.getByRole('button', approve).click()));

    await alex.reads(/launched i-[0-9a-f]{17}/);
    const told = /You approved this request|This request is already/;
    await Promise.all([alex.reads(told), sam.reads(told)]);
    const thanked = await Promise.all([
      alex.sees('You approved this'),
      sam.sees('You approved this'),
    ]);
    expect(thanked.toSorted()).toEqual([false, true]);

    await alex.advance('1 hour');
    await alex.reads(/confirmed by License Manager/);
    await riley.goTo(/Quartermaster/);
    await riley.reads(/confirmed by License Manager/);
    if (PICTURE !== undefined) {
      await alex.page.keyboard.press('Escape');
      await alex.page.getByRole('button', { name: 'Hide things to try' }).click();
      await alex.page.screenshot({ path: PICTURE });
    }
    expect(await accessibilityProblems(alex.page)).toEqual([]);
    await Promise.all([riley.leave(), alex.leave(), sam.leave()]);
  });

  it('is told how to go on after a typing error, and a stranger is told nothing', async () => {
    const riley = await somebody(browser, sandbox.url);
    await riley.say('/license usgae');
    await riley.reads(/Did you mean|usage/);
    await riley.become(/Gil/);
    await riley.goTo(/Quartermaster/);

    await riley.say('/license usage');

    await riley.reads(/Guests and people of other organizations/);
    await riley.leave();
  });
});
