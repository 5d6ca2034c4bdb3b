import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTerminal, type LaunchRequest } from '#domain/launch-request.ts';
import { freeLicenses } from '#domain/position.ts';
import { aChoice, poolId } from '../builders.ts';
import { RequestWorld } from './request-world.ts';

const person = fc.constantFrom('UAA', 'UBB', 'UCC', 'UDD');
/** Which of the requests: mostly one that is open. */
const which = fc.nat({ max: 7 });
const vcpu = fc.integer({ min: 1, max: 6 }).map((count) => aChoice({ count }));
const ON_HOST = { operation: 'launch', launchTemplateId: 'lt-host' } as const;
const onHost = fc
  .constantFrom('h-a', 'h-b', 'h-c', null)
  .map((hostId) => aChoice({ target: ON_HOST, poolId: poolId('2'), hostId }));

type Command = (world: RequestWorld) => void;

function often(weight: number, arbitrary: fc.Arbitrary<Command>) {
  return { weight, arbitrary };
}

const clicks = fc.constantFrom('approve', 'approve', 'approve', 'deny', 'cancel');
const progress = fc.constantFrom('launched', 'launched', 'failed', 'unclear', 'unlisted');
const minutes = fc.constantFrom(1, 1, 5, 5, 61, 24 * 60, 73 * 60);

const command: fc.Arbitrary<Command> = fc.oneof(
  often(
    4,
    fc.tuple(person, person, fc.oneof(vcpu, onHost)).map(([by, beneficiary, choice]) => (world) => {
      world.submit(by, beneficiary, choice);
    }),
  ),
  often(
    5,
    fc.tuple(clicks, person, which).map(([kind, by, n]) => (world) => {
      world.click(kind, by, world.pick(n));
    }),
  ),
  often(
    3,
    which.map((n) => (world) => world.advance(world.pick(n), 'begin')),
  ),
  often(
    4,
    fc.tuple(progress, which).map(
      ([kind, n]) =>
        (world) =>
          world.advance(world.pick(n), kind),
    ),
  ),
  often(
    1,
    which.map((n) => (world) => world.terminate(world.pick(n))),
  ),
  often(
    2,
    fc.constantFrom('1', '2').map((digit) => (world) => world.promote(poolId(digit))),
  ),
  often(
    3,
    minutes.map((passing) => (world) => world.pass(passing)),
  ),
  often(
    2,
    fc.constantFrom(0, 1, 9, 9).map((most) => (world) => world.list(most)),
  ),
  often(
    2,
    fc.constant((world) => world.collect()),
  ),
);
const commands = fc.array(command, { minLength: 20, maxLength: 80, size: 'max' });

/** Licenses that a request holds or waits for anywhere. */
function placesOf(world: RequestWorld, { id }: LaunchRequest) {
  const ledgers = [...world.ledgers.values()];
  return {
    holds: ledgers.flatMap(({ holds }) => holds).filter((hold) => hold.requestIds.includes(id)),
    lines: ledgers.filter(({ waiting }) => waiting.includes(id)),
  };
}

function expectNoOversell(world: RequestWorld): void {
  for (const ledger of world.ledgers.values()) {
    expect(freeLicenses(ledger)).toBeGreaterThanOrEqual(0);
    expect(world.running(ledger.poolId)).toBeLessThanOrEqual(ledger.limit ?? 0);
  }
}

function expectOpenOrEnded(world: RequestWorld): void {
  for (const request of world.requests.values()) {
    expect(request.dueAt === null).toBe(isTerminal(request));
    const ended = new Set(
      world.history
        .filter(({ id }) => id === request.id)
        .flatMap((one) => (isTerminal(one) ? one.status : [])),
    );
    expect(ended.size).toBe(isTerminal(request) ? 1 : 0);
  }
}

function expectEveryHoldToEnd(world: RequestWorld): void {
  for (const request of world.requests.values()) {
    const { holds, lines } = placesOf(world, request);
    if (request.standing !== 'waiting') expect(lines).toEqual([]);
    if (request.standing === 'waiting') expect([holds.length, lines.length]).toEqual([0, 1]);
    if (isTerminal(request)) expect(holds).toEqual([]);
  }
  for (const quota of world.quotas.values()) {
    const held = [...world.requests.values()].filter(
      ({ standing, requestedBy }) => standing === 'held' && requestedBy === quota.personId,
    );
    expect(quota.heldRequestIds.toSorted()).toEqual(held.map(({ id }) => id).toSorted());
    expect(held.length).toBeLessThanOrEqual(3);
  }
}

function expectRightfulApprovals(world: RequestWorld): void {
  for (const { decisions, requestedBy, for: beneficiary } of world.requests.values()) {
    for (const { kind, by } of decisions) {
      if (kind !== 'approve') continue;
      expect(['UAA', 'UBB']).toContain(by);
      expect([requestedBy, beneficiary]).not.toContain(by);
    }
    expect(decisions.filter(({ kind }) => kind.endsWith('approve')).length).toBeLessThanOrEqual(1);
  }
}

describe('whatever happens, in whatever order', () => {
  it.each`
    invariant                                                      | expectIt
    ${'no hard pool is oversold, by the ledger or by what runs'}   | ${expectNoOversell}
    ${'a request is open with a timer or ended, once and for all'} | ${expectOpenOrEnded}
    ${'every hold and every place in line ends with its request'}  | ${expectEveryHoldToEnd}
    ${'who approves neither asked nor benefits, and only once'}    | ${expectRightfulApprovals}
  `('$invariant', ({ expectIt }) => {
    fc.assert(
      fc.property(commands, (all) => {
        const world = new RequestWorld();
        for (const run of all) {
          run(world);
          expectIt(world);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('reaches every state of a request', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(commands, (all) => {
        const world = new RequestWorld();
        for (const run of all) run(world);
        for (const { status, standing } of world.history) reached.add(standing ?? status);
      }),
      { numRuns: 150, seed: 20_261_122 },
    );

    expect([...reached].toSorted()).toEqual([
      'approved',
      'cancelled',
      'confirmed',
      'denied',
      'expired',
      'failed',
      'held',
      'launched',
      'launching',
      'unknown',
      'waiting',
    ]);
  });
});
