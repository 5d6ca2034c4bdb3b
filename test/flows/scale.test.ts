import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { approve, instancesBy } from './operations.ts';
import { requestIn } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, type LaunchRequest, messagesIn, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox();
afterAll(() => sandbox.close());

const PLACE = { account: '333344445555', region: 'us-east-1' };
const GROUP = 'month-end-sql';
const GROUP_TAG = 'tag:aws:autoscaling:groupName';

const Groups = z.object({
  AutoScalingGroups: z.tuple([z.object({ DesiredCapacity: z.number(), MaxSize: z.number() })]),
});

/** Desired capacity and maximum of the group now. */
async function numbers(): Promise<readonly [number, number]> {
  const input = { AutoScalingGroupNames: [GROUP] };
  const output = await client.aws('autoscaling', 'DescribeAutoScalingGroups', input, PLACE);
  const [{ DesiredCapacity, MaxSize }] = Groups.parse(output).AutoScalingGroups;
  return [DesiredCapacity, MaxSize];
}

/** Types `/license request scale`, as the form that opens is sent off as it was filled. */
async function scale(count: number): Promise<LaunchRequest> {
  const before = new Set((await client.state()).requests.map(({ id }) => id));
  const state = await client.command('requester', `/license request scale ${GROUP} x${count}`);
  const view = state.views['requester'];
  if (view === undefined || view === null) throw new Error('No form');
  const option = async (field: string, value: string) => {
    const selected = await client.firstOption('requester', view.id, field, value);
    await client.post('action', {
      user: 'requester',
      view_id: view.id,
      action_id: field,
      selected,
    });
    return { [field]: { type: 'external_select', selected_option: selected } };
  };
  const values = {
    account: await option('account', 'data-platform'),
    region: await option('region', 'us-east-1'),
    group: await option('group', GROUP),
    count: { count: { type: 'number_input', value: String(count) } },
    reason: { reason: { type: 'plain_text_input', value: 'Month end' } },
  };
  const sent = await client.post('submit', { user: 'requester', view_id: view.id, values });
  const request = sent.state.requests.find(({ id }) => !before.has(id));
  if (request === undefined) throw new Error(`Not there: ${JSON.stringify(sent.state.dms)}`);
  return request;
}

const status = async ({ id }: LaunchRequest) => requestIn(await client.state(), id).status;
const ofGroup = async () =>
  (await instancesBy(client, PLACE, GROUP_TAG, GROUP)).filter(
    ({ State }) => State.Name === 'pending' || State.Name === 'running',
  );

describe('letting a licensed Auto Scaling group grow', () => {
  let request: LaunchRequest;

  it('asks, and says on the card what becomes of the group', async () => {
    request = await scale(3);

    expect(request.status).toBe('pending');
    const card = wordsOf(cardsOf(await client.state(), request.id).approvers);
    expect(card).toContain('3 × r6i.xlarge more in the Auto Scaling group month-end-sql');
    expect(card).toContain('(0 → 3), from analytics-sql-standard, version 1');
    expect(card).toContain('its maximum is raised from 2 to 3');
    expect(await numbers()).toEqual([0, 2]);
  });

  it('grows when that is approved, is launched when all are there, and confirmed', async () => {
    await approve(client, request);
    expect(await status(request)).toBe('launching');

    await client.advance('PT2M');
    expect(await numbers()).toEqual([3, 3]);
    expect(await ofGroup()).toHaveLength(3);

    await client.advance('PT6M');

    expect(await status(request)).toBe('confirmed');
    const { instance_ids: ids } = requestIn(await client.state(), request.id);
    expect(ids.toSorted()).toEqual(
      (await ofGroup()).map(({ InstanceId }) => InstanceId).toSorted(),
    );
  });

  it('is no unrequested use', async () => {
    await client.advance('PT15M');
    const state = await client.state();

    expect(wordsOf(messagesIn(state).map(({ blocks }) => blocks))).not.toContain(
      'without a request',
    );
  });

  it('is void when somebody changed the group since it was approved', async () => {
    const second = await scale(1);
    const input = { AutoScalingGroupName: GROUP, DesiredCapacity: 2 };
    await client.aws('autoscaling', 'UpdateAutoScalingGroup', input, PLACE);

    await approve(client, second);
    const state = await client.advance('PT1M');

    expect(requestIn(state, second.id)).toMatchObject({ status: 'failed' });
    expect(wordsOf(cardsOf(state, second.id).approvers)).toContain(
      'The Auto Scaling group is not as it was approved',
    );
    expect(await numbers()).toEqual([2, 3]);
  });
});
