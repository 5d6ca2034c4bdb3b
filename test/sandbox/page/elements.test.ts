import type { KnownBlock, ModalView } from '@slack/types';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plain } from '../slack/workbench.ts';
import { hasBrowser, launchBrowser } from './browser.ts';
import { say, type Visit, visit } from './visit.ts';

const OPTIONS = ['one', 'two', 'three'].map((value) => ({ text: plain(`Option ${value}`), value }));

const FORM: ModalView = {
  type: 'modal',
  title: plain('Everything'),
  submit: plain('Send'),
  blocks: [
    field('check', 'Checkboxes', { type: 'checkboxes', options: OPTIONS }),
    field('radio', 'Radio buttons', { type: 'radio_buttons', options: OPTIONS }),
    field('day', 'Day', { type: 'datepicker' }),
    field('menu', 'Menu', { type: 'static_select', options: OPTIONS }),
    field('several', 'Several', { type: 'multi_static_select', options: OPTIONS }),
    field('people', 'People', { type: 'multi_users_select' }),
    field('file', 'File', { type: 'file_input', filetypes: ['csv'] }),
    field('long', 'Long text', { type: 'rich_text_input' }),
  ],
};

const MESSAGE: KnownBlock[] = [
  {
    type: 'section',
    text: plain('A request'),
    accessory: { type: 'overflow', action_id: 'more', options: OPTIONS },
  },
  {
    type: 'actions',
    elements: [{ type: 'static_select', action_id: 'pick', options: OPTIONS }],
  },
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'helpful',
        positive_button: { text: plain('Good'), value: 'good' },
        negative_button: { text: plain('Bad'), value: 'bad' },
      },
    ],
  },
];

let browser: Browser;
let here: Visit;
let page: Page;

describe.skipIf(!hasBrowser)('elements of the page', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    here = await visit(browser);
    page = here.page;
  });
  afterEach(() => here.close());

  it('sends every kind of field as Slack does', async () => {
    const { bot, web } = here.bench;
    bot.answer = async ({ body }) => {
      if (body.command) await web.views.open({ trigger_id: body.trigger_id, view: FORM });
      return '';
    };
    await say(page, '/license everything');
    const form = page.getByRole('dialog', { name: 'Everything' });
    await form.getByRole('checkbox', { name: 'Option one' }).check();
    await form.getByRole('checkbox', { name: 'Option three' }).check();
    await form.getByRole('radio', { name: 'Option two' }).check();
    await form.getByLabel('Day').fill('2027-01-31');
    for (const [menu, ...choices] of [
      ['Menu', 'Option two'],
      ['Several', 'Option one', 'Option two'],
      ['People', 'Ada Novak'],
    ] as const) {
      for (const choice of choices) {
        await form.getByRole('combobox', { name: menu }).fill(choice.slice(0, 8));
        await form.getByRole('option', { name: choice }).click();
      }
    }
    await form.getByRole('button', { name: 'Remove Option one' }).click();
    const buffer = Buffer.from('product,quantity\nOracle,4\n');
    const csv = { name: 'owned.csv', mimeType: 'text/csv', buffer };
    await form.getByLabel('File').setInputFiles(csv);
    await expect.poll(hasFile).toBe(true);
    await form.getByRole('textbox', { name: 'Long text' }).fill('Some words');
    await form.getByRole('button', { name: 'Send' }).click();
    await form.waitFor({ state: 'detached' });

    expect(submitted()).toMatchObject({
      check: { check: { selected_options: [{ value: 'one' }, { value: 'three' }] } },
      radio: { radio: { selected_option: { value: 'two' } } },
      day: { day: { selected_date: '2027-01-31' } },
      menu: { menu: { selected_option: { value: 'two' } } },
      several: { several: { selected_options: [{ value: 'two' }] } },
      people: { people: { selected_users: ['U0ADMIN001'] } },
      file: { file: { files: [{ name: 'owned.csv' }] } },
      long: { long: { rich_text_value: { type: 'rich_text' } } },
    });
  });

  it('tells the bot what is chosen on a message', async () => {
    here.bench.bot.answer = async ({ body }) => (body.command ? { blocks: MESSAGE } : '');
    await say(page, '/license menus');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('button', { name: 'Option three' }).click();
    await expect.poll(lastAction).toMatchObject({
      action_id: 'more',
      selected_option: { value: 'three' },
    });

    await page.getByRole('combobox', { name: 'Choose an option' }).click();
    await page.getByRole('option', { name: 'Option one' }).click();
    await expect.poll(lastAction).toMatchObject({
      action_id: 'pick',
      selected_option: { value: 'one' },
    });

    await page.getByRole('button', { name: 'Bad' }).click();
    await expect.poll(lastAction).toMatchObject({ action_id: 'helpful', value: 'bad' });
  });
});

type Element = Extract<ModalView['blocks'][number], { type: 'input' }>['element'];

function field(id: string, label: string, element: Element) {
  return {
    type: 'input' as const,
    block_id: id,
    label: plain(label),
    element: { ...element, action_id: id },
  };
}

function submitted() {
  return here.bench.bot.received.find(({ body }) => body.type === 'view_submission')?.body.view
    .state.values;
}

function hasFile(): boolean {
  return JSON.stringify(here.bench.slack.world().views.top('U0REQUEST1')).includes('owned.csv');
}

function lastAction() {
  return here.bench.bot.last()?.actions?.[0];
}
