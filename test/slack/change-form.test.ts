import { describe, expect, it } from 'vitest';
import { buttonValue, targetOf } from '#slack/views/button-value.ts';
import { anInstance } from '../builders.ts';
import { aPool, aRequest, aShard, aTemplate, PLAN_HASH, poolId } from './builders.ts';
import { slackWorld } from './world.ts';

const METADATA = `C0APPROVAL ${buttonValue(targetOf(aRequest()))}`;

type Values = Readonly<Record<string, string | null>>;

const LAUNCH: Values = {
  account: '222233334444',
  region: 'us-east-1',
  pool: poolId('1'),
  launch_template: 'lt-sql-server',
  instance_type: 'm6i.xlarge',
  count: '1',
  reason: 'Smaller will do.',
};
const SELECTS = [
  ...['account', 'region', 'pool', 'launch_template', 'instance', 'group', 'instance_type'],
];

function submission(callbackId: string, values: Values, metadata = METADATA) {
  const state = (field: string, value: string | null) =>
    SELECTS.includes(field)
      ? {
          type: 'external_select',
          selected_option: value && { text: { type: 'plain_text', text: value }, value },
        }
      : { type: 'plain_text_input', value };
  return {
    type: 'view_submission',
    view: {
      id: 'V0000002',
      team_id: 'T0QUARTER1',
      callback_id: callbackId,
      private_metadata: metadata,
      state: {
        values: Object.fromEntries(
          Object.entries(values).map(([field, value]) => [field, { [field]: state(field, value) }]),
        ),
      },
    },
  };
}

describe('a form that changes a request', () => {
  it.each([
    ['edit', 'edit_request'],
    ['counter', 'counter_request'],
  ])(
    'queues the %s in the request’s group, about the plan that was shown',
    async (kind, callback) => {
      const world = slackWorld();

      const answer = await world.interact(submission(callback, LAUNCH));

      expect(answer).toMatchObject({ statusCode: 200, body: '' });
      expect(world.queues.sent.decisions).toMatchObject([
        {
          group: poolId('1'),
          command: {
            kind,
            requestId: 'req-4f9k2m81ab',
            planHash: PLAN_HASH,
            by: 'U0REQUEST1',
            reason: 'Smaller will do.',
            choice: { instanceType: 'm6i.xlarge', count: 1 },
            replyTo: { channelId: 'C0APPROVAL' },
          },
        },
      ]);
    },
  );

  it.each([
    ['', 'edit_request'],
    ['C0APPROVAL', 'counter_request'],
    [`${METADATA} more`, 'edit_request'],
    [METADATA.replace('req-', 'reg-'), 'counter_request'],
    [JSON.stringify({ account: '222233334444' }), 'edit_request'],
  ])('does nothing with the metadata %j (T10)', async (metadata, callback) => {
    const world = slackWorld();

    const answer = await world.interact(submission(callback, LAUNCH, metadata));

    expect(JSON.parse(answer.body).errors.reason).toContain('too old, and nothing was done');
    expect(world.queues.count()).toBe(0);
  });

  it('says under its fields what is wrong', async () => {
    const world = slackWorld();

    const answer = await world.interact(submission('edit_request', { ...LAUNCH, count: '0' }));

    expect(JSON.parse(answer.body).errors).toEqual({
      count: 'Write a whole number from 1 to 100.',
    });
  });
});

describe('a form that starts or resizes an instance', () => {
  const STOPPED = anInstance({
    instanceId: 'i-0000000000000000a',
    name: 'crm-db',
    state: 'stopped',
    instanceType: 'r6i.2xlarge',
    licenseConfigurationArns: [aPool().configurationArn],
  });
  const instances = [
    anInstance({ instanceId: 'i-0000000000000000c', name: 'no-licenses', state: 'stopped' }),
    { ...STOPPED, instanceId: 'i-0000000000000000b', name: 'running', state: 'running' as const },
    STOPPED,
  ].map((instance) =>
    instance.name === 'no-licenses' ? { ...instance, licenseConfigurationArns: [] } : instance,
  );
  const here = { account: '222233334444', region: 'us-east-1', reason: 'Month end.' };

  async function offered(callbackId: string) {
    const world = slackWorld({ shards: [aShard({ instances })] });
    const { body } = await world.interact({
      type: 'block_suggestion',
      action_id: 'instance',
      block_id: 'instance',
      value: '',
      view: { ...submission(callbackId, here).view },
    });
    const { options }: { options: { text: { text: string } }[] } = JSON.parse(body);
    return options.map(({ text }) => text.text);
  }

  it('offers instances with licenses, stopped ones first', async () => {
    expect(await offered('resize_instance')).toEqual([
      'crm-db (i-0000000000000000a) · stopped',
      'running (i-0000000000000000b) · running',
    ]);
    expect(await offered('start_instance')).toEqual(['crm-db (i-0000000000000000a) · stopped']);
  });

  it.each([
    ['start', {}, { instanceType: 'r6i.2xlarge', cores: null }],
    [
      'resize',
      { instance_type: 'm6i.xlarge', cores: '2' },
      { instanceType: 'm6i.xlarge', cores: 2 },
    ],
  ])('submits a %s with the pools of the instance', async (operation, more, choice) => {
    const world = slackWorld({ shards: [aShard({ instances })] });
    const values = { ...here, instance: STOPPED.instanceId, ...more };

    const answer = await world.interact(submission(`${operation}_instance`, values, 'C0LICENSES'));

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: poolId('1'),
        command: {
          kind: 'submit',
          choice: {
            ...choice,
            poolId: poolId('1'),
            otherPoolIds: [],
            count: 1,
            target: { operation, instanceId: STOPPED.instanceId },
          },
        },
      },
    ]);
  });

  it.each([
    ['start', { instance: null }, { instance: 'Choose an instance.' }],
    [
      'start',
      { instance: 'i-0000000000000000b' },
      {
        instance:
          'No stopped instance with licenses that you may start has this id any more. Choose another.',
      },
    ],
    [
      'resize',
      { instance: STOPPED.instanceId, instance_type: 'm1.tiny' },
      { instance_type: 'This instance type is no longer there. Choose another.' },
    ],
    [
      'resize',
      { instance: STOPPED.instanceId, instance_type: 'r6i.2xlarge', cores: '7' },
      { cores: 'r6i.2xlarge takes 1, 2, 3 or 4 cores.' },
    ],
  ])('says under the fields of a %s with %o what is wrong', async (operation, more, errors) => {
    const world = slackWorld({ shards: [aShard({ instances })] });

    const answer = await world.interact(
      submission(`${operation}_instance`, { ...here, ...more }, 'C0LICENSES'),
    );

    expect(JSON.parse(answer.body).errors).toEqual(errors);
    expect(world.queues.count()).toBe(0);
  });
});

