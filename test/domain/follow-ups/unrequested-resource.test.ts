import { describe, expect, it } from 'vitest';
import {
  allocationUse,
  associationUse,
  copyUse,
  releaseUse,
} from '#domain/follow-ups/unrequested-resource.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  anInstance,
  aShard,
  aUsage,
  configurationArn,
  NOW,
  poolId,
  REGION,
} from '../../builders.ts';

const ONE = configurationArn('1');
const TWO = configurationArn('2');
const configurations = [aConfiguration(), aConfiguration({ digit: '2' })];
const changed = { id: 'fol-0000000000000001', principal: null, at: NOW };
const arn = (kind: string, id: string) => `arn:aws:ec2:${REGION}:${ACCOUNT}:${kind}/${id}`;

describe('a Dedicated Host', () => {
  it('that was allocated takes nothing yet of what it is associated with', () => {
    const host = aHost({ licenseConfigurationArns: [ONE], allocatedAt: NOW });

    expect(allocationUse(host, { ...changed, shard: aShard() })).toMatchObject({
      cause: 'host-allocation',
      resources: [{ id: host.hostId, arn: host.arn, type: 'r6i' }],
      taken: [{ poolId: poolId('1'), licenses: 0 }],
      at: NOW,
    });
  });

  it('without a time of allocation has been there always', () => {
    const host = aHost({ instanceType: 'r6i.2xlarge' });

    expect(allocationUse(host, { ...changed, shard: aShard() })).toMatchObject({
      at: new Date(0),
      resources: [{ type: 'r6i.2xlarge' }],
    });
  });

  it('that was given back frees what License Manager listed for it', () => {
    const host = aHost();
    const usage = [
      aUsage({ resourceId: host.hostId, resourceType: 'EC2_HOST', consumed: 64 }),
      aUsage({ consumed: 8 }),
    ];

    expect(releaseUse(host, { ...changed, shard: aShard({ usage }) })).toMatchObject({
      cause: 'host-release',
      taken: [{ poolId: poolId('1'), licenses: -64 }],
    });
  });
});

describe('a copy of an image', () => {
  it('offers what it lost', () => {
    const image = 'ami-0000000000000000b';

    expect(copyUse(image, [ONE], { ...changed, shard: aShard() })).toMatchObject({
      cause: 'image-association',
      resources: [{ id: image, arn: `arn:aws:ec2:${REGION}::image/${image}`, name: null }],
      taken: [{ poolId: poolId('1'), licenses: 0 }],
      associable: [ONE],
    });
  });
});

describe('a change of associations', () => {
  const instance = anInstance();
  const shard = aShard({ configurations, instances: [instance] });
  const change = (resourceArn: string, added: readonly string[], removed: readonly string[]) =>
    associationUse({ resourceArn, added, removed }, { ...changed, shard });

  it('of a running instance takes and frees what the counts say', () => {
    expect(change(instance.arn, [TWO], [ONE])).toMatchObject({
      cause: 'instance-association',
      taken: [
        { poolId: poolId('2'), licenses: 8 },
        { poolId: poolId('1'), licenses: -8 },
      ],
      associable: [ONE],
    });
  });

  it('is the same, whether the snapshot was taken before or after', () => {
    const then = { ...instance, licenseConfigurationArns: [TWO] };
    const later = { ...changed, shard: { ...shard, instances: [then] } };
    const event = { resourceArn: instance.arn, added: [TWO], removed: [ONE] };

    expect(associationUse(event, later)?.taken).toEqual(change(instance.arn, [TWO], [ONE])?.taken);
  });

  it('of a host takes its cores where something runs there', () => {
    const host = aHost();
    const on = anInstance({ hostId: host.hostId, licenseConfigurationArns: [] });
    const core = aConfiguration({ digit: '2', countingType: 'Core' });
    const hosted = aShard({ configurations: [core], hosts: [host], instances: [on] });

    expect(
      associationUse(
        { resourceArn: host.arn, added: [TWO], removed: [] },
        { ...changed, shard: hosted },
      ),
    ).toMatchObject({
      cause: 'host-association',
      taken: [{ poolId: poolId('2'), licenses: 64 }],
      associable: [],
    });
  });

  it('of an image takes nothing now', () => {
    const image = `arn:aws:ec2:${REGION}::image/ami-0000000000000000a`;

    expect(change(image, [], [ONE])).toMatchObject({
      cause: 'image-association',
      resources: [{ id: 'ami-0000000000000000a', name: 'windows-2022-sql-2022' }],
      taken: [{ poolId: poolId('1'), licenses: 0 }],
    });
  });

  it.each([
    ['an instance that nobody knows', arn('instance', 'i-0000000000000000f')],
    ['a host that nobody knows', arn('dedicated-host', 'h-0000000000000000f')],
    ['something else', `arn:aws:rds:${REGION}:${ACCOUNT}:db:erp`],
  ])('of %s is nothing', (_what, resourceArn) => {
    expect(change(resourceArn, [ONE], [])).toBeNull();
  });
});
