import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { expectCaughtUp } from './caught-up.ts';
import { APPROVALS, instancesOf, pendingRequest, requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, wordsOf } from './sandbox-state.ts';

const flow = await openSandbox();
const { client, sandbox } = flow;
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

const ERP = { account: '222233334444', region: 'us-east-1' };
const IN_ERP = { account: 'erp-production', region: 'us-east-1' };
const ENTERPRISE = 'SQL Server Enterprise per core (Dedicated Hosts)';
const STANDARD = 'SQL Server Standard per vCPU (License Mobility)';

const Placed = z.object({
  Reservations: z.array(
    z.object({
      Instances: z.array(
        z.object({ Placement: z.object({ HostId: z.string(), Tenancy: z.string() }) }),
      ),
    }),
  ),
});

/** The pool of that name in erp-production, as the product keeps it. */
async function ledger(pool: string) {
  const found = (await records.ledgers()).find(
    ({ name, account, region }) =>
      name === pool && account === ERP.account && region === ERP.region,
  );
  if (found === undefined) throw new Error(`No ledger of ${pool}`);
  return found;
}

describe('a launch on a Dedicated Host', () => {
  it('takes no license where the host is licensed already, although the pool is full', async () => {
    const before = await ledger(ENTERPRISE);
    expect(before).toMatchObject({ hardLimit: true, consumed: before.limit });

    const { id, approvers, requester } = await pendingRequest(client, {
      ...IN_ERP,
      pool: ENTERPRISE,
      launch_template: 'erp-sql-enterprise-host',
    });
    const words = wordsOf(requester.blocks);
    expect(words).toContain(`0 cores of ${ENTERPRISE}: 160 → 160 of 160 cores in use or held`);
    const [, hostId = ''] = /on (h-[0-9a-f]+)/.exec(words) ?? [];
    await client.click('approver', 'approve', approvers, APPROVALS);
    const state = await client.advance('PT3M');

    expect(requestIn(state, id).status).toBe('confirmed');
    const InstanceIds = await instancesOf(client, id, ERP);
    expect(InstanceIds).toEqual(requestIn(state, id).instance_ids);
    const output = await client.aws('ec2', 'DescribeInstances', { InstanceIds }, ERP);
    const placed = Placed.parse(output).Reservations.flatMap(({ Instances }) => Instances);
    expect(placed).toEqual([{ Placement: { HostId: hostId, Tenancy: 'host' } }]);
    expect(await ledger(ENTERPRISE)).toMatchObject({ consumed: 160, held: 0, holds: [] });
    await expectCaughtUp(flow);
  });
});

describe('a hard limit that somebody lowers between request and approval', () => {
  it('refuses the launch: it failed, nothing runs, the licenses are free, the card says why', async () => {
    const { id, approvers } = await pendingRequest(client, { ...IN_ERP, pool: STANDARD });
    const { configurationArn: LicenseConfigurationArn, consumed } = await ledger(STANDARD);
    const lowered = {
      LicenseConfigurationArn,
      LicenseCount: consumed,
      LicenseCountHardLimit: true,
    };
    await client.aws('license-manager', 'UpdateLicenseConfiguration', lowered, ERP);

    const state = await client.click('approver', 'approve', approvers, APPROVALS);

    expect(requestIn(state, id)).toMatchObject({
      status: 'failed',
      instance_ids: [],
      decisions: [{ kind: 'approve' }],
    });
    for (const { text, blocks } of Object.values(cardsOf(state, id))) {
      expect(text).toMatch(/⚠️ Approved by <@U0APPROVE1>, .* · launch failed: \S+ .*[Ll]icense/);
      expect(JSON.stringify(blocks)).not.toContain('"approve"');
    }
    expect(await instancesOf(client, id, ERP)).toEqual([]);
    expect(await ledger(STANDARD)).toMatchObject({ held: 0, holds: [], consumed });
    await expectCaughtUp(flow);
  });

  it('is known to the next request after the next collection, which waits', async () => {
    await client.advance('PT6M');
    const { id, requester } = await pendingRequest(client, { ...IN_ERP, pool: STANDARD });

    expect(wordsOf(requester.blocks)).toContain('in line for licenses to become free');
    expect((await ledger(STANDARD)).waiting).toEqual([id]);
  });
});
