import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { say } from '../sandbox/page/visit.ts';

/** Somebody at the sandbox's page, doing what people do, by what they see and hear. */
export interface Somebody {
  readonly page: Page;
  become(name: RegExp): Promise<void>;
  goTo(conversation: RegExp): Promise<void>;
  say(text: string): Promise<void>;
  /** Opens the select with this label, types, and takes the first choice with these words. */
  choose(label: string, typed: string): Promise<void>;
  advance(step: string): Promise<void>;
  /** Waits until these words stand in the conversation. */
  reads(words: string | RegExp): Promise<void>;
  sees(words: string): Promise<boolean>;
  leave(): Promise<void>;
}

/** Opens the page in a window of its own. */
export async function somebody(browser: Browser, url: string): Promise<Somebody> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('log').waitFor();
  const conversation = page.getByRole('log');
  return {
    page,
    reads: (words) => conversation.getByText(words).first().waitFor(),
    sees: async (words) => (await conversation.getByText(words).count()) > 0,
    async become(name) {
      const radio = page.getByRole('radio', { name });
      // A page that has just opened may not listen yet.
      await expect
        .poll(async () => {
          await radio.click({ force: true });
          return radio.isChecked();
        })
        .toBe(true);
    },
    goTo: (conversation) =>
      page
        .getByRole('navigation', { name: 'Conversations' })
        .getByRole('button', { name: conversation })
        .click(),
    say: (text) => say(page, text),
    async choose(label, typed) {
      const field = page.getByRole('dialog').getByRole('combobox', { name: label });
      await field.click();
      await field.pressSequentially(typed);
      await page.getByRole('option', { name: typed }).first().click();
    },
    async advance(step) {
      const button = page.getByRole('button', { name: step, exact: true });
      if (!(await button.isVisible())) await page.getByRole('button', { name: /^Clock/ }).click();
      await button.click();
      await page.getByRole('button', { name: step, exact: true, disabled: false }).waitFor();
    },
    leave: () => context.close(),
  };
}
