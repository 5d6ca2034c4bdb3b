import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, channelOf, type LaunchRequest, toldAbout, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox();
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

const SQL_STANDARD = 'SQL Server Standard per vCPU (License Mobility)';
const DATA_PLATFORM = { account: '333344445555', region: 'eu-west-1' };

const Instances = z.object({
  Reservations: z.array(
    z.object({
      Instances: z.array(
        z.object({
          InstanceId: z.string(),
          InstanceType: z.string(),
          State: z.object({ Name: z.string() }),
          Licenses: z.array(z.object({ LicenseConfigurationArn: z.string() })),
          Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
        }),
      ),
    }),
  ),
});
const Configurations = z.object({
  LicenseConfigurations: z.array(
    z.object({
      LicenseConfigurationArn: z.string(),
      Name: z.string(),
      ConsumedLicenses: z.number(),
    }),
  ),
});

let submitted: LaunchRequest;
let before: number;

/** License Manager's own record of the pool. */
async function configuration() {
  const output = await client.aws(
    'license-manager',
    'ListLicenseConfigurations',
    {},
    DATA_PLATFORM,
  );
  const found = Configurations.parse(output).LicenseConfigurations.find(
    ({ Name }) => Name === SQL_STANDARD,
  );
  if (found === undefined) throw new Error(`No ${SQL_STANDARD}`);
  return found;
}

/** The pool's ledger, as the product keeps it. */
async function ledger() {
  const { LicenseConfigurationArn } = await configuration();
  const all = await records.ledgers();
  return all.find(({ configurationArn }) => configurationArn === LicenseConfigurationArn);
}

