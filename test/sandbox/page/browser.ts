import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { z } from 'zod';

const CHROMIUM = '/usr/bin/chromium';

/** Whether there is a browser to test with; says so where there is none. */
export const hasBrowser = existsSync(CHROMIUM);
// biome-ignore lint/suspicious/noConsole: a skipped test is said aloud
if (!hasBrowser) console.warn(`Browser tests are skipped: there is no ${CHROMIUM}.`);

/** A browser without a profile that asks nobody anything. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const Report = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullable(),
      nodes: z.array(z.object({ html: z.string() })),
    }),
  ),
});

/** What axe-core finds wrong with a page as it stands. Evaluated, because the page's own policy refuses script elements. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = Report.parse(await page.evaluate('axe.run()'));
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
}
