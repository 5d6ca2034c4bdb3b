import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { type State, type View, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

const FILE = [
  'Contract,Product,Edition,Version,Metric,Quantity,Kind,Purchase date,Unit price,Currency',
  'EA-1,SQL Server,Enterprise,2022,core,40,perpetual,2019-06-30,7128,USD',
  'EA-1,Windows Server,Datacenter,2022,core,64,perpetual,2019-06-30,385,USD',
].join('\n');

/** One line less, and more of the other. */
const NEXT = FILE.split('\n').slice(0, 2).join('\n').replace(',40,', ',60,');

const Uploaded = z.looseObject({ file_id: z.string() });

function viewOf({ views }: State, user: string): View {
  const view = views[user];
  if (view === undefined) throw new Error(`No view is open for ${user}`);
  return view;
}

/** Uploads a file and sends the form with it. */
async function send(user: string, { id }: View, content: string, name: string): Promise<State> {
  const { file_id } = Uploaded.parse(await client.post('upload', { user, name, content }));
  const values = { file: { file: { type: 'file_input', files: [{ id: file_id }] } } };
  return (await client.post('submit', { user, view_id: id, values })).state;
}

/** Types the command and sends a file; answers the form as it is then. */
async function preview(user: string, content: string): Promise<View> {
  const view = viewOf(await client.command(user, '/license import'), user);
  return viewOf(await send(user, view, content, 'entitlements.csv'), user);
}

async function confirm(user: string, { id }: View): Promise<State> {
  return (await client.post('submit', { user, view_id: id, values: {} })).state;
}

/** What the bot told somebody directly, the newest. */
const toldTo = ({ dms }: State, user: string): string => dms[user]?.at(-1)?.text ?? '';

describe('an import of entitlements', () => {
  it('shows an administrator a field for the file', async () => {
    const view = viewOf(await client.command('admin', '/license import'), 'admin');

    expect(view.callback_id).toBe('import_file');
    expect(view.blocks).toContainEqual(
      expect.objectContaining({
        block_id: 'file',
        element: expect.objectContaining({ type: 'file_input', max_files: 1, filetypes: ['csv'] }),
      }),
    );
  });

  it.each(['requester', 'approver'])('is refused to %s, who gets no field', async (user) => {
    const view = viewOf(await client.command(user, '/license import'), user);

    expect(wordsOf(view.blocks)).toContain('Only administrators import what the company owns.');
    expect(view.blocks.map(({ type }) => type)).toEqual(['rich_text']);
  });

  it('shows what changes, and changes nothing before it is confirmed', async () => {
    const view = await preview('admin', FILE);
    const again = await preview('admin2', FILE);

    expect(wordsOf(view.blocks)).toContain('2 added, none changed');
    expect(wordsOf(view.blocks)).toContain(
      'SQL Server Enterprise 2022 · EA-1 of 2019-06-30: 40 core licenses',
    );
    expect(wordsOf(again.blocks)).toContain('2 added');
  });

  it('says everything that is wrong by row and column, and can then not be confirmed', async () => {
    const bad = `${FILE}\nEA-2,SQL Sever,Enterprise,2022,core,-4,perpetual,03/04/2026,=1+1,USX\n`;
    const view = await preview('admin', bad);

    const words = wordsOf(view.blocks);
    expect(words).toContain(
      'Row 4, Product: Unknown product “SQL Sever”. Did you mean SQL Server?',
    );
    expect(words).toContain('Row 4, Quantity: The number is negative: write 0 or more');
    expect(words).toContain('2026-04-03 or 2026-03-04');
    expect(words).toContain('Row 4, Unit price: Begins with "="');
    expect(words).toContain('Row 4, Currency: Unknown currency “USX”');
    await expect(confirm('admin', view)).rejects.toThrow('no submit button');
  });

  it('of two that were previewed together puts one in force and tells the other what to do', async () => {
    const first = await preview('admin', FILE);
    const second = await preview('admin2', FILE.replaceAll('EA-1', 'EA-9'));
    const state = await confirm('admin', first);
    const late = await confirm('admin2', second);

    expect(state.views['admin']).toBeUndefined();
    expect(toldTo(state, 'admin')).toContain('Your import is in force: 2 added');
    expect(toldTo(late, 'admin2')).toContain('Another import came between, by <@U0ADMIN001>');
    expect(toldTo(late, 'admin2')).toContain('Your import changed nothing.');
    expect(late.queues).toEqual({ decisions: 0, jobs: 0, dead: 0 });
  });

  it('changes nothing when it comes again', async () => {
    const again = await preview('admin', FILE);

    expect(wordsOf(again.blocks)).toContain('Nothing changes');
    await expect(confirm('admin', again)).rejects.toThrow('no submit button');
  });

  it('shows what a second file changes, field by field', async () => {
    const words = wordsOf((await preview('admin', NEXT)).blocks);

    expect(words).toContain('none added, 1 changed, 1 removed;');
    expect(words).toContain('Quantity 40 → 60');
    expect(words).toContain('Windows Server Datacenter 2022');
  });

  it('is sent directly with a button when its form was closed meanwhile', async () => {
    const gone = { service: 'slack', operation: 'views.update', effect: 'error' } as const;
    const view = viewOf(await client.command('admin', '/license import'), 'admin');
    await client.faults({ ...gone, code: 'not_found' });
    const [preview] = (await send('admin', view, NEXT, 'next.csv')).dms['admin']?.slice(-1) ?? [];
    await client.faults();

    expect(preview?.text).toContain('next.csv: none added, 1 changed, 1 removed');
    if (preview === undefined) throw new Error('Nothing was sent');
    const done = await client.click('admin', 'confirm_import', preview, 'dm');
    const twice = await client.click('admin', 'confirm_import', preview, 'dm');
    expect(toldTo(done, 'admin')).toContain('Your import is in force: none added, 1 changed');
    expect(toldTo(twice, 'admin')).toContain('That is in force already');
  });

  it('leaves its audit: who, how many lines, and what was refused', async () => {
    const trail = await recordsAt(sandbox.awsUrl).auditTrail('register');

    const [first, refused, second, repeated] = trail.slice(-4);
    expect(first).toMatchObject({
      event: 'register.imported',
      by: 'U0ADMIN001',
      details: { added: 2, changed: 0 },
    });
    expect(refused).toMatchObject({ by: 'U0ADMIN002', details: { why: 'superseded' } });
    expect(second?.details).toMatchObject({ before: first?.details['hash'], removed: 1 });
    expect(repeated).toMatchObject({ event: 'import.refused', details: { why: 'in-force' } });
  });
});
