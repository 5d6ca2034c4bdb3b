import { describe, expect, it } from 'vitest';
import { requestIdOf } from '#slack/idempotency.ts';
import { aHost } from '../builders.ts';
import { aPolicy, aPool, aShard, aTemplate, aType, poolId } from './builders.ts';
import { slackWorld } from './world.ts';

type Values = Readonly<Record<string, string | null>>;

const GOOD: Values = {
  account: '222233334444',
  region: 'us-east-1',
  pool: poolId('1'),
  launch_template: 'lt-sql-server',
  instance_type: 'r6i.2xlarge',
  count: '2',
  cores: null,
  threads: null,
  for: null,
  reason: ' Month end. ',
};

function stateOf(values: Values) {
  return {
    values: Object.fromEntries(
      Object.entries(values).map(([field, value]) => [
        field,
        { [field]: stateValue(field, value) },
      ]),
    ),
  };
}

function stateValue(field: string, value: string | null) {
  if (field === 'for') return { type: 'users_select', selected_user: value };
  if (['count', 'cores', 'threads', 'reason'].includes(field)) {
    return { type: 'plain_text_input', value };
  }
  if (field === 'until') return { type: 'datepicker', selected_date: value };
  if (field === 'other_pools' || field === 'license_included') {
    const values = value === null ? [] : value.split(' ');
    return {
      type: field === 'other_pools' ? 'multi_external_select' : 'checkboxes',
      selected_options: values.map((one) => ({
        text: { type: 'plain_text', text: one },
        value: one,
      })),
    };
  }
  const option = value === null ? null : { text: { type: 'plain_text', text: value }, value };
  return { type: 'external_select', selected_option: option };
}

function submission(values: Values = {}, form: Readonly<Record<string, string>> = {}) {
  return {
    type: 'view_submission',
    view: {
      id: 'V0000001',
      team_id: 'T0QUARTER1',
      callback_id: 'request_launch',
      private_metadata: 'C0LICENSES',
      state: stateOf({ ...GOOD, ...values }),
      ...form,
    },
  };
}

function suggestion(field: string, value = '', values: Values = {}) {
  return {
    type: 'block_suggestion',
    action_id: field,
    block_id: field,
    value,
    view: { id: 'V1', callback_id: 'request_launch', state: stateOf(values) },
  };
}

async function optionsOf(
  world: ReturnType<typeof slackWorld>,
  ...question: Parameters<typeof suggestion>
): Promise<string[]> {
  const { body } = await world.interact(suggestion(...question));
  const { options }: { options: { text: { text: string } }[] } = JSON.parse(body);
  return options.map(({ text }) => text.text);
}