describe('the main job', () => {
  it('begins with what is left: /license usage shows the pools of the company', async () => {
    const state = await client.command('requester', '/license usage');

    const answer = channelOf(state, 'licenses').at(-1);
    expect(answer).toMatchObject({ ephemeral_to: 'U0REQUEST1' });
    expect(answer?.text).toMatch(
      /^\d+ license pools, 2 over the limit, \d+ products short by the vendor’s terms\. /,
    );
    const words = wordsOf(answer?.blocks);
    expect(words).toContain('Oracle WebLogic Suite per vCPU');
    expect(words).toContain('Source: AWS License Manager and EC2');
    expect(words).not.toContain('Missing or old');
  });

  it('takes the first options of the form, and shows the verdict, its reasons and alternatives', async () => {
    before = (await configuration()).ConsumedLicenses;

    const { request, state } = await client.request('requester');

    if (request === null) throw new Error('Nothing was requested');
    submitted = request;
    expect(request).toMatchObject({ status: 'pending', generation: 1, decisions: [] });
    for (const { text, blocks } of Object.values(cardsOf(state, submitted.id))) {
      expect(text).toContain('1 × r6i.xlarge for SQL Server Standard');
      const words = wordsOf(blocks);
      expect(words).toContain(`${before} → ${before + 4} of 256 vCPUs in use or held`);
      expect(words).toContain('Quarter end reporting');
      expect(words).toContain('Why it needs an approval Policy asks for an approval.');
      expect(words).toContain(
        'This would pass Fewer cores: 1 × r6i.xlarge with 2 cores, 1 thread per core takes 2 licenses',
      );
    }
    expect(await ledger()).toMatchObject({ held: 4, holds: [{ firm: false }] });
  });

  it('waits for an approver on their Home, and on nobody else’s', async () => {
    const approver = wordsOf((await client.home('approver'))?.blocks);
    const requester = wordsOf((await client.home('requester'))?.blocks);

    expect(approver).toMatch(new RegExp(`Waiting for you .*${submitted.id}.* Your requests`));
    expect(requester).toContain('Nothing waits for your decision.');
    expect(requester).toMatch(new RegExp(`Your requests .*${submitted.id}`));
  });

  it('is approved by a click: the instance runs in EC2, tagged and under its license', async () => {
    const card = cardsOf(await client.state(), submitted.id).approvers;

    const state = await client.click('approver', 'approve', card, 'license-approvals');

    const [request] = state.requests;
    await client.advance('PT5S'); // EC2 shows a new instance after a moment
    expect(request).toMatchObject({ status: 'launched', decisions: [{ by: 'U0APPROVE1' }] });
    const output = await client.aws(
      'ec2',
      'DescribeInstances',
      { InstanceIds: request?.instance_ids },
      DATA_PLATFORM,
    );
    const instances = Instances.parse(output).Reservations.flatMap((one) => one.Instances);
    expect(instances).toHaveLength(1);
    expect(instances[0]).toMatchObject({ InstanceType: 'r6i.xlarge' });
    expect(instances[0]?.Licenses).toEqual([
      { LicenseConfigurationArn: (await configuration()).LicenseConfigurationArn },
    ]);
    expect(instances[0]?.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'quartermaster:request', Value: submitted.id },
        { Key: 'quartermaster:requested-by', Value: 'U0REQUEST1' },
      ]),
    );
    for (const { text, edited } of Object.values(cardsOf(state, submitted.id))) {
      expect(text).toMatch(/🚀 Approved by <@U0APPROVE1>, .* · launched i-[0-9a-f]+$/);
      expect(edited).not.toBeNull();
    }
    expect(toldAbout(submitted.id, state, 'U0APPROVE1')).toEqual([
      'You approved this request. Its card shows how the launch goes on.',
    ]);
    expect(await ledger()).toMatchObject({ held: 4, holds: [{ firm: true }], consumed: before });
  });

  it('tells the second approver and the second click what happened, and decides nothing twice', async () => {
    const stale = cardsOf(await client.state(), submitted.id).approvers;
    await client.click('approver2', 'approve', stale, 'license-approvals');
    const state = await client.click('approver', 'approve', stale, 'license-approvals');

    expect(toldAbout(submitted.id, state, 'U0APPROVE2')).toEqual([
      'This request is already launched; decided by <@U0APPROVE1>. Your approval was not recorded.',
    ]);
    expect(toldAbout(submitted.id, state, 'U0APPROVE1').at(-1)).toBe(
      'You had already done that: the request is launched.',
    );
    expect(state.requests[0]?.decisions).toHaveLength(1);
  });

  it('is confirmed when License Manager counts it: consumption up, hold gone', async () => {
    const state = await client.advance('PT2M');

    expect((await configuration()).ConsumedLicenses).toBe(before + 4);
    expect(state.requests[0]).toMatchObject({ status: 'confirmed' });
    for (const { text, blocks } of Object.values(cardsOf(state, submitted.id))) {
      expect(text).toMatch(/ · launched i-[0-9a-f]+ · confirmed by License Manager$/);
      expect(JSON.stringify(blocks)).not.toContain('"button"');
    }
    expect(await ledger()).toMatchObject({ held: 0, holds: [], consumed: before + 4 });
    expect(state.queues).toEqual({ decisions: 0, jobs: 0, dead: 0 });
    expect(await records.unsent()).toEqual([]);
  });

  it('is there to be looked up: history, requests, and an unbroken audit', async () => {
    await client.command('requester', `/license history ${submitted.id}`);
    const state = await client.command('requester', '/license requests');

    const [history, requests] = channelOf(state, 'licenses')
      .filter(({ text }) => !text.startsWith('Looking'))
      .slice(-2);
    expect(wordsOf(history?.blocks)).toMatch(
      /asked for it.*approved.*began the launch.*launched 1 instance.*found it listed/,
    );
    expect(requests?.text).toMatch(/^You have 1 request\. .* confirmed by License Manager$/);
    const trail = await records.auditTrail(`request/${submitted.id}`);
    expect(trail.map(({ event }) => event)).toEqual([
      'request.submitted',
      'request.approved',
      'request.launching',
      'request.launched',
      'approve.refused',
      'approve.repeated',
      'request.confirmed',
    ]);
    const pool = await records.auditTrail(`pool/${(await ledger())?.poolId}`);
    expect(pool.map(({ event, details }) => [event, details['held']])).toEqual([
      ['figures.changed', 0],
      ['hold.placed', 4],
      ['hold.changed', 4],
      ['figures.changed', 0],
    ]);
  });
});
