import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { PositionReport, TermsLine } from '#domain/licenses/position-report.ts';
import { ACCOUNT, aConfiguration, aUsage, REGION } from '../../builders.ts';
import { anEntitlement, aRegister } from '../../register-builders.ts';
import { arnIn, OTHER_ACCOUNT, position, slice, sqlInstance, sqlShard } from './position-world.ts';

const ACCOUNTS = [ACCOUNT, OTHER_ACCOUNT];
const STATES = ['running', 'stopped', 'terminated'] as const;

const machines = fc.array(
  fc.record({
    state: fc.constantFrom(...STATES),
    unknown: fc.boolean(),
    cores: fc.integer({ min: 1, max: 4 }),
    tracked: fc.boolean(),
    owner: fc.constantFrom('erp', 'web', ''),
    consumed: fc.nat(20),
  }),
  { maxLength: 6 },
);
type Machine = typeof machines extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

/** A shard of some machines; ids tell accounts and Regions apart. */
function shardOf(account: string, region: string, some: readonly Machine[]): InventoryShard {
  const configuration = aConfiguration({ arn: arnIn(account, '1', region), account, region });
  const instances = some.map(({ state, unknown, cores, tracked, owner }, index) =>
    sqlInstance(`i-${account}-${region}-${index}`, {
      state,
      instanceType: unknown ? 'z9.large' : 'r6i.2xlarge',
      cpuOptions: unknown ? null : { coreCount: cores, threadsPerCore: 2 },
      licenseConfigurationArns: tracked ? [configuration.arn] : [],
      tags: { Owner: owner },
    }),
  );
  const usage = some.flatMap(({ tracked, consumed }, index) =>
    tracked
      ? [
          aUsage({
            configurationArn: configuration.arn,
            resourceId: instances[index]?.instanceId ?? '',
            ownerAccount: account,
            consumed,
          }),
        ]
      : [],
  );
  return sqlShard(instances, { account, region, configurations: [configuration], usage });
}

const estates = fc
  .tuple(machines, machines, machines)
  .map(([first, second, third]) => [
    shardOf(ACCOUNT, REGION, first),
    shardOf(OTHER_ACCOUNT, REGION, second),
    shardOf(OTHER_ACCOUNT, 'eu-west-1', third),
  ]);

const entitlements = fc.uniqueArray(
  fc
    .record({
      contract: fc.constantFrom('A', 'B', 'C', 'D'),
      quantity: fc.nat(60),
      accounts: fc.subarray(ACCOUNTS),
      pools: fc.subarray(['SQL Server 1', 'SQL*']),
      expired: fc.boolean(),
    })
    .map(({ expired, ...changes }) =>
      anEntitlement({ ...changes, expiresOn: expired ? '2026-01-01' : null }),
    ),
  { maxLength: 4, selector: ({ contract }) => contract },
);

function report(shards: readonly InventoryShard[], owned: readonly Entitlement[]): PositionReport {
  return position({ shards, register: aRegister({ entitlements: owned }) });
}

function total(shards: readonly InventoryShard[], owned: readonly Entitlement[]): TermsLine[] {
  return [...slice(report(shards, owned), 'organization', 'organization').terms];
}