describe('the form of an Auto Scaling group', () => {
  const template = aTemplate('sql-server', {
    version: 7,
    instanceType: 'm6i.xlarge',
    licenseConfigurationArns: [aPool().configurationArn],
  });
  const group = {
    name: 'month-end',
    minimum: 0,
    maximum: 4,
    desired: 2,
    obstacle: null,
    templateVersion: { id: template.launchTemplateId, version: '7' },
    launchTemplate: template,
    subnetIds: [],
    availabilityZones: [],
    instanceIds: [],
    requestId: null,
  } as const;
  const unlicensed = {
    ...group,
    name: 'web',
    launchTemplate: { ...template, licenseConfigurationArns: [] },
  };
  const moving = { ...group, name: 'latest', obstacle: 'moving-version' as const };
  const shards = [aShard({ autoScalingGroups: [moving, unlicensed, group] })];
  const values = {
    account: '222233334444',
    region: 'us-east-1',
    group: 'month-end',
    count: '3',
    reason: 'Month end.',
  };

  it('offers groups that can grow and launch under licenses', async () => {
    const world = slackWorld({ shards });
    const { body } = await world.interact({
      type: 'block_suggestion',
      action_id: 'group',
      block_id: 'group',
      value: '',
      view: { ...submission('scale_group', values).view },
    });

    expect(JSON.parse(body)).toMatchObject({
      options: [{ text: { text: 'month-end · 2 × m6i.xlarge now' }, value: 'month-end' }],
    });
  });

  it('submits the growth with the pools and the type of its template', async () => {
    const world = slackWorld({ shards });

    const answer = await world.interact(submission('scale_group', values, 'C0LICENSES'));

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: poolId('1'),
        command: {
          kind: 'submit',
          choice: {
            poolId: poolId('1'),
            instanceType: 'm6i.xlarge',
            count: 3,
            until: null,
            target: { operation: 'scale', autoScalingGroupName: 'month-end' },
          },
        },
      },
    ]);
  });

  it.each([
    [{ group: null }, { group: 'Choose an Auto Scaling group.' }],
    [{ group: 'web' }, { group: 'This Auto Scaling group is no longer there. Choose another.' }],
    [{ count: '0' }, { count: expect.stringContaining('Write a whole number from 1') }],
    [{ reason: ' ' }, { reason: 'Say what it is for.' }],
  ])('says under the fields what is wrong with %o', async (change, errors) => {
    const world = slackWorld({ shards });

    const answer = await world.interact(
      submission('scale_group', { ...values, ...change }, 'C0LICENSES'),
    );

    expect(JSON.parse(answer.body).errors).toEqual(errors);
    expect(world.queues.count()).toBe(0);
  });
});

describe('/license request', () => {
  it.each([
    [
      'request start i-0000000000000000a',
      { kind: 'start', instanceId: 'i-0000000000000000a', instanceType: null },
    ],
    ['request START', { kind: 'start', instanceId: null, instanceType: null }],
    [
      'request resize i-0000000000000000a M6i.xlarge',
      { kind: 'resize', instanceId: 'i-0000000000000000a', instanceType: 'm6i.xlarge' },
    ],
    [
      'request resize m6i.xlarge i-123',
      { kind: 'resize', instanceId: 'i-123', instanceType: 'm6i.xlarge' },
    ],
    ['request scale Month-End x3', { kind: 'scale', autoScalingGroupName: 'Month-End', count: 3 }],
    ['request scale', { kind: 'scale', autoScalingGroupName: null, count: null }],
    ['request again req-4f9k2m81ab', { kind: 'again', requestId: 'req-4f9k2m81ab' }],
    ['request', { kind: 'launch' }],
  ])(
    '%s opens a form, and what may be in it is looked up behind the queue',
    async (text, purpose) => {
      const world = slackWorld();

      await world.command(text);

      expect(world.opened).toHaveLength(1);
      expect(world.queues.sent.answers).toMatchObject([
        { kind: 'request-form', viewKey: world.opened[0]?.view.external_id, purpose },
      ]);
    },
  );

  it('again asks for the id of a request', async () => {
    const world = slackWorld();

    const answer = await world.command('request again');

    expect(answer.body).toContain('/license request again req-4f9k2m81ab');
    expect(world.queues.count()).toBe(0);
  });
});
