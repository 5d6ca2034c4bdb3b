import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { expectCaughtUp } from './caught-up.ts';
import { collectAgain } from './collect-again.ts';
import {
  consoleLaunch,
  followUpAbout,
  followUpsAbout,
  fromTemplate,
  instancesIn,
} from './console.ts';
import { APPROVALS, HUB, pendingRequest, requestIn } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { channelOf, type Message, toldTo, wordsOf } from './sandbox-state.ts';

const flow = await openSandbox({ seed: 'small' });
const { client, sandbox } = flow;
afterAll(() => sandbox.close());
afterEach(() => client.faults());
// What is there before the first look is nobody's news.
await client.advance('PT1M');
await client.invoke('watch');

const SQL = fromTemplate('shared-sql-standard');
const IN_HUB = { account: '111122223333', region: 'us-east-1' };

async function launch(input: object = SQL): Promise<string> {
  const [instanceId = ''] = await consoleLaunch(client, input);
  return instanceId;
}

async function stateOf(instanceId: string): Promise<string | undefined> {
  const all = await instancesIn(client);
  return all.find(({ InstanceId }) => InstanceId === instanceId)?.State.Name;
}

const stateChange = (instanceId: string, state = 'running') => ({
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  ...IN_HUB,
  detail: { 'instance-id': instanceId, state },
});

describe('a launch past the bot', () => {
  it('appears as a card within seconds, and says who once CloudTrail does', async () => {
    const instanceId = await launch();

    const early = followUpAbout(await client.advance('PT10S'), instanceId);
    expect(early.words).toContain('Launched without a request: r6i.xlarge');
    expect(early.words).toContain('shared-services (111122223333), us-east-1');
    expect(early.words).toContain('4 vCPUs of SQL Server Standard per vCPU');
    expect(early.words).toContain('Who: not known yet');
    const late = followUpAbout(await client.advance('PT50S'), instanceId);

    expect(late.ts).toBe(early.ts);
    expect(late.words).toContain('Who: administrator arn:aws:iam::111122223333:user/administrator');
  });

  it('is stopped by the button, and its card says when that is done', async () => {
    const instanceId = await launch();
    const card = followUpAbout(await client.advance('PT10S'), instanceId);

    const clicked = await client.click('approver', 'stop_use', card, APPROVALS);
    expect(toldTo(clicked, 'U0APPROVE1').at(-1)).toBe(
      'I stop it now. Its card shows when that is done.',
    );
    expect(followUpAbout(clicked, instanceId).words).toContain('Being stopped');
    const state = await client.advance('PT2M');

    expect(await stateOf(instanceId)).toBe('stopped');
    expect(followUpAbout(state, instanceId).words).toContain('Stopped by U0APPROVE1');
    await expectCaughtUp(flow);
  });

  it('of several instances is one card, approved by an approver and by nobody else', async () => {
    const ids = await consoleLaunch(client, fromTemplate('shared-sql-standard', 2));
    const card = followUpAbout(await client.advance('PT1M'), ids[0] ?? '');
    expect(card.words).toContain(ids[1]);
    expect(card.words).toContain('8 vCPUs of SQL Server Standard per vCPU');

    const refused = await client.click('requester', 'approve_use', card, APPROVALS);
    expect(toldTo(refused, 'U0REQUEST1').at(-1)).toContain('Nothing was approved');
    const approved = await client.click('approver', 'approve_use', card, APPROVALS);
    const late = await client.click('approver2', 'stop_use', card, APPROVALS);

    expect(followUpAbout(approved, ids[0] ?? '').words).toContain(
      'Approved after the fact by U0APPROVE1',
    );
    expect(toldTo(late, 'U0APPROVE2').at(-1)).toContain('This is already approved');
  });

  it('is not approved by whoever did it, also not before CloudTrail says who that is', async () => {
    const instanceId = await launch();
    const card = followUpAbout(await client.advance('PT10S'), instanceId);
    const early = await client.click('admin', 'approve_use', card, APPROVALS);
    expect(followUpAbout(early, instanceId).words).toContain('Approved after the fact');

    const told = followUpAbout(await client.advance('PT1M'), instanceId);
    expect(told.words).toContain('Nobody has decided about it yet');
    const late = await client.click('admin', 'approve_use', told, APPROVALS);

    expect(toldTo(late, 'U0ADMIN001').at(-1)).toContain('what they did themselves');
    expect(followUpAbout(late, instanceId).words).toContain('Nobody has decided about it yet');
  });

  it('is gone when somebody stops it first', async () => {
    const instanceId = await launch();
    await client.advance('PT1M');

    await client.aws('ec2', 'StopInstances', { InstanceIds: [instanceId] });
    const state = await client.advance('PT2M');

    expect(followUpAbout(state, instanceId).words).toContain('Stopped or gone before anybody');
  });
});