function allLines({ slices }: PositionReport): readonly TermsLine[] {
  return slices.flatMap(({ terms }) => terms);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

describe('a position', () => {
  it.each(['account', 'region', 'owner'] as const)(
    'of the organization is the sum over every %s, before packs are rounded',
    (dimension) => {
      fc.assert(
        fc.property(estates, entitlements, (shards, owned) => {
          const whole = report(shards, owned);
          const [line] = slice(whole, 'organization', 'organization').terms;
          const [tracked] = slice(whole, 'organization', 'organization').tracked;
          const parts = whole.slices.filter((one) => one.dimension === dimension);

          const required = sum(
            parts.flatMap(({ terms }) => terms.map((one) => one.requiredAtLeast)),
          );
          expect(required).toBeGreaterThanOrEqual(line?.requiredAtLeast ?? 0);
          // Machines with SQL Server need four cores and more, by twos: nothing is left to round.
          expect(required).toBe(line?.requiredAtLeast ?? 0);
          expect(sum(parts.flatMap((one) => one.tracked.map(({ counted }) => counted)))).toBe(
            tracked?.counted,
          );
        }),
      );
    },
  );

  it('never has more available than it is entitled to, and is short by what is missing', () => {
    fc.assert(
      fc.property(estates, entitlements, (shards, owned) => {
        for (const line of allLines(report(shards, owned))) {
          const { entitled, available, shortfall } = line;
          if (entitled === null || available === null) continue;
          expect(available).toBeLessThanOrEqual(entitled);
          expect(shortfall).toBeGreaterThanOrEqual(Math.max(0, -available));
        }
      }),
    );
  });

  it('never asks for less when a machine is added', () => {
    fc.assert(
      fc.property(machines, machines, entitlements, (before, more, owned) => {
        const [less] = total([shardOf(ACCOUNT, REGION, before)], owned);
        const [added] = total([shardOf(ACCOUNT, REGION, [...before, ...more])], owned);
        const counted = (some: readonly Machine[]) =>
          slice(report([shardOf(ACCOUNT, REGION, some)], owned), 'organization', 'organization')
            .tracked[0]?.counted ?? 0;

        expect(added?.requiredAtLeast ?? 0).toBeGreaterThanOrEqual(less?.requiredAtLeast ?? 0);
        expect(counted([...before, ...more])).toBeGreaterThanOrEqual(counted(before));
        if (less?.required === null) expect(added?.required).toBeNull();
      }),
    );
  });

  it('is never less for a machine of a size that nobody knows', () => {
    fc.assert(
      fc.property(machines, entitlements, (some, owned) => {
        const strange: Machine = {
          state: 'running',
          unknown: true,
          cores: 1,
          tracked: true,
          owner: '',
          consumed: 3,
        };
        const [less] = total([shardOf(ACCOUNT, REGION, some)], owned);
        const [more] = total([shardOf(ACCOUNT, REGION, [...some, strange])], owned);

        expect(more?.required).toBeNull();
        expect(more?.requiredAtLeast).toBe(less?.requiredAtLeast ?? 0);
        expect(more?.shortfall ?? 0).toBeGreaterThanOrEqual(less?.shortfall ?? 0);
      }),
    );
  });

  it('does not depend on the order of the shards', () => {
    fc.assert(
      fc.property(estates, entitlements, (shards, owned) => {
        expect(report(shards.toReversed(), owned.toReversed())).toEqual(report(shards, owned));
      }),
    );
  });

  it('is entitled to nothing by what has expired', () => {
    fc.assert(
      fc.property(estates, entitlements, (shards, owned) => {
        const quantity = sum(
          owned.filter(({ expiresOn }) => expiresOn === null).map((one) => one.quantity),
        );
        const [line] = total(shards, owned);

        expect(line?.entitled ?? null).toBe(owned.length === 0 ? null : quantity);
      }),
    );
  });

  it('explains gaps by resources that exist, each once for a configuration or product', () => {
    fc.assert(
      fc.property(estates, entitlements, (shards, owned) => {
        const known = new Set(
          shards.flatMap(({ instances }) => instances.map((one) => one.instanceId)),
        );
        const explained = report(shards, owned).gaps.flatMap(
          ({ configurationArns: [arn], product, resources }) =>
            resources.map(({ id }) => `${arn ?? product} ${id}`),
        );

        expect(explained.every((text) => known.has(text.split(' ')[1] ?? ''))).toBe(true);
        expect(new Set(explained).size).toBe(explained.length);
      }),
    );
  });

  it('leaves no difference between License Manager and us without a cause', () => {
    fc.assert(
      fc.property(estates, entitlements, (shards, owned) => {
        const { gaps } = report(shards, owned);
        const explained = new Set(gaps.flatMap(({ resources }) => resources.map(({ id }) => id)));
        const differing = shards.flatMap(({ usage, instances }) =>
          usage.filter(({ resourceId, consumed }) => {
            const found = instances.find(({ instanceId }) => instanceId === resourceId);
            const counted = found?.state === 'running' ? 8 : 0;
            return found?.instanceType === 'r6i.2xlarge' && consumed !== counted;
          }),
        );

        expect(differing.every(({ resourceId }) => explained.has(resourceId))).toBe(true);
      }),
    );
  });
});
