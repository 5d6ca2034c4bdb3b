import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ChangeTarget } from '#domain/launch/change-plan.ts';
import { approve, instancesBy, submitChoice } from './operations.ts';
import { requestIn } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { type LaunchRequest, messagesIn, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox();
afterAll(() => sandbox.close());

const PLACE = { account: '222233334444', region: 'us-east-1' };

const Hosts = z.object({
  Hosts: z.array(
    z.object({
      HostId: z.string(),
      State: z.string(),
      Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
    }),
  ),
});

async function hostsOf({ id }: Pick<LaunchRequest, 'id'>) {
  const { Hosts: hosts } = Hosts.parse(await client.aws('ec2', 'DescribeHosts', {}, PLACE));
  return hosts.filter(({ Tags }) => Tags.some(({ Value }) => Value === id));
}

/** Asked for, and shown to those who decide. */
async function submit(target: ChangeTarget): Promise<LaunchRequest> {
  const request = await submitChoice(client, { ...PLACE, target });
  await client.advance('PT1M');
  return request;
}

const status = async ({ id }: LaunchRequest) => requestIn(await client.state(), id).status;

describe('a change of what is there is a request', () => {
  let hostId = '';

  it('to allocate a host: approved, done once, confirmed, and nobody’s follow-up', async () => {
    const request = await submit({
      operation: 'allocate-host',
      instanceFamily: 'm5',
      availabilityZone: 'us-east-1a',
      hostRecovery: false,
    });
    expect(request.status).toBe('pending');
    expect(await hostsOf(request)).toEqual([]);

    await approve(client, request);
    await client.advance('PT6M');

    expect(await status(request)).toBe('confirmed');
    const [host, ...others] = await hostsOf(request);
    expect(others).toEqual([]);
    expect(host?.State).toBe('available');
    hostId = host?.HostId ?? '';
    await client.advance('PT20M');
    const said = messagesIn(await client.state()).map(({ blocks }) => wordsOf(blocks));
    expect(said.filter((words) => words.includes(hostId))).toHaveLength(2);
  });

  it('to release it: it is empty, so it goes', async () => {
    const request = await submit({ operation: 'release-host', hostId });
    await approve(client, request);
    await client.advance('PT6M');

    expect(await status(request)).toBe('confirmed');
  });

  it('to stop an instance: it ends stopped', async () => {
    const [running] = await instancesBy(client, PLACE, 'instance-state-name', 'running');
    const instanceId = running?.InstanceId ?? '';
    const request = await submit({ operation: 'stop', instanceId });
    await approve(client, request);
    await client.advance('PT6M');

    expect(await status(request)).toBe('confirmed');
    const [stopped] = await instancesBy(client, PLACE, 'instance-id', instanceId);
    expect(stopped?.State.Name).toBe('stopped');
  });
});
