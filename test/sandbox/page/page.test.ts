import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser } from './browser.ts';
import { say, type Visit, visit } from './visit.ts';

let browser: Browser;
let here: Visit;
let page: Page;

describe.skipIf(!hasBrowser)('the page', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    here = await visit(browser);
    page = here.page;
  });
  afterEach(() => here.close());

  describe('messages', () => {
    it('shows the answer to a command to whoever typed it, and to nobody else', async () => {
      await say(page, '/license usage');
      await page.getByText('Only visible to you').waitFor();
      await become('Alex Morgan');

      expect(await page.getByText('Only visible to you').count()).toBe(0);
    });

    it('shows what is escaped as text, and names with colons whole', async () => {
      await say(page, '/license usage');
      const words = page.getByText('Bold arn:aws');
      await words.waitFor();

      expect(await words.textContent()).toBe(
        'Bold arn:aws:ec2:us-east-1:1:x <@U0ADMIN001> <!channel> <b> @Riley Chen press',
      );
      expect(await words.getByRole('link').count()).toBe(0);
      expect(await page.getByText('*not bold* <@U0ADMIN001>').count()).toBe(1);
    });

    it('shows dates in the zone of whoever reads', async () => {
      await say(page, '/license usage');

      await page.getByText('As of 11/21/2026 7:00 PM').waitFor();
    });

    it('says that an app did not answer, as Slack does', async () => {
      here.bench.bot.answer = () => new Promise(() => {});
      await say(page, '/license usage');

      const said = page.getByText('/license failed with the error "operation_timeout"');
      await said.first().waitFor({ timeout: 8000 });
    });

    it('counts and reads out what others write', async () => {
      await page.getByRole('button', { name: 'license-digest' }).click();
      await post('licenses', 'The close begins');
      await page.getByRole('button', { name: 'licenses 1 unread' }).click();
      await post('licenses', 'It is done & counted');

      await page
        .getByRole('status')
        .filter({ hasText: 'Alex Morgan: It is done & counted' })
        .waitFor();
      expect(await page.getByRole('button', { name: /unread/ }).count()).toBe(0);
    });

    it('keeps replies in a thread, where commands are not taken', async () => {
      await post('licenses', 'Who owns this?');
      await page.getByText('Who owns this?').first().hover();
      await page.getByRole('button', { name: 'Reply in thread' }).click();
      const thread = page.getByRole('complementary', { name: 'Thread' });
      await thread.getByRole('textbox').fill('/license usage');
      expect(await thread.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
      await thread.getByRole('textbox').fill('I do');
      await page.keyboard.press('Enter');

      await page.getByRole('button', { name: '1 reply' }).waitFor();
      await thread.getByText('I do').waitFor();
    });
  });

  describe('tables and charts', () => {
    it('sorts a table by its columns and pages through it', async () => {
      await say(page, '/license usage');
      const table = page.getByRole('table', { name: 'License pools' });
      const firstColumn = () => table.getByRole('rowheader').allInnerTexts();
      const free = table.getByRole('columnheader', { name: 'Free' });

      await free.getByRole('button').click();
      expect(await firstColumn()).toEqual(['Oracle', 'IBM Db2', 'Windows Server']);
      expect(await free.getAttribute('aria-sort')).toBe('ascending');
      await page.getByRole('button', { name: 'Next rows' }).click();
      expect(await firstColumn()).toEqual(['SQL Server']);
      await free.getByRole('button').click();
      expect(await firstColumn()).toEqual(['SQL Server', 'Windows Server', 'IBM Db2']);
    });

    it('draws charts that have a description and a table', async () => {
      await say(page, '/license usage');
      await page.getByRole('img', { name: /Bar chart: In use/ }).waitFor();
      await page.getByRole('button', { name: 'View as table' }).click();

      await page.getByRole('cell', { name: '30' }).waitFor();
    });
  });

  describe('buttons', () => {
    it('tells the bot which button was pressed', async () => {
      await say(page, '/license usage');
      await page.getByRole('button', { name: 'Share to channel' }).click();

      await expect.poll(lastAction).toMatchObject({ action_id: 'share', value: 'all' });
    });

    it('asks first where the button says so, and takes no for an answer', async () => {
      await say(page, '/license usage');
      const question = page.getByRole('alertdialog', { name: 'Cancel this request?' });
      await page.getByRole('button', { name: 'Cancel request' }).click();
      await question.getByRole('button', { name: 'Keep it' }).click();
      expect(await question.count()).toBe(0);
      expect(lastAction()).toBeUndefined();
      await page.getByRole('button', { name: 'Cancel request' }).click();
      await question.getByRole('button', { name: 'Cancel it' }).click();

      await expect.poll(lastAction).toMatchObject({ action_id: 'cancel' });
    });
  });

  describe('around Slack', () => {
    it('advances the clock, and says when it cannot', async () => {
      await page.getByRole('button', { name: /^Clock/ }).click();
      const before = here.bench.clock.now();
      await page.getByRole('button', { name: '8 hours' }).click();
      await expect.poll(() => here.bench.clock.now() - before).toBeGreaterThan(7.9 * 3_600_000);
      await page.getByRole('spinbutton', { name: 'How many' }).fill('9');
      await page.getByRole('combobox', { name: 'Unit' }).selectOption('days');
      await page.getByRole('button', { name: 'Advance', exact: true }).click();

      await page.getByRole('alert').filter({ hasText: 'at most P7D' }).waitFor();
    });

    it('shows App Home, which the bot fills when it is opened', async () => {
      await page
        .getByRole('navigation', { name: 'Conversations' })
        .getByText('Quartermaster')
        .click();
      await page.getByRole('button', { name: 'Home' }).click();

      await page.getByRole('heading', { name: 'Waiting for you' }).waitFor();
    });

    it('starts over when one is sure', async () => {
      await post('licenses', 'To be forgotten');
      await page.getByText('To be forgotten').first().waitFor();
      await page.getByRole('button', { name: 'What happened in AWS' }).click();
      await page.getByRole('button', { name: 'Start over…' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Start over' }).click();
      await page.getByRole('button', { name: 'Start over…' }).waitFor({ state: 'detached' });
      await page.getByText('the very beginning of #licenses').waitFor();

      expect(await page.getByText('To be forgotten').count()).toBe(0);
    });

    it('lists what happened', async () => {
      here.bench.calls.record({
        at: new Date().toISOString(),
        service: 'ec2',
        operation: 'RunInstances',
        account: '222233334444',
        region: 'us-east-1',
        input: { MinCount: 2 },
        status: 200,
      });
      await page.getByRole('button', { name: 'What happened in AWS' }).click();
      const drawer = page.getByRole('complementary', { name: 'What happened in AWS' });
      await drawer.getByText('RunInstances').click();

      await drawer.getByText('"MinCount": 2').waitFor();
    });

    it('offers three things to try until they are hidden', async () => {
      await page.getByRole('button', { name: 'Act as an approver' }).click();
      await page.getByRole('heading', { name: '# license-approvals' }).waitFor();
      expect(await page.getByRole('radio', { name: /Alex Morgan/ }).isChecked()).toBe(true);
      await page.getByRole('button', { name: 'Hide things to try' }).click();
      await page.reload();
      await page.getByRole('log').waitFor();

      expect(await page.getByRole('region', { name: 'Things to try' }).count()).toBe(0);
    });

    it('shows a guest of another company no channel', async () => {
      await become('Gil Vendor');
      await page.getByText('in no channel').waitFor();

      expect(await page.getByRole('button', { name: 'licenses' }).count()).toBe(0);
    });

    it('asks nothing of anybody else and logs no error', async () => {
      await say(page, '/license usage');
      await page.getByRole('table').first().waitFor();

      expect(here.complaints).toEqual([]);
    });
  });
});

async function become(name: string): Promise<void> {
  await page.getByRole('radiogroup', { name: 'You are' }).getByText(name).click();
}

/** Alex writes something. */
function post(channel: string, text: string) {
  return here.bench.post('message', { user: 'approver', channel, text });
}

function lastAction() {
  return here.bench.bot.last()?.actions?.[0];
}
