import {
  DescribeInstanceInformationCommand,
  type DescribeInstanceInformationRequest,
  paginateDescribeInstanceInformation,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { become, launch } from '../license-manager/small-cloud.ts';
import { SERVER, ssmWorld } from './ssm-world.ts';

const ssm = ssmWorld();

const nodes = async (input: DescribeInstanceInformationRequest = {}) => {
  const { InstanceInformationList = [] } = await ssm.client.send(
    new DescribeInstanceInformationCommand(input),
  );
  return InstanceInformationList.map(({ InstanceId }) => InstanceId);
};

describe('DescribeInstanceInformation', () => {
  it('leaves out instances that do not run, and keeps servers that are out of reach', async () => {
    const running = ssm.managed(ssm.instance());
    const stopped = launch(ssm.cloud, ssm.state, []);
    ssm.managed(stopped.InstanceId ?? '');
    become(ssm.cloud, ssm.state, stopped, 'stopped');
    ssm.managed(SERVER);

    expect(await nodes()).toEqual([running, SERVER]);
  });

  it.each([
    [{ Key: 'PingStatus', Values: ['ConnectionLost'] }, [SERVER]],
    [{ Key: 'PlatformTypes', Values: ['Linux', 'MacOS'] }, [SERVER]],
    [{ Key: 'ResourceType', Values: ['ManagedInstance'] }, [SERVER]],
    [{ Key: 'InstanceIds', Values: [SERVER, 'i-00000000000000fff'] }, [SERVER]],
    [{ Key: 'InstanceIds', Values: ['i-00000000000000fff'] }, []],
    [{ Key: 'tag:team', Values: ['erp'] }, ['instance']],
    [{ Key: 'tag-key', Values: ['team'] }, ['instance']],
    [{ Key: 'tag:team', Values: ['data'] }, []],
  ])('filters by %o', async (filter, expected) => {
    const id = ssm.managed(ssm.instance());
    ssm.managed(SERVER);

    const found = await nodes({ Filters: [filter] });

    expect(found).toEqual(expected.map((name) => (name === 'instance' ? id : name)));
  });

  it('takes the legacy filters, but not both kinds, nor tags with others', async () => {
    ssm.managed(SERVER);
    const legacy = { key: 'PlatformTypes', valueSet: ['Linux'] } as const;
    const current = { Key: 'PlatformTypes', Values: ['Linux'] };

    expect(
      await nodes({ InstanceInformationFilterList: [{ ...legacy, valueSet: ['Linux'] }] }),
    ).toEqual([SERVER]);
    await expect(
      nodes({
        InstanceInformationFilterList: [{ ...legacy, valueSet: ['Linux'] }],
        Filters: [current],
      }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      nodes({ Filters: [current, { Key: 'tag:team', Values: ['erp'] }] }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('gives ten a page unless asked for 5 to 50', async () => {
    for (let count = 0; count < 12; count += 1) ssm.managed(ssm.instance());

    expect(await nodes()).toHaveLength(10);
    expect(await nodes({ MaxResults: 50 })).toHaveLength(12);
    for (const MaxResults of [4, 51]) {
      await expect(nodes({ MaxResults })).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });

  it('is paged through completely by the SDK', async () => {
    for (let count = 0; count < 12; count += 1) ssm.managed(ssm.instance());
    const seen = new Set<string | undefined>();

    for await (const page of paginateDescribeInstanceInformation(
      { client: ssm.client, pageSize: 5 },
      {},
    )) {
      for (const node of page.InstanceInformationList ?? []) seen.add(node.InstanceId);
    }

    expect(seen.size).toBe(12);
  });
});
