import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import {
  aHost,
  anImage,
  anInstance,
  aRequest,
  aShard,
  configurationArn,
  NOW,
  poolId,
  sha256,
} from '../builders.ts';
import { aFollowUpClick, anUnrequested } from '../follow-up-builders.ts';
import { JANE, SCOPE, watchWorld } from './watch-world.ts';

const ID = anInstance().instanceId;
const second = anInstance({ instanceId: 'i-0000000000000000b' });

describe('an instance that began to run', () => {
  it('is one follow-up, whatever events tell of it, in whatever order', async () => {
    const tellings = [
      ['see', 'see', 'hear'],
      ['hear', 'see', 'see'],
      ['hear', 'hear', 'see'],
    ] as const;
    for (const order of tellings) {
      const world = watchWorld();
      world.ec2.instances = [anInstance(), second];
      for (const how of order) {
        if (how === 'see') await world.see();
        else await world.hear({ instanceIds: [ID, second.instanceId] });
      }

      const found = await world.found();
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        cause: 'launch',
        principal: JANE,
        resources: [{ id: ID }, { id: second.instanceId }],
        taken: [{ poolId: poolId('1'), licenses: 16 }],
      });
    }
  });

  it('gets the instances that EC2 shows later', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance()];
    await world.see();
    world.ec2.instances = [anInstance(), second];
    await world.see({ instanceId: second.instanceId, state: 'running' });

    const [found] = await world.found();
    expect(found?.resources.map(({ id }) => id)).toEqual([ID, second.instanceId]);
    expect(found?.taken).toEqual([{ poolId: poolId('1'), licenses: 16 }]);
  });

  it('is looked at again until EC2 shows it, and left to the queue after that', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance()];
    world.ec2.hidden = 3;
    await world.see();
    expect(await world.found()).toHaveLength(1);

    world.ec2.hidden = 9;
    await expect(world.see()).rejects.toThrow('EC2 does not show');
    world.wait(HOUR_MS);
    await expect(world.see()).resolves.toBeUndefined();
  });

  it('that stopped meanwhile is nothing', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance({ state: 'stopping' })];

    await world.see();

    expect(await world.found()).toEqual([]);
  });

  it('is not the act of who launched it long ago', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance({ launchedAt: later(NOW, HOUR_MS) })];

    await world.hear({ instanceIds: [ID] });

    expect(await world.found()).toMatchObject([{ principal: null }]);
  });

  it('of an account that policy does not know is dropped', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance()];

    await world.see({ scope: { account: '999988887777', region: 'us-east-1' } });

    expect(world.dropped).toEqual(['unknown-account 999988887777']);
    expect(await world.found()).toEqual([]);
  });

  it('of an account that is known is seen in every Region', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance()];

    await world.see({ scope: { ...SCOPE, region: 'ap-southeast-2' } });

    expect(await world.found()).toMatchObject([
      { region: 'ap-southeast-2', taken: [{ poolId: poolId('1'), licenses: null }] },
    ]);
  });

  it('without licenses is nobody’s business', async () => {
    const world = watchWorld();
    const included = { usageOperation: 'RunInstances', platformDetails: 'Linux/UNIX' };
    world.ec2.instances = [anInstance({ licenseConfigurationArns: [], ...included })];

    await world.see();

    expect(await world.found()).toEqual([]);
  });

  it('is stopped or passing states otherwise', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance()];

    await world.see({ state: 'stopping' });
    await world.hear({ name: 'ModifyInstanceAttribute' });

    expect(await world.found()).toEqual([]);
  });
});

describe('an instance that a request accounts for', () => {
  const launching = aRequest({ status: 'launching' });
  const clientToken = sha256('req-0000000001/1');

  it('makes no follow-up, by its tag or without', async () => {
    const world = watchWorld();
    await world.requested(launching);
    const tags = { 'quartermaster:request': launching.id };
    world.ec2.instances = [anInstance({ clientToken }), { ...second, clientToken, tags }];

    await world.see();
    await world.hear({ instanceIds: [second.instanceId] });

    expect(await world.found()).toEqual([]);
  });

  it('is remembered, so that late events find it although the request is over', async () => {
    const world = watchWorld();
    await world.requested(launching);
    world.ec2.instances = [anInstance({ clientToken })];
    await world.see();
    await world.requested({ ...launching, version: 2, status: 'failed' });

    await world.hear({ instanceIds: [ID] });

    expect(await world.found()).toEqual([]);
  });

  it('does not excuse others of the same launch', async () => {
    const world = watchWorld();
    await world.requested(launching);
    world.ec2.instances = [anInstance({ clientToken }), second];

    await world.see();

    expect(await world.found()).toMatchObject([{ resources: [{ id: second.instanceId }] }]);
  });

  it('is not by a tag alone', async () => {
    const world = watchWorld();
    await world.requested(aRequest({ status: 'denied' }));
    const tags = { 'quartermaster:request': 'req-0000000001' };
    world.ec2.instances = [anInstance({ clientToken, tags })];

    await world.see();

    expect(await world.found()).toHaveLength(1);
  });
});

