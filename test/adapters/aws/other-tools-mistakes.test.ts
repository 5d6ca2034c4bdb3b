import * as ec2 from '@aws-sdk/client-ec2';
import { afterEach, describe, expect, it } from 'vitest';
import { ec2Source } from '#adapters/aws/ec2-source.ts';
import { SCOPE } from './paged-list.ts';
import { scriptedAws } from './scripted-aws.ts';

const aws = scriptedAws();
afterEach(aws.close);

const reservation = (...ids: readonly string[]): ec2.Reservation => ({
  Instances: ids.map((InstanceId) => ({
    InstanceId,
    InstanceType: 'm5.large',
    ImageId: 'ami-1',
    State: { Name: 'running' },
    LaunchTime: new Date(0),
  })),
});

/** Two reservations on the first page, one on the second; `asked` is what came for each page. */
async function instancesInPages() {
  const asked: ec2.DescribeInstancesRequest[] = [];
  const page = (input: ec2.DescribeInstancesRequest) => {
    asked.push(input);
    return input.NextToken === undefined
      ? { Reservations: [reservation('i-0', 'i-1'), reservation('i-2')], NextToken: 'more' }
      : { Reservations: [reservation('i-3')] };
  };
  const settings = await aws.serving(ec2, { DescribeInstances: page });
  const found = await ec2Source(() => new ec2.EC2Client(settings)).instances(SCOPE);
  return { ids: found.map(({ instanceId }) => instanceId), asked };
}

describe('mistakes of the samples for License Manager and Dedicated Hosts, in reading', () => {
  it('only the first reservation is looked at (update_license_specifications_for_all_ec2, 53)', async () => {
    const { ids } = await instancesInPages();

    expect(ids.slice(0, 3)).toEqual(['i-0', 'i-1', 'i-2']);
  });

  it('only the first page is read (cost_allocator.py, 45, 75; license tracker, 130, 303)', async () => {
    const { ids } = await instancesInPages();

    expect(ids).toContain('i-3');
  });

  it('a page is added to itself (DedicatedHostSelector.cs, 283)', async () => {
    const { ids } = await instancesInPages();

    expect(ids).toHaveLength(new Set(ids).size);
  });

  it('the second page is asked with another filter (license consumption sample)', async () => {
    const { asked } = await instancesInPages();
    const [first, second] = asked.map(({ NextToken: _, ...rest }) => rest);

    expect(asked).toHaveLength(2);
    expect(second).toEqual(first);
  });
});
