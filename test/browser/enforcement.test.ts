import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { attachServiceControlPolicy, consoleLaunch, fromTemplate } from '../flows/console.ts';
import { SandboxClient } from '../flows/sandbox-client.ts';
import { messagesIn } from '../flows/sandbox-state.ts';
import { accessibilityProblems, hasBrowser, launchBrowser } from '../sandbox/page/browser.ts';
import { somebody } from './people.ts';
import { picture, press } from './requesting.ts';

const ERP = { account: '222233334444', region: 'us-east-1' };
const SQL = fromTemplate('erp-sql-standard');

describe.skipIf(!hasBrowser)('a launch in the console', { timeout: 300_000 }, () => {
  let sandbox: Sandbox;
  let browser: Browser;
  let client: SandboxClient;
  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()]);
    client = new SandboxClient(sandbox.url);
    // What is there before the first look is nobody's news.
    await client.advance('PT1M');
    await client.invoke('watch');
  }, 240_000);
  afterAll(async () => {
    await Promise.all([sandbox?.close(), browser?.close()]);
  });

  it('appears as a card, and is stopped there', async () => {
    const alex = await somebody(browser, sandbox.url);
    alex.page.setDefaultTimeout(120_000);
    await alex.become(/Alex/);
    await alex.goTo(/license-approvals/);

    await consoleLaunch(client, SQL, ERP);
    await client.advance('PT1M');
    await alex.reads(/Launched without a request: /);
    await alex.reads(/administrator arn:aws:iam::222233334444:user\/administrator/);
    await picture(alex, 'console-launch');
    await press(alex, /^Stop/);
    await picture(alex, 'stop-confirmation');
    const confirmation = alex.page.getByRole('alertdialog', { name: 'Stop it now?' });
    await confirmation.getByRole('button', { name: 'Stop', exact: true }).click();
    await alex.reads(/Being stopped/);
    await client.advance('PT2M');
    await alex.reads(/Stopped by/);
    await picture(alex, 'stopped');

    expect(await accessibilityProblems(alex.page)).toEqual([]);
    await alex.leave();
  });

  it('is refused under the shipped service control policy, and nothing appears', async () => {
    const alex = await somebody(browser, sandbox.url);
    await attachServiceControlPolicy(client, ERP.account);
    const before = messagesIn(await client.state());

    await expect(consoleLaunch(client, SQL, ERP)).rejects.toThrow('UnauthorizedOperation');
    await alex.page.getByRole('button', { name: 'What happened in AWS' }).click();
    const record = alex.page.getByRole('region', { name: 'Record' });
    await record.getByText('RunInstances').first().waitFor();
    await picture(alex, 'refused-by-policy');

    const newest = record.getByRole('listitem').filter({ hasText: 'RunInstances' }).first();
    await newest.getByText('403').waitFor();
    await client.advance('PT1M');
    expect(messagesIn(await client.state())).toEqual(before);
    await alex.leave();
  });
});
