import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import { scopeKey } from '#domain/scope.ts';
import { readPools } from '#usecases/find-pools.ts';
import { limitedTo, readSeenPools } from '#usecases/seen-pools.ts';
import {
  ACCOUNT,
  aLedger,
  anInstance,
  aPerson,
  aPublishedPolicy,
  aShard,
  NOW,
  REGION,
} from '../builders.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { aTermsLine } from '../slack/builders.ts';

const THEIRS = '999988887777';
const OURS_POOL = aLedger({ digit: '1' });
const THEIR_POOL = aLedger({
  digit: '2',
  account: THEIRS,
  poolId: `${THEIRS}/${REGION}/lic-${'2'.repeat(32)}`,
});

function portsWith(policy: Readonly<Record<string, unknown>>, ...shards: InventoryShard[]) {
  return {
    pools: { pools: async () => [OURS_POOL, THEIR_POOL] },
    snapshots: memorySnapshots(...shards),
    policies: memoryPolicies(aPublishedPolicy(policy)),
    registers: memoryLicenseRegisters(),
    requests: { open: async () => [] },
    people: { get: async (id: string) => aPerson(id) },
    now: () => NOW,
  };
}

/** Everybody may look, at one account. */
const ONE_ACCOUNT = {
  roles: {
    viewer: { everyone: true, accounts: [ACCOUNT] },
    requester: { users: ['UREQUESTER'] },
    approver: { users: ['UAPPROVER'] },
    administrator: { users: ['UADMIN'] },
  },
};

describe('what somebody may see of the pools', () => {
  it.each([
    ['UVIEWER', [OURS_POOL.poolId]],
    ['UAPPROVER', [OURS_POOL.poolId, THEIR_POOL.poolId]],
  ])('is what policy limits %s to', async (personId, seen) => {
    const known = await readSeenPools(portsWith(ONE_ACCOUNT), personId);

    expect(known.all.map(({ pool }) => pool.poolId)).toEqual(seen);
  });

  it('names nothing of another account, and keeps the company’s figures', async () => {
    const ours = aShard({ instances: [anInstance({ instanceId: 'i-ours' })] });
    const theirs = {
      ...ours,
      account: THEIRS,
      instances: [anInstance({ instanceId: 'i-theirs' })],
    };
    const known = await readPools(portsWith(ONE_ACCOUNT, ours, theirs));
    const gap = (account: string): CountGap => ({
      ...{ cause: 'ghost-server', account, region: REGION },
      ...{ configurationArns: [], product: null, edition: null, resources: [] },
    });
    const found = (resources: readonly string[]) => ({
      ...{ code: 'look', severity: 'note' as const, text: 'Look at these', resources },
    });
    const line = aTermsLine({
      findings: [found(['i-ours', 'i-theirs']), found(['i-theirs']), found([]), found(['srv-1'])],
    });
    const granted = (account: string) => ({
      ...{ account, region: REGION, product: 'Red Hat', issuer: null, status: 'AVAILABLE' },
      ...{ grantStatus: null, validTo: null, usable: true },
    });
    const users = (account: string) => ({
      ...{ account, region: REGION, product: 'OFFICE', subscribed: 1, withoutInstance: [] },
    });
    const missing = (account: string) => ({
      ...{ account, region: REGION, accountName: account, source: null },
      ...{ state: 'never' as const, error: null, asOf: null },
    });
    const gaps = [gap(ACCOUNT), gap(THEIRS)];
    const everything = {
      ...known,
      all: known.all.map((figures) => ({ ...figures, terms: [line], gaps })),
      unpooled: gaps,
      others: {
        granted: [granted(ACCOUNT), granted(THEIRS)],
        users: [users(ACCOUNT), users(THEIRS)],
      },
      coverage: { asOf: NOW, missing: [missing(ACCOUNT), missing(THEIRS)] },
    };

    const seen = limitedTo(everything, ({ account }) => account === ACCOUNT);

    expect(seen.all).toHaveLength(1);
    expect(seen.all[0]).toMatchObject({
      gaps: [gap(ACCOUNT)],
      terms: [
        { required: line.required, findings: [found(['i-ours']), found([]), found(['srv-1'])] },
      ],
    });
    expect([...seen.shards.keys()]).toEqual([scopeKey(ours)]);
    expect(seen.unpooled).toEqual([gap(ACCOUNT)]);
    expect(seen.others).toEqual({ granted: [granted(ACCOUNT)], users: [users(ACCOUNT)] });
    expect(seen.coverage).toEqual({ asOf: NOW, missing: [missing(ACCOUNT)] });
    expect(limitedTo(everything, () => true)).toEqual(everything);
  });
});
