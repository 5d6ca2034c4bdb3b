import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type HttpServer, serveHttp } from '../../../sandbox/http-server.ts';
import { bundlePage } from '../../../sandbox/page-bundle.ts';
import { routes } from '../../../sandbox/routes.ts';
import { workbench } from '../slack/workbench.ts';
import { answerAs } from './small-bot.ts';

const bundle = bundlePage();

/** Somebody at the page of a sandbox with a small bot. */
export interface Visit {
  readonly page: Page;
  readonly bench: ReturnType<typeof workbench>;
  /** What went wrong in the browser: errors, warnings, and requests to anywhere else. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens the page in a browser of its own. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const bench = workbench();
  answerAs(bench);
  const bot = async () => ({ status: 404, headers: {}, body: '' });
  const { slack, control } = bench;
  const server: HttpServer = await serveHttp(0, routes({ page: bundle, slack, control, bot }));
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'America/New_York',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (said) => {
    if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(server.url);
  return {
    page,
    bench,
    complaints,
    async close() {
      await context.close();
      await server.close();
    },
  };
}

/** Types into the composer and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Message/ }).fill(text);
  await page.keyboard.press('Enter');
}
