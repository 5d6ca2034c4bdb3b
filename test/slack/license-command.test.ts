import { describe, expect, it } from 'vitest';
import { type UsageView, WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import { parseLicenseCommand } from '#slack/commands/license-command.ts';
import { NOW } from './builders.ts';
import { RESPONSE_URL, slackWorld } from './world.ts';

const prefill = (instanceType: string | null, count: number | null, pool: string | null) => ({
  verb: 'request',
  prefill: { instanceType, count, pool },
});

const usage = (query: string | null, view: Partial<UsageView> = {}) => ({
  verb: 'usage',
  query,
  view: { ...WHOLE_VIEW, ...view },
});

describe('parseLicenseCommand', () => {
  it.each([
    ['', { verb: 'help' }],
    ['  HELP ', { verb: 'help' }],
    ['usage', usage(null)],
    ['Usage  "SQL  Server Standard"', usage('SQL Server Standard')],
    ['usage “Windows’', usage('Windows')],
    ['usage account:erp-production', usage(null, { account: 'erp-production' })],
    [
      'usage sql OWNER:erp standard sort:Name',
      usage('sql standard', { tag: { key: null, value: 'erp' }, sort: 'name' }),
    ],
    ['usage tag:Application=crm=2', usage(null, { tag: { key: 'Application', value: 'crm=2' } })],
    ['usage sort:upwards', usage('sort:upwards')],
    ['usage tag:nothing', usage('tag:nothing')],
    ['usage region:eu', usage('region:eu')],
    ['who Oracle account:erp', { ...usage('Oracle', { account: 'erp' }), verb: 'who' }],
    ['who', { ...usage(null), verb: 'who' }],
    ['request', prefill(null, null, null)],
    ['request R6I.2xlarge x4 SQL Server', prefill('r6i.2xlarge', 4, 'SQL Server')],
    ['request 4x "SQL Server" r6i.2xlarge', prefill('r6i.2xlarge', 4, 'SQL Server')],
    ['request x0', prefill(null, 1, null)],
    ['request ×3 Oracle', prefill(null, 3, 'Oracle')],
    ['requests', { verb: 'requests' }],
    ['history REQ-4f9k2m81ab', { verb: 'history', requestId: 'req-4f9k2m81ab' }],
    ['history 4f9k2m81ab', { verb: 'history', requestId: 'req-4f9k2m81ab' }],
    ['history', { verb: 'history', requestId: null }],
    ['history ../../x', { verb: 'history', requestId: null }],
    ['usgae', { verb: 'unknown', word: 'usgae', nearest: 'usage' }],
    ['reqest', { verb: 'unknown', word: 'reqest', nearest: 'request' }],
    ['histroy req-1', { verb: 'unknown', word: 'histroy', nearest: 'history' }],
    ['optimize', { verb: 'optimize', scope: '' }],
    [
      'optimize "ERP-Production" by 2027-03-31',
      { verb: 'optimize', scope: 'ERP-Production by 2027-03-31' },
    ],
    ['forecast', { verb: 'unknown', word: 'forecast', nearest: null }],
  ])('reads %j', (text, expected) => {
    expect(parseLicenseCommand(text)).toEqual(expected);
  });
});

describe('/license', () => {
  it('queues a question and says at once that it is being looked up', async () => {
    const world = slackWorld();

    const answer = await world.command('usage SQL Server');

    expect(JSON.parse(answer.body)).toEqual({
      response_type: 'ephemeral',
      text: 'Looking that up…',
    });
    expect(world.queues.sent.answers).toMatchObject([
      {
        kind: 'usage',
        query: 'SQL Server',
        replyTo: { personId: 'U0REQUEST1', channelId: 'C0LICENSES', responseUrl: RESPONSE_URL },
      },
    ]);
  });

  it('answers to a direct message where the command was typed in one', async () => {
    const world = slackWorld();

    await world.command('requests', { channel_id: 'D0123456' });

    expect(world.queues.sent.answers).toMatchObject([
      { kind: 'requests', replyTo: { channelId: null } },
    ]);
  });

  it('gives a command that is repeated the same key, and another command another', async () => {
    const world = slackWorld();

    await world.command('usage');
    await world.command('usage ');
    await world.command('usage', { trigger_id: '9.9.other' });

    const keys = world.queues.sent.answers.map((job) => ('key' in job ? job.key : ''));
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it.each(['', 'help'])('lists what it understands after %j', async (text) => {
    const world = slackWorld();

    const answer = await world.command(text);

    expect(answer.body).toContain('/license usage <name>');
    expect(answer.body).not.toContain('forecast');
    expect(world.queues.count()).toBe(0);
  });

  it('suggests the nearest word and an example for an unknown one', async () => {
    const world = slackWorld();

    const answer = await world.command('usgae <!channel>');

    expect(answer.body).toContain('I do not know /license usgae');
    expect(answer.body).toContain('/license usage SQL Server Standard');
    expect(answer.body).not.toContain('<!channel');
    expect(world.queues.count()).toBe(0);
  });

  it('asks which request when history names none', async () => {
    const world = slackWorld();

    const answer = await world.command('history');

    expect(answer.body).toContain('Please name a request by its id');
    expect(world.queues.count()).toBe(0);
  });

  it('opens an empty form without reading anything', async () => {
    const world = slackWorld({ policy: null });

    const answer = await world.command('request');

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(world.opened).toMatchObject([
      { triggerId: '1.2.trigger', view: { callback_id: 'request_launch' } },
    ]);
  });

  it('fills the form in as far as the command said', async () => {
    const world = slackWorld();

    await world.command('request r6i.2xlarge x3 sql server');

    expect(JSON.stringify(world.opened[0]?.view)).toContain('SQL Server Standard · 42 of 120 free');
    expect(world.opened[0]?.view.blocks).toMatchObject([
      { block_id: 'account', element: { initial_option: { value: '222233334444' } } },
      { block_id: 'region', element: { initial_option: { value: 'us-east-1' } } },
      { block_id: 'pool', element: { min_query_length: 0 } },
      { block_id: 'other_pools' },
      { block_id: 'launch_template' },
      { block_id: 'instance_type', element: { initial_option: { value: 'r6i.2xlarge' } } },
      { block_id: 'license_included', element: { type: 'checkboxes' } },
      { block_id: 'count', element: { initial_value: '3' } },
      { block_id: 'cores' },
      { block_id: 'threads' },
      { block_id: 'until' },
      { block_id: 'for' },
      { block_id: 'reason' },
    ]);
  });

  it('says in the form what the command named and policy does not offer', async () => {
    const world = slackWorld();

    await world.command('request p5.48xlarge Db2');

    const text = JSON.stringify(world.opened[0]?.view.blocks.slice(0, 2));
    expect(text).toContain('Not found among what you may choose: Db2');
    expect(text).toContain('Not found among what you may choose: p5.48xlarge');
  });

  it('says plainly, with a reference, that a queue is down', async () => {
    const world = slackWorld();
    world.queues.failing(new Error('secret detail'));

    const answer = await world.command('usage', { trigger_id: `${NOW.getTime()}` });

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('nothing was sent or changed');
    expect(answer.body).toContain('ref-1');
    expect(answer.body).not.toContain('secret detail');
  });
});
