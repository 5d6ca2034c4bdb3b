import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { APPROVALS, HUB, pendingRequest, requestIn } from './pending-request.ts';
import { type FormAnswers, openSandbox } from './sandbox-client.ts';
import { cardsOf, channelOf, type View, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

/** What the requester is answered last in #licenses. */
async function answerTo(text: string): Promise<string> {
  const message = channelOf(await client.command('requester', text), 'licenses').at(-1);
  expect(message?.ephemeral_to).toBe('U0REQUEST1');
  return `${message?.text} ${wordsOf(message?.blocks)}`;
}

async function form(): Promise<View> {
  const view = (await client.command('requester', '/license request')).views['requester'];
  if (view === undefined) throw new Error('No form');
  return view;
}

/** Sends a form off and answers the errors under its fields; none when it was taken. */
async function errorsOf(view: View, values: object): Promise<Record<string, string>> {
  const sent = { user: 'requester', view_id: view.id, values };
  const { state } = await client.post('submit', sent);
  return state.views['requester']?.errors ?? {};
}

/** The errors of a form that is filled in well but for these answers. Nothing is requested. */
async function errorsWith(answers: FormAnswers): Promise<Record<string, string>> {
  const before = (await client.state()).requests.length;
  const view = await form();
  const errors = await errorsOf(view, await client.fill('requester', view, { ...HUB, ...answers }));
  expect((await client.state()).requests).toHaveLength(before);
  await client.post('close', { user: 'requester', view_id: view.id });
  return errors;
}

describe('a command that is mistyped', () => {
  it.each([
    ['/license usgae', 'I do not know /license usgae', '/license usage SQL Server Standard'],
    ['/license requets', 'I do not know /license requets', '/license request'],
    ['/license xyzzy', 'I do not know /license xyzzy', '/license help'],
    ['/license <!channel>', 'I do not know /license', '/license help'],
    ['/license history', 'Please name a request by its id', '/license history req-'],
    ['/license history req-0000000000', 'There is no request with this id', '/license requests'],
  ])('%s is answered with what is nearest and an example', async (typed, what, example) => {
    const answer = await answerTo(typed);

    expect(answer).toContain(what);
    expect(answer).toContain(example);
    expect(answer).not.toContain('<!');
  });

  it.each(['/license USAGE “sql   server standard”', "/license Usage 'SQL Server Standard'"])(
    '%s is understood: case, quotes and spaces do not matter',
    async (typed) => {
      expect(await answerTo(typed)).toContain(
        'SQL Server Standard per vCPU (License Mobility) in shared-services (111122223333), us-east-1: 52 of 64 vCPUs free.',
      );
    },
  );

  it('a pool that is misspelled is answered with those that look like it', async () => {
    expect(await answerTo('/license usage SQL Sever Standrad')).toContain('SQL Server Standard');
  });
});

describe('a form that is filled in wrongly', () => {
  it.each(['0', '-1', '101', '1000000000000', '1e3', '2.5', 'two', '１', '0x10'])(
    'a count of "%s" is refused under its field',
    async (count) => {
      expect(await errorsWith({ count })).toEqual({ count: expect.stringMatching(/\w+/) });
    },
  );

  it.each([
    [{ cores: '3' }, { cores: 'r6i.xlarge takes 1 or 2 cores.' }],
    [{ threads: '9' }, { threads: 'r6i.xlarge takes 1 or 2 threads.' }],
    [{ cores: '99999' }, { cores: 'r6i.xlarge takes 1 or 2 cores.' }],
  ])('%j names what the type takes', async (answers, errors) => {
    expect(await errorsWith(answers)).toEqual(errors);
  });

  it('a reason of nothing but spaces is no reason', async () => {
    expect(await errorsWith({ reason: '   ' })).toEqual({ reason: 'Say what it is for.' });
  });

  it('a type that nobody offered is refused, whatever a client sends (T10)', async () => {
    const view = await form();
    const values = await client.fill('requester', view, HUB);
    const selected_option = { text: { type: 'plain_text', text: 'x' }, value: 'x1e.32xlarge' };
    const forged = { instance_type: { type: 'external_select', selected_option } };

    expect(await errorsOf(view, { ...values, instance_type: forged })).toEqual({
      instance_type: 'This instance type is no longer there. Choose another.',
    });
  });
});

const Created = z.object({ LicenseConfigurationArn: z.string() });

describe('something that vanishes', () => {
  it('a pool, between form and submit: an error under that field', async () => {
    const created = await client.aws('license-manager', 'CreateLicenseConfiguration', {
      Name: 'SQL Server Standard per vCPU (short-lived)',
      LicenseCountingType: 'vCPU',
      LicenseCount: 8,
    });
    await client.advance('PT5M');
    const view = await form();
    const values = await client.fill('requester', view, { ...HUB, pool: 'short-lived' });
    const { LicenseConfigurationArn } = Created.parse(created);
    await client.aws('license-manager', 'DeleteLicenseConfiguration', { LicenseConfigurationArn });
    await client.advance('PT5M');

    expect(await errorsOf(view, values)).toEqual({
      pool: 'This license pool is no longer there. Choose another.',
    });
  });

  it('a launch template: under its field before submit, and no launch after (T11)', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    const view = await form();
    const values = await client.fill('requester', view, HUB);
    const LaunchTemplateName = 'shared-sql-standard';
    await client.aws('ec2', 'DeleteLaunchTemplate', { LaunchTemplateName });

    const state = await client.click('approver', 'approve', approvers, APPROVALS);
    expect(requestIn(state, id)).toMatchObject({ status: 'failed', instance_ids: [] });
    expect(cardsOf(state, id).requester.text).toMatch(/launch failed: .*launch template/i);

    await client.advance('PT5M');
    expect(await errorsOf(view, values)).toEqual({
      launch_template: 'This launch template is no longer there. Choose another.',
    });
  });
});
