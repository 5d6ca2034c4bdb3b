import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser } from './browser.ts';
import { say, type Visit, visit } from './visit.ts';

let browser: Browser;
let here: Visit;
let page: Page;
let form: Locator;

describe.skipIf(!hasBrowser)('a form of the page', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    here = await visit(browser);
    page = here.page;
    form = page.getByRole('dialog', { name: 'Request a launch' });
    await say(page, '/license request');
    await form.waitFor();
  });
  afterEach(() => here.close());

  it('is filled in and sent by keyboard alone, and gives the focus back', async () => {
    const keys = page.keyboard;
    await focusIsOn(form.getByRole('combobox', { name: 'License pool' }));
    await keys.type('sql');
    await form.getByRole('option', { name: 'SQL Server Enterprise' }).waitFor();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await keys.press('Tab'); // Host
    await keys.press('Tab'); // For whom
    await keys.press('Tab');
    await keys.type('2');
    await keys.press('Tab');
    await keys.type('The March close');
    await keys.press('Tab'); // Close
    await keys.press('Tab');
    await keys.press('Enter');
    await form.waitFor({ state: 'detached' });

    const submission = here.bench.bot.received.find(({ body }) => body.type === 'view_submission');
    const { values } = submission?.body.view.state ?? {};
    expect(values).toMatchObject({
      pool: { pool: { selected_option: { value: 'SQL Server Enterprise' } } },
      host: { host: { selected_option: null } },
      count: { count: { value: '2' } },
      reason: { reason: { value: 'The March close' } },
    });
    await focusIsOn(page.getByRole('textbox', { name: 'Message #licenses' }));
  });

  it('shows what is wrong under the field, and leads there', async () => {
    await fillIn({ count: '9' });
    await form.getByRole('button', { name: 'Request' }).click();
    const count = form.getByRole('textbox', { name: 'Instances' });
    await form.getByText('Policy allows at most 3 instances.').waitFor();

    await focusIsOn(count);
    expect(await count.getAttribute('aria-invalid')).toBe('true');
    const describedBy = await count.getAttribute('aria-describedby');
    expect(await form.locator(`[id="${describedBy}"]`).textContent()).toMatch(/at most 3/);

    await count.fill('3');
    await form.getByRole('button', { name: 'Request' }).click();
    await form.waitFor({ state: 'detached' });
  });

  it('leads to the first of several fields that are missing', async () => {
    await form.getByRole('button', { name: 'Request' }).click();
    await form.getByText('Please complete this required field.').first().waitFor();

    await focusIsOn(form.getByRole('combobox', { name: 'License pool' }));
  });

  it('asks the bot only when enough is typed', async () => {
    const host = form.getByRole('combobox', { name: 'Host' });
    await host.fill('s');
    await form.getByRole('listbox').getByText('Type at least 2 characters').waitFor();
    await host.fill('sq');
    await form.getByRole('option', { name: 'SQL Server Standard' }).waitFor();

    const asked = here.bench.bot.received.filter(({ body }) => body.action_id === 'host');
    expect(asked.map(({ body }) => body.value)).toEqual(['sq']);
  });

  it('tells the bot what is chosen in other fields when a menu asks', async () => {
    await choose('License pool', 'Oracle Database');
    await form.getByRole('combobox', { name: 'Host' }).fill('oracle');
    await form.getByRole('option').first().waitFor();

    expect(here.bench.bot.last().view.state.values.pool.pool).toMatchObject({
      selected_option: { value: 'Oracle Database' },
    });
  });

  it('tells assistive technology which choice is active', async () => {
    const pool = form.getByRole('combobox', { name: 'License pool' });
    await pool.click();
    await form.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');

    expect(await pool.getAttribute('aria-expanded')).toBe('true');
    const active = await pool.getAttribute('aria-activedescendant');
    expect(await form.locator(`[id="${active}"]`).textContent()).toBe('SQL Server Standard');
    await form.getByRole('status').filter({ hasText: '3 results' }).waitFor();
  });

  it('closes an open menu with Escape, and itself with the next', async () => {
    await form.getByRole('combobox', { name: 'License pool' }).click();
    await form.getByRole('listbox', { name: 'Choices' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await form.getByRole('listbox').count()).toBe(0);
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });

    await expect.poll(() => here.bench.bot.last()?.type).toBe('view_closed');
  });

  it('keeps the focus out of what lies below', async () => {
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.locator('.workspace :focus, .top-bar :focus').count()).toBe(0);
    }
  });

  it('says that the app did not answer, and keeps what is entered', async () => {
    await fillIn({ count: '2' });
    here.bench.bot.answer = async () => ({ status: 500 });
    await form.getByRole('button', { name: 'Request' }).click();
    await form.getByRole('alert').filter({ hasText: 'We had some trouble connecting' }).waitFor();

    expect(await form.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('A reason');
  });

  it('lets go of an optional choice', async () => {
    await choose('For whom', 'Ada Novak');
    await form.getByRole('button', { name: 'Clear' }).click();

    expect(await form.getByRole('combobox', { name: 'For whom' }).inputValue()).toBe('');
  });
});

async function focusIsOn(field: Locator): Promise<void> {
  await expect.poll(() => field.and(page.locator(':focus')).count()).toBe(1);
}

async function choose(field: string, choice: string): Promise<void> {
  await form.getByRole('combobox', { name: field }).click();
  await form.getByRole('option', { name: choice }).click();
}

async function fillIn({ count }: { count: string }): Promise<void> {
  await choose('License pool', 'Oracle Database');
  await form.getByRole('textbox', { name: 'Instances' }).fill(count);
  await form.getByRole('textbox', { name: 'Reason' }).fill('A reason');
}
