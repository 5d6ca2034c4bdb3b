import { describe, expect, it } from 'vitest';
import type { LicenseDiscovery } from '#domain/estate/organization.ts';
import { HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import { collectEverywhere, type EverywherePorts } from '#usecases/collect-everywhere.ts';
import { aConfiguration, aPublishedPolicy, NOW } from '../builders.ts';
import { awsError, inventorySources } from '../fakes/inventory-sources.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';

const HUB: Scope = { account: '111122223333', region: 'us-east-1' };
const LISTED = {
  id: '222233334444',
  name: 'erp',
  environment: 'production',
  regions: ['eu-west-1'],
};
const MEMBERS = [
  { account: '111122223333', name: 'hub' },
  { account: '222233334444', name: 'erp' },
  { account: '555566667777', name: 'new' },
  { account: '666677778888', name: 'left alone' },
];
const ORGANIZATION = { regions: ['us-east-1'], except: ['666677778888'] };
const OUTSIDE = { account: '999900001111', region: 'us-east-1' };

function arnOf({ account, region }: Scope, digit: string): string {
  return `arn:aws:license-manager:${region}:${account}:license-configuration:lic-${digit.repeat(32)}`;
}

function world(policy: Readonly<Record<string, unknown>> | null) {
  let now = NOW;
  let discovery: LicenseDiscovery = {
    organization: true,
    acrossAccounts: true,
    homeRegion: null,
    sourceRegions: [],
  };
  const failing = new Map<string, string>();
  const calls: string[] = [];
  function call(operation: string): void {
    calls.push(operation);
    const error = failing.get(operation);
    if (error !== undefined) throw awsError(error);
  }
  const { queues, sent } = memoryQueues();
  const snapshots = memorySnapshots();
  const ports: EverywherePorts = {
    ...inventorySources(
      () => ({}),
      async () => {},
    ),
    directory: {
      accounts: async () => {
        call('accounts');
        return MEMBERS;
      },
    },
    organizationLicenses: {
      discovery: async () => {
        call('discovery');
        return discovery;
      },
      organizationConfigurations: async ({ region }) => {
        call(`configurations ${region}`);
        return [HUB, OUTSIDE, { ...OUTSIDE, account: '555566667777' }]
          .map((scope) => ({ ...scope, region }))
          .map((scope) =>
            aConfiguration({ ...scope, arn: arnOf(scope, '1'), name: `of ${scope.account}` }),
          );
      },
      assetGroups: async ({ region }) => {
        call(`groups ${region}`);
        const assets = [
          arnOf({ ...OUTSIDE, region }, '1'),
          arnOf({ ...OUTSIDE, region }, '2'),
          `arn:aws:ec2:${region}:999900001111:instance/i-1`,
          'arn:aws:license-manager:nowhere::license-configuration:lic-1',
        ];
        return [{ arn: 'arn:group', name: 'group', status: 'ACTIVE', analyzedAt: null, assets }];
      },
    },
    snapshots,
    queues,
    policies: memoryPolicies(policy === null ? null : aPublishedPolicy(policy)),
    firstScopes: [HUB],
    hub: HUB,
    now: () => now,
  };
  return {
    snapshots,
    fails: (operation: string, name: string) => failing.set(operation, name),
    heals: () => failing.clear(),
    discovers: (next: Partial<LicenseDiscovery>) => {
      discovery = { ...discovery, ...next };
    },
    async run(at = NOW) {
      now = at;
      calls.splice(0);
      await collectEverywhere(ports);
      const sending = sent.collections.splice(0);
      const jobs = sending.filter((job) => job.kind === 'collect');
      return { jobs, scopes: jobs.map(({ scope }) => scopeKey(scope)).toSorted(), calls, sending };
    },
  };
}

const ACCOUNTS = { accounts: [LISTED], launchProfiles: [profile()], approvals: [approval()] };
function profile() {
  const anything = ['*'];
  return {
    name: 'any',
    accounts: [LISTED.id],
    launchTemplates: anything,
    instanceTypes: anything,
    pools: anything,
    countMaximum: 1,
  };
}
function approval() {
  return {
    name: 'one',
    levels: [{ approvers: { users: ['U0APPROVE1', 'U0APPROVE2'] } }],
    channel: 'C0APPROVE1',
  };
}

describe('a round', () => {
  it('before the first policy reads the settings’ accounts', async () => {
    const { run } = world(null);

    expect((await run()).jobs).toEqual([{ kind: 'collect', scope: HUB, round: NOW }]);
  });

  it('reads the accounts that policy lists, and looks at no organization unasked', async () => {
    const { run, snapshots } = world(ACCOUNTS);
    const { scopes, calls } = await run();

    expect(scopes).toEqual(['111122223333/us-east-1', '222233334444/eu-west-1']);
    expect(calls).toEqual([]);
    expect(await snapshots.organization()).toBeNull();
  });

  it('reads every account of the organization but the excepted, each once', async () => {
    const { run } = world({ ...ACCOUNTS, organization: ORGANIZATION });

    expect((await run()).scopes).toEqual([
      '111122223333/us-east-1',
      '222233334444/eu-west-1',
      '222233334444/us-east-1',
      '555566667777/us-east-1',
    ]);
  });

  it('counts terms after each round', async () => {
    const { sending } = await world(ACCOUNTS).run();

    expect(sending.at(-1)).toEqual({ kind: 'keep-terms' });
  });

  it('puts thousands into the queue, all of one round', async () => {
    const regions = Array.from({ length: 20 }, (_, n) =>
      `xx-region-${n % 10}`.replace('xx', n < 10 ? 'eu' : 'us'),
    );
    const { run } = world({ ...ACCOUNTS, organization: { regions } });
    const { jobs, scopes } = await run();

    expect(new Set(scopes).size).toBe(MEMBERS.length * 20 + 2);
    expect(new Set(jobs.map(({ round }) => round))).toEqual(new Set([NOW]));
  });

  it('keeps which accounts there are, so that answers know what is missing', async () => {
    const { run, snapshots } = world({ ...ACCOUNTS, organization: ORGANIZATION });
    await run();

    expect(await snapshots.organization()).toMatchObject({
      accounts: MEMBERS,
      notes: { accounts: { asOf: NOW, error: null, state: 'read' } },
    });
  });

  it('asks again for the accounts after an hour, or when it could not be told', async () => {
    const { run, fails, heals } = world({ ...ACCOUNTS, organization: ORGANIZATION });
    await run();
    expect((await run(later(NOW, HOUR_MS - 1))).calls).toEqual([]);
    fails('accounts', 'InternalError');
    expect((await run(later(NOW, HOUR_MS))).calls).toContain('accounts');
    heals();
    expect((await run(later(NOW, HOUR_MS + MINUTE_MS))).calls).toContain('accounts');
    expect((await run(later(NOW, -HOUR_MS))).calls).toContain('accounts');
  });

  it.each(['AccessDenied', 'RateLimitExceededException', 'InternalError'])(
    'reads the listed and the last known accounts after %s, and says so',
    async (error) => {
      const { run, fails, snapshots } = world({ ...ACCOUNTS, organization: ORGANIZATION });
      const never = world({ ...ACCOUNTS, organization: ORGANIZATION });
      await run();
      fails('accounts', error);
      never.fails('accounts', error);
      const at = later(NOW, HOUR_MS);

      expect((await run(at)).scopes).toHaveLength(4);
      expect((await never.run()).scopes).toEqual([
        '111122223333/us-east-1',
        '222233334444/eu-west-1',
      ]);
      expect((await snapshots.organization())?.notes.accounts).toEqual({
        asOf: NOW,
        error,
        state: error === 'AccessDenied' ? 'refused' : 'failed',
        triedAt: at,
      });
      expect((await never.snapshots.organization())?.notes.accounts.asOf).toBeNull();
    },
  );
});

describe('License Manager’s views of the organization', () => {
  const policy = { ...ACCOUNTS, organization: ORGANIZATION };

  it('show configurations in places where nobody looks', async () => {
    const { run, snapshots } = world({
      ...ACCOUNTS,
      organization: { ...ORGANIZATION, except: ['555566667777'] },
    });
    const { calls } = await run();

    expect(calls.filter((call) => call.startsWith('configurations')).toSorted()).toEqual([
      'configurations eu-west-1',
      'configurations us-east-1',
    ]);
    const found = (await snapshots.organization())?.uncollected ?? [];
    expect(found.filter(({ region }) => region === 'us-east-1')).toEqual([
      { ...OUTSIDE, arn: arnOf(OUTSIDE, '1'), name: 'of 999900001111' },
      { ...OUTSIDE, arn: arnOf(OUTSIDE, '2'), name: null },
      {
        account: '555566667777',
        region: 'us-east-1',
        arn: arnOf({ account: '555566667777', region: 'us-east-1' }, '1'),
        name: 'of 555566667777',
      },
    ]);
    // The hub is collected in us-east-1 only.
    expect(found.map(scopeKey)).toContain('111122223333/eu-west-1');
  });

  it('are asked for in the Regions that they bring together too', async () => {
    const { run, discovers } = world(policy);
    discovers({ homeRegion: 'eu-central-1', sourceRegions: ['ap-southeast-2'] });

    expect((await run()).calls).toEqual(
      expect.arrayContaining(['configurations eu-central-1', 'groups ap-southeast-2']),
    );
  });

  it('are named as off where they are not linked', async () => {
    const { run, discovers, snapshots } = world(policy);
    discovers({ organization: false });
    const { calls } = await run();

    expect(calls).toEqual(['accounts', 'discovery']);
    expect(await snapshots.organization()).toMatchObject({
      uncollected: [],
      notes: { licenses: { error: 'EnableIntegration', state: 'off' } },
    });
  });

  it('keep what they had when they are refused', async () => {
    const { run, fails, snapshots } = world(policy);
    await run();
    const before = (await snapshots.organization())?.uncollected;
    fails('groups us-east-1', 'AccessDenied');
    await run(later(NOW, HOUR_MS));

    const after = await snapshots.organization();
    expect(after?.uncollected).toEqual(before);
    expect(after?.notes.licenses).toMatchObject({ asOf: NOW, state: 'refused' });
  });
});