describe('a start past the bot', () => {
  it('of a stopped instance is a card, and says when the size is another than before', async () => {
    const instanceId = await launch();
    await client.advance('PT1M');
    await client.aws('ec2', 'StopInstances', { InstanceIds: [instanceId] });
    await client.advance('PT1M');
    await collectAgain(client, IN_HUB);

    await client.aws('ec2', 'ModifyInstanceAttribute', {
      InstanceId: instanceId,
      InstanceType: { Value: 'r6i.2xlarge' },
    });
    await client.aws('ec2', 'StartInstances', { InstanceIds: [instanceId] });
    const [first, second] = followUpsAbout(await client.advance('PT1M'), instanceId);

    expect(wordsOf(first?.blocks)).toContain('Stopped or gone before anybody');
    const words = wordsOf(second?.blocks);
    expect(words).toContain('Resized and started without a request: r6i.2xlarge');
    expect(words).toContain('Before: r6i.xlarge');
    expect(words).toContain('8 vCPUs of SQL Server Standard per vCPU');
  });
});

describe('what no license configuration counts', () => {
  it('is a card that offers what could count it, and associates it on a choice', async () => {
    const copy = (await instancesIn(client)).find(({ Tags }) =>
      Tags.some(({ Key, Value }) => Key === 'Name' && Value.includes('clone-sql')),
    );
    const instanceId = await launch({
      ImageId: copy?.ImageId,
      SubnetId: copy?.SubnetId,
      InstanceType: 'm5.xlarge',
      MinCount: 1,
      MaxCount: 1,
    });
    const card = followUpAbout(await client.advance('PT10S'), instanceId);
    expect(card.words).toContain('and no license configuration counts it');

    const selected = optionOf(card, 'SQL Server Standard');
    const place = { channel: APPROVALS, message_ts: card.ts, action_id: 'associate_use' };
    await client.post('action', { user: 'approver', ...place, selected });
    const state = await client.advance('PT2M');

    expect(followUpAbout(state, instanceId).words).toContain(
      'Associated, so that License Manager counts it by U0APPROVE1',
    );
    const ResourceArn = `arn:aws:ec2:us-east-1:111122223333:instance/${instanceId}`;
    const listed = await client.aws('license-manager', 'ListLicenseSpecificationsForResource', {
      ResourceArn,
    });
    expect(JSON.stringify(listed)).toContain('license-configuration:lic-');
  });
});

/** The option of a card's menu with this text in it. */
function optionOf({ blocks }: Message, text: string) {
  const menus = blocks.flatMap((block) =>
    Array.isArray(block['elements']) ? block['elements'] : [],
  );
  const options = menus.flatMap((menu) => (Array.isArray(menu.options) ? menu.options : []));
  const found = options.find((option) => JSON.stringify(option).includes(text));
  if (found === undefined) throw new Error(`No menu offers ${text}`);
  return found;
}

describe('a Dedicated Host', () => {
  it('that somebody allocates is a card that can be approved, not stopped', async () => {
    const output = await client.aws('ec2', 'AllocateHosts', {
      AvailabilityZone: 'us-east-1a',
      InstanceFamily: 'r5',
      Quantity: 1,
    });
    const [, hostId = ''] = /"(h-[0-9a-f]+)"/.exec(JSON.stringify(output)) ?? [];

    const card = followUpAbout(await client.advance('PT1M'), hostId);

    expect(card.words).toContain('Dedicated Host allocated without a request: r5');
    expect(card.words).toContain('Who: administrator');
    expect(card.words).toContain('Approve after the fact');
    expect(card.words).not.toContain('Stop it now?');
  });
});