describe('an instance that is ignored until a date', () => {
  it('may be started again until then, and not be resized', async () => {
    const before = anInstance({ state: 'stopped', launchedAt: later(NOW, -HOUR_MS) });
    const world = watchWorld(aShard({ instances: [before] }));
    const until = later(NOW, DAY_MS);
    const { action, by, key } = aFollowUpClick({ do: 'ignore', until, reason: 'Migration' });
    const decisions = [{ action, by, at: NOW, policyHash: 'x', key }];
    const ignored = anUnrequested({ status: 'ignored', ignoredUntil: until, decisions });
    await world.table.commit({
      request: null,
      ledgers: [],
      quotas: [],
      followUps: [ignored],
      audit: [],
      outbox: null,
      notAfter: null,
    });

    world.ec2.instances = [anInstance()];
    await world.see();
    expect(await world.found()).toEqual([]);

    world.ec2.instances = [
      anInstance({ cpuOptions: { coreCount: 2, threadsPerCore: 2 }, launchedAt: later(NOW, 1000) }),
    ];
    await world.see();
    expect(await world.found()).toMatchObject([{ cause: 'resize' }]);
  });
});

describe('instances that ended', () => {
  async function running() {
    const world = watchWorld();
    world.ec2.instances = [anInstance(), second];
    await world.see();
    return world;
  }

  it('settle their follow-up when all of them have', async () => {
    const world = await running();
    world.ec2.instances = [anInstance({ state: 'stopped' }), second];
    await world.see({ state: 'stopped' });
    expect(await world.found()).toMatchObject([{ status: 'open' }]);

    world.ec2.instances = [anInstance({ state: 'stopped' })];
    await world.hear({ name: 'TerminateInstances', instanceIds: [second.instanceId] });

    expect(await world.found()).toMatchObject([{ status: 'gone' }]);
    const trail = await world.table.auditTrail(`follow-up/${(await world.found())[0]?.id}`);
    expect(trail.at(-1)).toMatchObject({ event: 'follow-up.gone', by: JANE.arn });
  });

  it('settle nothing of other instances or accounts', async () => {
    const world = await running();
    world.ec2.instances = [];

    await world.see({ state: 'stopped', instanceId: 'i-0000000000000000f' });
    await world.see({ state: 'stopped', scope: { ...SCOPE, region: 'eu-west-1' } });

    expect(await world.found()).toMatchObject([{ status: 'open' }]);
  });
});

