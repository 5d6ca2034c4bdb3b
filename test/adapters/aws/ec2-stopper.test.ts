import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ec2Stopper } from '#adapters/aws/ec2-stopper.ts';
import type { Stopper } from '#ports/launcher.ts';
import { MEMBER, REGION } from './deployed-hub.ts';
import { A_WHILE } from './instance-ground.ts';
import { type LaunchWorld, launchWorld, TICKET } from './launch-ground.ts';

const SCOPE = { account: MEMBER, region: REGION };

describe('stopping what was launched until a date', () => {
  let world: LaunchWorld;
  let stopper: Stopper;
  let ids: readonly string[];
  beforeEach(async () => {
    world = await launchWorld();
    await world.launcherOf().launch({ ...world.plan, count: 2 }, TICKET);
    await pass();
    ids = [...world.region.instances.keys()];
    stopper = ec2Stopper(world.assume, world.createClient);
  });
  afterEach(() => world.hub.close());

  const call = (operation: string, input: unknown) =>
    world.hub.aws.call({ service: 'ec2', operation, input, ...SCOPE });
  async function pass() {
    world.hub.clock.advance(A_WHILE);
    await call('DescribeInstances', {});
  }
  const stop = (instanceIds = ids) => stopper.stop(SCOPE, instanceIds, TICKET.requestId);
  const states = () => world.started().map(({ State }) => State?.Name);

  it('takes EC2 a while, and ends with all of them stopped', async () => {
    expect(await stop()).toEqual({ kind: 'under-way' });
    expect(states()).toEqual(['stopping', 'stopping']);
    expect(await stop()).toEqual({ kind: 'under-way' });
    await pass();

    expect(await stop()).toEqual({ kind: 'stopped' });
  });

  it('leaves alone what runs for another request', async () => {
    const [theirs = '', ours = ''] = ids;
    const Tags = [{ Key: 'quartermaster:request', Value: 'req-0000000002' }];
    await call('CreateTags', { Resources: [theirs], Tags });
    await stop();
    await pass();

    expect(await stop()).toEqual({ kind: 'stopped' });
    expect(world.region.instances.get(theirs)?.State?.Name).toBe('running');
    expect(world.region.instances.get(ours)?.State?.Name).toBe('stopped');
    expect(await stop([theirs])).toEqual({ kind: 'gone' });
  });

  it('stops what a resize of this request left running for another one', async () => {
    const Tags = [
      { Key: 'quartermaster:request', Value: 'req-0000000002' },
      { Key: 'quartermaster:resize', Value: TICKET.requestId },
    ];
    await call('CreateTags', { Resources: ids, Tags });

    expect(await stop()).toEqual({ kind: 'under-way' });
  });

  it('has nothing to do where they are terminated or gone', async () => {
    await call('TerminateInstances', { InstanceIds: ids });
    await pass();

    expect(await stop()).toEqual({ kind: 'gone' });
    world.region.instances.clear();
    expect(await stop()).toEqual({ kind: 'gone' });
  });

  it('waits for one that is only starting', async () => {
    await stop();
    await pass();
    await call('StartInstances', { InstanceIds: ids });

    expect(await stop()).toEqual({ kind: 'under-way' });
    expect(states()).toEqual(['pending', 'pending']);
  });

  it('ends Spot Instances, which cannot be stopped', async () => {
    for (const instance of world.started()) instance.InstanceLifecycle = 'spot';

    expect(await stop()).toEqual({ kind: 'under-way' });
    expect(states()).toEqual(['shutting-down', 'shutting-down']);
    await pass();
    expect(await stop()).toEqual({ kind: 'gone' });
  });

  it('stops many, in sessions that name them', async () => {
    const many = Array.from({ length: 25 }, (_none, n) => `i-${String(n).padStart(17, '0')}`);

    expect(await stop([...many, ...ids])).toEqual({ kind: 'under-way' });
    const sizes = world.hub.calls.list('sts').map(({ input }) => JSON.stringify(input).length);
    expect(Math.max(...sizes)).toBeLessThan(2300);
  });

  it('says what AWS refuses, and that it did not answer', async () => {
    world.hub.iam.attachServiceControlPolicy(MEMBER, {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: 'ec2:StopInstances', Resource: '*' },
    });
    expect(await stop()).toMatchObject({
      kind: 'refused',
      advice: { code: 'permit', action: 'ec2:StopInstances', explicitDeny: true },
    });
    world.hub.faults.replace([
      { service: 'ec2', operation: 'DescribeInstances', effect: 'throttle' },
    ]);
    expect(await stop()).toMatchObject({ kind: 'unclear' });
  });

  it('may not stop what is not marked as a request’s', async () => {
    const [first = ''] = ids;
    const instance = world.region.instances.get(first);
    if (instance !== undefined) instance.Tags = [{ Key: 'quartermaster:resize', Value: 'mine' }];

    expect(await stop([first])).toEqual({ kind: 'gone' });
  });
});