describe('events', () => {
  it('that come twice and late change nothing', async () => {
    const instanceId = await launch();
    const before = followUpAbout(await client.advance('PT2M'), instanceId);

    await client.post('event', { event: stateChange(instanceId, 'pending') });
    const { state } = await client.post('event', { event: stateChange(instanceId) });

    expect(followUpAbout(state, instanceId)).toEqual(before);
    expect((await client.state()).queues.dead).toBe(0);
  });

  it('of an account that policy does not know are dropped', async () => {
    const before = channelOf(await client.state(), APPROVALS).length;

    const event = { ...stateChange('i-0123456789abcdef0'), account: '999988887777' };
    const { state } = await client.post('event', { event });

    expect(channelOf(state, APPROVALS)).toHaveLength(before);
    const said = sandbox.logs('watch').map(({ line }) => line);
    expect(said.join('\n')).toContain('"why":"unknown-account","scope":"999988887777/us-east-1"');
    expect((await client.state()).queues.dead).toBe(0);
  });

  it('that are sent twice make one card', async () => {
    await client.faults({ service: 'events', operation: 'PutEvents', effect: 'lose_response' });
    const instanceId = await launch();

    const { words } = followUpAbout(await client.advance('PT2M'), instanceId);

    expect(words).toContain('Who: administrator');
  });

  it('that are lost are made up for by the reconcile', async () => {
    await client.faults({ service: 'events', operation: 'PutEvents', effect: 'lose_request' });
    const instanceId = await launch();
    await client.advance('PT10S');

    await collectAgain(client, IN_HUB);
    const { ts, words } = followUpAbout(await client.invoke('watch'), instanceId);

    expect(words).toContain('4 vCPUs of SQL Server Standard per vCPU');
    expect(followUpAbout(await client.invoke('watch'), instanceId).ts).toBe(ts);
  });

  it('of launches that were requested make no card', async () => {
    const { id, approvers } = await pendingRequest(client, {
      ...HUB,
      pool: 'Red Hat',
      launch_template: 'shared-rhel-9',
    });
    await client.click('approver', 'approve', approvers, APPROVALS);
    const state = await client.advance('PT5M');

    const request = requestIn(state, id);
    expect(request.status).toBe('confirmed');
    expect(followUpsAbout(state, request.instance_ids[0] ?? '')).toEqual([]);
  });

  it('of a launch that only calls itself requested make a card', async () => {
    const Tags = [{ Key: 'quartermaster:request', Value: 'req-0000000001' }];
    const TagSpecifications = [{ ResourceType: 'instance', Tags }];
    const instanceId = await launch({ ...SQL, TagSpecifications });

    expect(followUpsAbout(await client.advance('PT10S'), instanceId)).toHaveLength(1);
  });
});

describe('what is ignored', () => {
  it('needs a day to come and a reason, and comes back on that day with a new card', async () => {
    const instanceId = await launch();
    const card = followUpAbout(await client.advance('PT1M'), instanceId);
    const { clock, views } = await client.click('approver', 'ignore_use', card, APPROVALS);
    const form = { user: 'approver', view_id: views['approver']?.id ?? '' };
    const values = (until: string, reason: string) => ({
      until: { until: { type: 'datepicker', selected_date: until } },
      reason: { reason: { type: 'plain_text_input', value: reason } },
    });

    const wrong = await client.post('submit', { ...form, values: values('2020-01-01', ' ') });
    expect(Object.keys(wrong.state.views['approver']?.errors ?? {})).toEqual(['until', 'reason']);
    const day = new Date(Date.parse(clock) + 86_400_000).toISOString().slice(0, 10);
    const right = await client.post('submit', { ...form, values: values(day, 'Being migrated') });

    const ignored = followUpAbout(right.state, instanceId).words;
    expect(ignored).toMatch(/Ignored until .*Being migrated/);
    const back = followUpsAbout(await client.advance('PT24H'), instanceId);
    expect(back).toHaveLength(2);
    for (const { blocks } of back) expect(wordsOf(blocks)).toContain('Nobody has decided');
  }, 90_000);
});