describe('the request form’s selects', () => {
  it('offer what policy allows, in order, with what is free', async () => {
    const world = slackWorld({
      pools: [
        aPool({ name: 'Windows Server', poolId: poolId('2'), limit: null }),
        aPool({
          name: 'Oracle',
          poolId: poolId('3'),
          limit: 10,
          consumed: 10,
          counted: 10,
          held: 0,
        }),
        aPool(),
        aPool({ name: 'Elsewhere', poolId: poolId('4', '333344445555') }),
      ],
    });

    expect(await optionsOf(world, 'account')).toEqual(['erp-production (222233334444)']);
    expect(await optionsOf(world, 'region')).toEqual(['us-east-1']);
    expect(await optionsOf(world, 'pool')).toEqual([
      'SQL Server Standard · 42 of 120 free',
      'Windows Server · no limit',
      'Oracle · 0 of 10 free',
    ]);
    expect(await optionsOf(world, 'launch_template')).toEqual([
      'sql-server · version 3',
      'windows-base · version 3',
    ]);
    expect(await optionsOf(world, 'instance_type')).toEqual([
      'm6i.xlarge · 4 vCPUs, 64 GiB',
      'r6i.2xlarge · 8 vCPUs, 64 GiB',
    ]);
  });

  it('match what is typed anywhere in the label, whatever its case', async () => {
    const world = slackWorld({
      pools: [aPool(), aPool({ name: 'Windows', poolId: poolId('2') })],
    });

    expect(await optionsOf(world, 'pool', 'server STAN')).toEqual([
      'SQL Server Standard · 42 of 120 free',
    ]);
    expect(await optionsOf(world, 'pool', 'nothing like it')).toEqual([]);
  });

  it('follow what is chosen: only profiles that allow all of it count', async () => {
    const world = slackWorld({
      pools: [aPool(), aPool({ name: 'Oracle', poolId: poolId('2') })],
      shards: [aShard({ launchTemplates: [aTemplate('sql-server'), aTemplate('oracle-db')] })],
      policy: aPolicy({
        launchProfiles: [
          profile('sql', 'sql*', 'm6i.*', 'SQL*'),
          profile('oracle', 'oracle*', 'r6i.*', 'Oracle'),
        ],
      }),
    });

    expect(await optionsOf(world, 'launch_template')).toEqual([
      'oracle-db · version 3',
      'sql-server · version 3',
    ]);
    expect(await optionsOf(world, 'instance_type')).toEqual(['r6i.2xlarge · 8 vCPUs, 64 GiB']);
    expect(await optionsOf(world, 'launch_template', '', { pool: poolId('1') })).toEqual([
      'sql-server · version 3',
    ]);
    expect(await optionsOf(world, 'instance_type', '', { pool: poolId('1') })).toEqual([
      'm6i.xlarge · 4 vCPUs, 64 GiB',
    ]);
  });

  it('offer types that run the template’s image, the template’s own first', async () => {
    const world = slackWorld({
      shards: [
        aShard({
          launchTemplates: [aTemplate('sql-server', { instanceType: 'r6i.2xlarge' })],
          instanceTypes: [
            aType('m7g.large', { architectures: ['arm64'] }),
            aType('m6i.large', { defaultVcpus: 2 }),
            aType('r6i.2xlarge'),
          ],
        }),
      ],
    });

    expect(await optionsOf(world, 'instance_type')).toEqual([
      'r6i.2xlarge · 8 vCPUs, 64 GiB',
      'm6i.large · 2 vCPUs, 64 GiB',
    ]);
  });

  it('offer the Dedicated Hosts that take instances', async () => {
    const hosts = [aHost(), aHost({ hostId: 'h-0000000000000000b', state: 'released' })];
    const world = slackWorld({ shards: [aShard({ hosts })] });

    expect(await optionsOf(world, 'host')).toEqual(['h-0000000000000000a · r6i in us-east-1a']);
  });

  it('offer at most a hundred, and nothing without a policy', async () => {
    const instanceTypes = Array.from({ length: 150 }, (_, index) => aType(`m6i.${index}xlarge`));
    const world = slackWorld({ shards: [aShard({ instanceTypes })] });

    expect(await optionsOf(world, 'instance_type')).toHaveLength(100);
    expect(await optionsOf(slackWorld({ policy: null }), 'account')).toEqual([]);
  });
});

function profile(name: string, template: string, type: string, pool: string) {
  return {
    name,
    accounts: ['222233334444'],
    launchTemplates: [template],
    instanceTypes: [type],
    pools: [pool],
    countMaximum: 10,
  };
}

