import type { Somebody } from './people.ts';

/** A folder to write pictures to; nowhere unless it is set. */
const PICTURES = process.env['APPROVAL_PICTURES'];

export async function picture({ page }: Somebody, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

/** Fills in the request form for SQL Server, and sends it off. */
export async function request(riley: Somebody, count: string, reason: string): Promise<void> {
  await riley.say('/license request');
  await riley.choose('Account', 'data');
  await riley.choose('Region', 'eu-west');
  await riley.choose('License pool', 'SQL');
  await riley.choose('Launch template', 'sql');
  await riley.choose('Instance type', 'r6i.2xlarge');
  const form = riley.page.getByRole('dialog', { name: 'Request a launch' });
  await form.getByRole('textbox', { name: 'Instances', exact: true }).fill(count);
  await form.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await form.getByRole('button', { name: 'Request', exact: true }).click();
  await form.waitFor({ state: 'detached' });
}

/** Presses a button of the newest card that has it. */
export async function press({ page }: Somebody, name: RegExp): Promise<void> {
  await page.getByRole('log').getByRole('button', { name }).last().click();
}

/** Writes the reason into the form that is open, and sends it off. */
export async function giveReason(
  { page }: Somebody,
  reason: string,
  submit: string,
): Promise<void> {
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await form.getByRole('button', { name: submit, exact: true }).click();
  await form.waitFor({ state: 'detached' });
}
