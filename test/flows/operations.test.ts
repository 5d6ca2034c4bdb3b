import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import { approve, instancesBy, type Place, submitChoice } from './operations.ts';
import { requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, type LaunchRequest, messagesIn, type State, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox();
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

const DATA_PLATFORM = { account: '333344445555', region: 'eu-west-1' };
const STANDARD = 'SQL Server Standard per vCPU (License Mobility)';
const MINUTE_MS = 60_000;
const NO_ROOM = {
  service: 'ec2',
  operation: 'StartInstances',
  effect: 'error',
  code: 'InsufficientInstanceCapacity',
} as const;

const Created = z.object({
  Policy: z.object({ PolicySummary: z.object({ Id: z.string() }) }),
});

/** The pool of that name there, as the product keeps it. */
async function ledgerIn({ account, region }: Place, pool = STANDARD) {
  const found = (await records.ledgers()).find(
    (one) => one.name === pool && one.account === account && one.region === region,
  );
  if (found === undefined) throw new Error(`No ledger of ${pool}`);
  return found;
}

/** An instance there of this state and type, under the pool's licenses and no others. */
async function someInstance(place: Place, state: string, type: string): Promise<string> {
  const { configurationArn } = await ledgerIn(place);
  const found = (await instancesBy(client, place, 'instance-state-name', state)).find(
    ({ InstanceType, Licenses: [first, ...others] }) =>
      InstanceType === type &&
      first?.LicenseConfigurationArn === configurationArn &&
      others.length === 0,
  );
  if (found === undefined) throw new Error(`No ${state} ${type}`);
  return found.InstanceId;
}

/** Somebody stops an instance, and the product gets to know of it. */
async function stopped(place: Place): Promise<string> {
  const instanceId = await someInstance(place, 'running', 'r6i.xlarge');
  await client.aws('ec2', 'StopInstances', { InstanceIds: [instanceId] }, place);
  await client.advance('PT6M');
  return instanceId;
}

/** The organization denies an account to use license configurations for this. */
async function deny(Action: string, TargetId: string): Promise<void> {
  const Resource = 'arn:aws:license-manager:*:*:license-configuration:*';
  const Statement = { Effect: 'Deny', Action, Resource };
  const created = await client.aws('organizations', 'CreatePolicy', {
    Content: JSON.stringify({ Version: '2012-10-17', Statement }),
    Name: 'no licensed starts',
    Description: '',
    Type: 'SERVICE_CONTROL_POLICY',
  });
  const { Policy } = Created.parse(created);
  await client.aws('organizations', 'AttachPolicy', {
    PolicyId: Policy.PolicySummary.Id,
    TargetId,
  });
}

async function seen(place: Place, instanceId: string) {
  const [found] = await instancesBy(client, place, 'instance-id', instanceId);
  return { type: found?.InstanceType, state: found?.State.Name };
}

async function choiceOf(
  place: Place,
  target: MachineChoice['target'],
  changes: Partial<MachineChoice> = {},
): Promise<MachineChoice> {
  return {
    ...place,
    poolId: (await ledgerIn(place)).poolId,
    otherPoolIds: [],
    target,
    instanceType: 'r6i.xlarge',
    count: 1,
    cores: null,
    threadsPerCore: null,
    hostId: null,
    until: null,
    ...changes,
  };
}

const status = async ({ id }: LaunchRequest) => requestIn(await client.state(), id).status;

describe('starting a stopped licensed instance', () => {
  let instanceId: string;
  let request: LaunchRequest;
  let before: number;
  const told = (state: State) =>
    messagesIn(state).filter(({ text }) => text.includes('What you launched'));

  it('holds its licenses and asks', async () => {
    instanceId = await stopped(DATA_PLATFORM);
    before = (await ledgerIn(DATA_PLATFORM)).consumed ?? 0;
    const until = new Date(Date.parse((await client.state()).clock) + 30 * MINUTE_MS);

    request = await submitChoice(
      client,
      await choiceOf(DATA_PLATFORM, { operation: 'start', instanceId }, { until }),
    );

    expect(request).toMatchObject({ status: 'pending', instance_ids: [] });
    expect(await ledgerIn(DATA_PLATFORM)).toMatchObject({ held: 4 });
    expect((await seen(DATA_PLATFORM, instanceId)).state).toBe('stopped');
  });

  it('starts it as it is when that is approved, and is confirmed', async () => {
    await approve(client, request);
    expect(await status(request)).toBe('launched');

    expect(told(await client.advance('PT6M'))).toEqual([]);

    expect(await status(request)).toBe('confirmed');
    expect(await seen(DATA_PLATFORM, instanceId)).toEqual({ type: 'r6i.xlarge', state: 'running' });
    expect(await ledgerIn(DATA_PLATFORM)).toMatchObject({ held: 0 });
  });

  it('warns whom it is for before it ends', async () => {
    const state = await client.advance('PT11M');

    expect(told(state).map(({ text }) => text)).toEqual([
      expect.stringContaining('will be stopped on'),
    ]);
    expect((await seen(DATA_PLATFORM, instanceId)).state).toBe('running');
  });

  it('is stopped when its end comes, and its licenses are free again', async () => {
    await client.advance('PT15M');
    const state = await client.advance('PT6M');

    expect((await seen(DATA_PLATFORM, instanceId)).state).toBe('stopped');
    expect(told(state).at(-1)?.text).toContain('was stopped');
    expect(await ledgerIn(DATA_PLATFORM)).toMatchObject({ held: 0, consumed: before });
  });
});

describe('resizing a running instance', () => {
  it('holds what it takes more, stops, changes and starts it, and is confirmed', async () => {
    const instanceId = await someInstance(DATA_PLATFORM, 'running', 'r6i.xlarge');
    const before = await ledgerIn(DATA_PLATFORM);
    const bigger = { instanceType: 'r6i.2xlarge' };

    const request = await submitChoice(
      client,
      await choiceOf(DATA_PLATFORM, { operation: 'resize', instanceId }, bigger),
    );
    expect(await ledgerIn(DATA_PLATFORM)).toMatchObject({ held: 4 });
    await approve(client, request);
    expect(await status(request)).toBe('launching');
    await client.advance('PT2M');

    expect(await seen(DATA_PLATFORM, instanceId)).toEqual({
      type: 'r6i.2xlarge',
      state: 'running',
    });
    await client.advance('PT6M');
    expect(await status(request)).toBe('confirmed');
    expect(await ledgerIn(DATA_PLATFORM)).toMatchObject({
      held: 0,
      consumed: before.consumed + 4,
    });
  });

  it('that AWS refuses half-way runs again at its old size, and the card says what to do', async () => {
    const instanceId = await someInstance(DATA_PLATFORM, 'running', 'r6i.xlarge');
    const before = await ledgerIn(DATA_PLATFORM);
    const request = await submitChoice(
      client,
      await choiceOf(
        DATA_PLATFORM,
        { operation: 'resize', instanceId },
        { instanceType: 'r6i.2xlarge' },
      ),
    );
    // The SDK tries once more by itself.
    await client.faults({ ...NO_ROOM, nth: 1 }, { ...NO_ROOM, nth: 2 });
    await approve(client, request);
    const state = await client.advance('PT3M');

    expect(await status(request)).toBe('failed');
    await client.advance('PT1M');
    expect(await seen(DATA_PLATFORM, instanceId)).toEqual({ type: 'r6i.xlarge', state: 'running' });
    expect(wordsOf(cardsOf(state, request.id).requester.blocks)).toContain(
      'Choose another Availability Zone or instance type, or try later.',
    );
    expect(await ledgerIn(DATA_PLATFORM)).toMatchObject({ held: 0, consumed: before.consumed });
    await client.faults();
  });
});

describe('what changed after it was approved', () => {
  it('is found before anything is started, and explained', async () => {
    const instanceId = await stopped(DATA_PLATFORM);
    const request = await submitChoice(
      client,
      await choiceOf(DATA_PLATFORM, { operation: 'start', instanceId }),
    );
    await client.aws('ec2', 'StartInstances', { InstanceIds: [instanceId] }, DATA_PLATFORM);
    const state = await approve(client, request);

    expect(requestIn(state, request.id).status).toBe('failed');
    expect(wordsOf(cardsOf(state, request.id).requester.blocks)).toContain(
      'The instance is not as it was approved: ask again for it as it is now.',
    );
    expect(await ledgerIn(DATA_PLATFORM)).toMatchObject({ held: 0 });
  });
});

describe('a start that may not use its license configuration', () => {
  it('is explained: by which permission, on which configuration', async () => {
    const instanceId = await stopped(DATA_PLATFORM);
    const { configurationArn } = await ledgerIn(DATA_PLATFORM);
    const request = await submitChoice(
      client,
      await choiceOf(DATA_PLATFORM, { operation: 'start', instanceId }),
    );
    await deny('ec2:StartInstances', DATA_PLATFORM.account);
    const state = await approve(client, request);

    expect(requestIn(state, request.id).status).toBe('failed');
    const words = wordsOf(cardsOf(state, request.id).requester.blocks);
    expect(words).toContain(
      `A statement denies the launch role ec2:StartInstances on ${configurationArn}`,
    );
    expect(words).not.toContain('Encoded');
  });
});
