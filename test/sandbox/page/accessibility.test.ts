import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, hasBrowser, launchBrowser } from './browser.ts';
import { say, visit } from './visit.ts';

let browser: Browser;

const READERS: readonly [string, BrowserContextOptions][] = [
  ['by day', {}],
  ['by night', { colorScheme: 'dark' }],
  ['on a narrow screen', { viewport: { width: 700, height: 800 } }],
  ['with less motion', { reducedMotion: 'reduce' }],
];

describe.skipIf(!hasBrowser)('the page, for everybody', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each(READERS)('has nothing that axe objects to: %s', async (_reader, options) => {
    const { page, close } = await visit(browser, options);

    for (const show of [nothing, anAnswer, aForm, anError, theRecord, theClock]) {
      await show(page);
      expect(await accessibilityProblems(page), show.name).toEqual([]);
    }

    await close();
  });

  it('fits a narrow screen without scrolling sideways', async () => {
    const { page, close } = await visit(browser, { viewport: { width: 700, height: 800 } });
    await anAnswer(page);

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(700);
    await close();
  });

  it('leads from the top to the conversation in one step', async () => {
    const { page, close } = await visit(browser);
    await page.getByRole('log').waitFor();
    await page.keyboard.press('Tab');

    const skip = page.getByRole('link', { name: 'Skip to the conversation' });
    expect(await skip.and(page.locator(':focus')).count()).toBe(1);
    await close();
  });
});

async function nothing(page: Page): Promise<void> {
  await page.getByRole('log').waitFor();
}

async function anAnswer(page: Page): Promise<void> {
  await say(page, '/license usage');
  await page.getByRole('table').first().waitFor();
}

async function aForm(page: Page): Promise<void> {
  await say(page, '/license request');
  await page.getByRole('dialog').waitFor();
  await page.getByRole('combobox', { name: 'License pool' }).click();
  await page.getByRole('option').first().waitFor();
}

async function anError(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Request', exact: true }).click();
  await page.getByText('Please complete this required field.').first().waitFor();
}

async function theRecord(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'What happened in AWS' }).click();
  await page.getByRole('heading', { name: 'Calls, newest first' }).waitFor();
}

async function theClock(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close drawer' }).click();
  await page.getByRole('button', { name: /^Clock/ }).click();
  await page.getByRole('button', { name: '8 hours' }).waitFor();
}