describe('submitting the request form', () => {
  it('queues the request in its pool’s group and closes the form', async () => {
    const world = slackWorld();

    const answer = await world.interact(
      submission({ cores: '2', threads: '1', for: 'U0APPROVE1' }),
    );

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: poolId('1'),
        command: {
          kind: 'submit',
          requestId: requestIdOf('T0QUARTER1', 'V0000001'),
          by: 'U0REQUEST1',
          for: 'U0APPROVE1',
          reason: 'Month end.',
          choice: {
            instanceType: 'r6i.2xlarge',
            count: 2,
            cores: 2,
            threadsPerCore: 1,
            hostId: null,
          },
          replyTo: { personId: 'U0REQUEST1', channelId: 'C0LICENSES', responseUrl: null },
        },
      },
    ]);
    expect(world.queues.sent.decisions[0]?.command).toMatchObject({
      requestId: expect.stringMatching(/^req-[0-9a-z]{10}$/),
    });
  });

  it('may draw on other pools and end on a day', async () => {
    const world = slackWorld({ pools: [aPool(), aPool({ name: 'Windows', poolId: poolId('2') })] });

    await world.interact(
      submission({ other_pools: `${poolId('2')} ${poolId('1')}`, until: '2099-12-31' }),
    );

    expect(world.queues.sent.decisions).toMatchObject([
      {
        command: {
          choice: {
            poolId: poolId('1'),
            otherPoolIds: [poolId('2')],
            until: new Date('2100-01-01T00:00:00Z'),
          },
        },
      },
    ]);
  });

  it('takes nothing from the pool where the licenses are in the price: it need not be one to choose', async () => {
    const policy = aPolicy({ launchProfiles: [profile('paid', 'sql*', 'r6i.*', 'Oracle')] });
    const world = slackWorld({ policy });

    const refused = await world.interact(submission());
    await world.interact(submission({ license_included: 'license_included' }));

    expect(JSON.parse(refused.body).errors).toHaveProperty('pool');
    expect(world.queues.sent.decisions).toMatchObject([
      { command: { choice: { poolId: poolId('1'), licenseIncluded: true } } },
    ]);
  });

  it('says which request it tries again', async () => {
    const world = slackWorld();

    await world.interact(submission({}, { private_metadata: ' req-4f9k2m81ab' }));

    expect(world.queues.sent.decisions).toMatchObject([
      { command: { retryOf: 'req-4f9k2m81ab', replyTo: { channelId: null } } },
    ]);
  });

  it('is refused when its metadata is none of ours (T10)', async () => {
    const world = slackWorld();

    const answer = await world.interact(submission({}, { private_metadata: 'C1 req-1 more' }));

    expect(JSON.parse(answer.body).errors.reason).toContain('too old');
    expect(world.queues.count()).toBe(0);
  });

  it('is for the requester unless it says otherwise', async () => {
    const world = slackWorld();

    await world.interact(submission());

    expect(world.queues.sent.decisions).toMatchObject([{ command: { for: 'U0REQUEST1' } }]);
  });

  it.each([
    ['account', null, 'Choose an account.'],
    ['pool', null, 'Choose a license pool.'],
    ['count', '0', 'Write a whole number from 1 to 100.'],
    ['count', '101', 'Write a whole number from 1 to 100.'],
    ['count', '1e1', 'Write a whole number from 1 to 100.'],
    ['count', null, 'Write a whole number from 1 to 100.'],
    ['cores', '-1', 'Write a whole number, or leave it empty for the type’s default.'],
    ['cores', '7', 'r6i.2xlarge takes 1, 2, 3 or 4 cores.'],
    ['threads', '3', 'r6i.2xlarge takes 1 or 2 threads.'],
    ['until', '2020-01-01', 'Choose today or a later day, or leave it empty.'],
    ['until', '2099-02-30', 'Choose today or a later day, or leave it empty.'],
    [
      'other_pools',
      poolId('9'),
      'Choose pools of the same account and Region that are still there.',
    ],
    ['reason', '  ', 'Say what it is for.'],
    ['reason', 'x'.repeat(1001), 'Say it in at most 1000 characters.'],
    ['account', '999999999999', 'This account is no longer there. Choose another.'],
    ['region', 'eu-west-9', 'This Region is no longer there. Choose another.'],
    ['pool', poolId('9'), 'This license pool is no longer there. Choose another.'],
    [
      'pool',
      poolId('1', '333344445555'),
      'This pool is not in the chosen account and Region. Choose another.',
    ],
    ['launch_template', 'lt-gone', 'This launch template is no longer there. Choose another.'],
    ['host', 'h-gone', 'This Dedicated Host is no longer there. Choose another.'],
    ['instance_type', 'm1.tiny', 'This instance type is no longer there. Choose another.'],
  ])('says under %s with %j what is wrong', async (field, value, message) => {
    const world = slackWorld();

    const answer = await world.interact(submission({ [field]: value }));

    expect(JSON.parse(answer.body)).toEqual({
      response_action: 'errors',
      errors: { [field]: message },
    });
    expect(world.queues.count()).toBe(0);
  });

  it('reads anew: what vanished after the selects were filled is an error under its field', async () => {
    const world = slackWorld();
    await world.interact(suggestion('launch_template'));
    await world.snapshots.put(aShard({ launchTemplates: [aTemplate('windows-base')] }));

    const answer = await world.interact(submission());

    expect(answer.body).toContain('This launch template is no longer there. Choose another.');
  });

  it('says that nobody may launch while no policy is published', async () => {
    const answer = await slackWorld({ policy: null }).interact(submission());

    expect(answer.body).toContain('No policy is published yet, so nobody may launch.');
  });

  it('says under the reason that nothing was sent when the queue is down', async () => {
    const world = slackWorld();
    world.queues.failing(new Error('queue is down'));

    const answer = await world.interact(submission());

    expect(JSON.parse(answer.body)).toMatchObject({ response_action: 'errors' });
    expect(JSON.parse(answer.body).errors.reason).toContain('nothing was sent or changed');
    expect(JSON.parse(answer.body).errors.reason).toContain('ref-1');
  });
});
