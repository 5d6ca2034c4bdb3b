import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { APPROVALS, HUB, instancesOf, pendingRequest, requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, toldAbout } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

const Created = z.object({ LicenseConfigurationArn: z.string() });

/** A pool of eight vCPUs that nothing draws on yet. */
async function newPool(name: string): Promise<string> {
  const { LicenseConfigurationArn } = Created.parse(
    await client.aws('license-manager', 'CreateLicenseConfiguration', {
      Name: `SQL Server Standard per vCPU (${name})`,
      LicenseCountingType: 'vCPU',
      LicenseCount: 8,
      LicenseCountHardLimit: true,
    }),
  );
  await client.advance('PT5M');
  return LicenseConfigurationArn;
}

async function heldIn(arn: string): Promise<number | undefined> {
  return (await records.ledgers()).find(({ configurationArn }) => configurationArn === arn)?.held;
}

describe('a pool that is deleted with holds on it', () => {
  it('launches nothing more, says so, and gives back what was held (T12)', async () => {
    const LicenseConfigurationArn = await newPool('short-lived');
    const { id, approvers, requester } = await pendingRequest(client, {
      ...HUB,
      pool: 'short-lived',
    });
    expect(await heldIn(LicenseConfigurationArn)).toBe(4);
    await client.aws('license-manager', 'DeleteLicenseConfiguration', { LicenseConfigurationArn });
    await client.advance('PT5M');

    const state = await client.click('approver', 'approve', approvers, APPROVALS);

    expect(toldAbout(id, state, 'U0APPROVE1')).toEqual([
      expect.stringContaining('Your approval was not recorded.'),
    ]);
    expect(requestIn(state, id)).toMatchObject({ status: 'pending', decisions: [] });
    const ended = await client.click('requester', 'cancel', requester, 'dm');
    expect(requestIn(ended, id).status).toBe('cancelled');
    expect((await heldIn(LicenseConfigurationArn)) ?? 0).toBe(0);
    expect(await instancesOf(client, id)).toEqual([]);
  });
});

describe('a hard limit that is lowered below what is in use', () => {
  it('launches nothing of what was held before, which License Manager refuses (T12)', async () => {
    const ledgers = await records.ledgers();
    const pool = ledgers.find(({ name }) => name.startsWith('SQL Server Standard'));
    const LicenseConfigurationArn = pool?.configurationArn ?? '';
    const { id, approvers } = await pendingRequest(client, HUB);
    const lowered = { LicenseCount: 4, LicenseCountHardLimit: true };
    const change = { LicenseConfigurationArn, ...lowered };
    await client.aws('license-manager', 'UpdateLicenseConfiguration', change);
    await client.advance('PT5M');

    const state = await client.click('approver', 'approve', approvers, APPROVALS);

    expect(requestIn(state, id).status).toBe('failed');
    expect(cardsOf(state, id).requester.text).toContain('No licenses available');
    expect(await instancesOf(client, id)).toEqual([]);
    expect(await heldIn(LicenseConfigurationArn)).toBe(0);
  });
});