describe('other changes', () => {
  const host = aHost({ allocatedAt: NOW, licenseConfigurationArns: [configurationArn('1')] });

  it('an allocated host is a follow-up, once', async () => {
    const world = watchWorld();
    world.ec2.hosts = [host];

    await world.hear({ name: 'AllocateHosts', hostIds: [host.hostId] });
    await world.hear({ name: 'AllocateHosts', hostIds: [host.hostId] });
    await world.hear({ name: 'AllocateHosts', hostIds: ['h-0000000000000000f'] });

    expect(await world.found()).toMatchObject([{ cause: 'host-allocation', principal: JANE }]);
  });

  it('a released host is one where a collection knew it', async () => {
    const world = watchWorld(aShard({ hosts: [host] }));

    await world.hear({ name: 'ReleaseHosts', hostIds: [host.hostId, 'h-0000000000000000f'] });

    expect(await world.found()).toMatchObject([{ cause: 'host-release' }]);
  });

  it.each([
    ['CopyImage', { image: { id: 'ami-2', copiedFrom: 'ami-1' } }, 1],
    ['CopyImage', { image: { id: 'ami-2', copiedFrom: 'ami-0' } }, 0],
    ['CopyImage', {}, 0],
    ['CreateImage', { image: { id: 'ami-2', copiedFrom: null }, instanceIds: [ID] }, 1],
  ] as const)('%s of %o is %d follow-ups', async (name, call, count) => {
    const image = anImage({
      imageId: 'ami-1',
      licenseConfigurationArns: [configurationArn('1')],
    });
    const world = watchWorld(aShard({ images: [image], instances: [anInstance()] }));

    await world.hear({ name, ...call });

    const found = await world.found();
    expect(found).toHaveLength(count);
    if (count > 0) expect(found[0]).toMatchObject({ associable: [configurationArn('1')] });
  });

  describe('an association', () => {
    const change = {
      resourceArn: anInstance().arn,
      added: [configurationArn('1')],
      removed: [] as readonly string[],
    };
    const hear = (world: ReturnType<typeof watchWorld>, by: string, association = change) =>
      world.hear({
        name: 'UpdateLicenseSpecificationsForResource',
        association,
        principal: { arn: by, name: 'x' },
      });
    const session = (name: string) => `arn:aws:sts::1:assumed-role/quartermaster-launch/${name}`;
    const known = () =>
      watchWorld(aShard({ instances: [anInstance({ licenseConfigurationArns: [] })] }));

    it('is a follow-up, once for each event', async () => {
      const world = known();

      await hear(world, JANE.arn);
      await hear(world, JANE.arn);
      await world.hear({ name: 'UpdateLicenseSpecificationsForResource' });

      expect(await world.found()).toMatchObject([
        { cause: 'instance-association', taken: [{ licenses: 8 }] },
      ]);
    });

    it('is nobody’s news where no such resource is known', async () => {
      const world = watchWorld();

      await hear(world, JANE.arn);

      expect(await world.found()).toEqual([]);
    });

    it('that a follow-up or a request of ours asked for is none', async () => {
      const world = known();
      const action = { do: 'associate', configurationArn: configurationArn('1') } as const;
      const decisions = [{ action, by: 'UAPPROVER', at: NOW, policyHash: 'x', key: 'k' }];
      await world.table.commit({
        request: aRequest({ status: 'launching' }),
        ledgers: [],
        quotas: [],
        followUps: [anUnrequested({ status: 'associating', decisions })],
        audit: [],
        outbox: null,
        notAfter: null,
      });

      await hear(world, session('fol-0000000000000001'));
      await hear(world, session('req-0000000001'));

      expect(await world.found()).toEqual([]);
    });

    it.each([
      ['another role', `arn:aws:sts::1:assumed-role/Admin/fol-0000000000000001`, change],
      ['a follow-up that is not there', session('fol-000000000000000f'), change],
      [
        'more than was asked for',
        session('fol-0000000000000001'),
        { ...change, added: [configurationArn('2')] },
      ],
      [
        'a dissociation',
        session('fol-0000000000000001'),
        { ...change, added: [], removed: [configurationArn('1')] },
      ],
    ])('by %s is one', async (_what, by, association) => {
      const world = known();
      const action = { do: 'associate', configurationArn: configurationArn('1') } as const;
      await world.table.commit({
        request: null,
        ledgers: [],
        quotas: [],
        followUps: [
          anUnrequested({
            status: 'associating',
            decisions: [{ action, by: 'UAPPROVER', at: NOW, policyHash: 'x', key: 'k' }],
          }),
        ],
        audit: [],
        outbox: null,
        notAfter: null,
      });

      await hear(world, by, association);

      expect(await world.found()).toMatchObject([{ cause: 'instance-association' }]);
    });
  });
});

describe('the reconcile', () => {
  it('reports nothing of what ran before it looked first', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance()];
    await world.collected({ instances: [anInstance()] });

    await world.reconcile();

    expect(await world.found()).toEqual([]);
  });

  it('finds once what began since then, although every event was lost', async () => {
    const world = watchWorld();
    await world.collected({});
    await world.reconcile();
    world.wait(5 * MINUTE_MS);
    const launchedAt = later(NOW, 4 * MINUTE_MS);
    world.ec2.instances = [anInstance({ launchedAt })];
    world.ec2.hosts = [aHost({ allocatedAt: launchedAt })];
    const stopped = { ...second, state: 'stopped' as const, launchedAt };
    await world.collected({
      instances: [anInstance({ launchedAt }), stopped],
      hosts: [aHost({ allocatedAt: launchedAt }), aHost({ hostId: 'h-0000000000000000b' })],
    });

    await world.reconcile();
    await world.reconcile();

    expect(await world.found()).toMatchObject([
      { cause: 'launch', principal: null },
      { cause: 'host-allocation', principal: null },
    ]);
  });

  it('settles what has ended although the event was lost', async () => {
    const world = watchWorld();
    world.ec2.instances = [anInstance()];
    await world.see();
    world.ec2.instances = [];

    await world.reconcile();

    expect(await world.found()).toMatchObject([{ status: 'gone' }]);
  });
});
