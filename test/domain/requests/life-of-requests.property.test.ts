import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import type { Click } from '#domain/requests/decision-outcome.ts';
import { isTerminal, type LaunchRequest } from '#domain/requests/launch-request.ts';
import { openLevel, seatsTaken } from '#domain/requests/request-gate.ts';
import { aChoice, poolId, sha256 } from '../../builders.ts';
import { POLICIES, RequestWorld } from './request-world.ts';

const person = fc.constantFrom('UAA', 'UBB', 'UCC', 'UDD', 'UEE');
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

const CLICKS: readonly Click['kind'][] = [
  ...(['approve', 'approve', 'approve', 'approve', 'deny', 'cancel'] as const),
  ...(['override', 'accept', 'accept', 'decline', 'note'] as const),
];
const clicks = fc.constantFrom(...CLICKS);
const progress = fc.constantFrom('launched', 'launched', 'failed', 'unclear', 'unlisted');
const minutes = fc.constantFrom(1, 1, 5, 5, 61, 24 * 60, 73 * 60);
const choice = fc.oneof(vcpu, onHost);
const host = fc.constantFrom('h-a', 'h-b', 'h-c');

const command: fc.Arbitrary<Command> = fc.oneof(
  often(
    4,
    fc.tuple(person, person, choice).map(([by, beneficiary, chosen]) => (world) => {
      world.submit(by, beneficiary, chosen);
    }),
  ),
  often(
    3,
    fc
      .tuple(fc.constantFrom('edit', 'counter', 'counter'), person, which, choice)
      .map(([kind, by, n, chosen]) => (world) => {
        world.click(kind, by, world.pick(n), chosen);
      }),
  ),
  often(
    1,
    fc.constantFrom(...POLICIES).map((policy) => (world) => {
      world.published = policy;
    }),
  ),
  often(
    1,
    fc.oneof(
      person.map((id) => (world: RequestWorld) => world.turn(id)),
      host.map((id) => (world: RequestWorld) => world.vacate(id)),
    ),
  ),
  often(
    7,
    fc.tuple(clicks, person, which).map(([kind, by, n]) => (world) => {
      world.click(kind, by, world.pick(n));
    }),
  ),
  often(
    3,
    which.map((n) => (world) => world.judge(world.pick(n))),
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

/** By whom, in which version: whoever approved was one of the gate's people, and nobody who is interested. */
function expectRightfulApprovals(world: RequestWorld): void {
  for (const request of world.requests.values()) {
    for (const { by, level } of seatsTaken(request)) {
      const asked = request.gate?.levels[level];
      const people = [asked?.approvers, asked?.silent, request.gate?.escalation?.to];
      expect(people.flatMap((members) => members?.users ?? [])).toContain(by);
      expect([request.requestedBy, request.for, ...request.editors]).not.toContain(by);
    }
    for (const { kind, by } of request.decisions.filter((one) => one.kind === 'override')) {
      expect([kind, request.requestedBy, request.for]).not.toContain(by);
      expect(['UEE', 'UAA']).toContain(by);
    }
  }
}

/** One person fills one seat of a generation, and old generations fill none of the present one. */
function expectEverySeatOnce(world: RequestWorld): void {
  for (const request of world.requests.values()) {
    const seats = seatsTaken(request);
    expect(new Set(seats.map(({ by }) => by)).size).toBe(seats.length);
    expect(seats.every(({ generation }) => generation === request.generation)).toBe(true);
    expect(seats.every(({ planHash }) => planHash === request.planHash)).toBe(true);
  }
}

/** What is launched was let through by policy, by an override, or by every seat of its gate. */
function expectFullGates(world: RequestWorld): void {
  for (const request of world.requests.values()) {
    if (!['approved', 'launching', 'launched', 'unknown', 'confirmed'].includes(request.status)) {
      continue;
    }
    const { gate, planHash, plan, generation } = request;
    const last = request.decisions.at(-1);
    expect(last).toMatchObject({ planHash, generation });
    expect(sealPlan(plan, sha256)).toBe(planHash);
    if (last?.kind === 'approve' && gate !== null) {
      expect(openLevel(gate, seatsTaken(request))).toBeNull();
    }
    if (last?.kind !== 'approve') expect(['auto-approve', 'override']).toContain(last?.kind);
  }
}

/** A request holds exactly what its launch draws: unapproved while it is pending, firmly when approved. */
function expectHoldsOfDraws(world: RequestWorld): void {
  for (const request of world.requests.values()) {
    if (request.standing !== 'held' && request.status !== 'approved') continue;
    const { holds } = placesOf(world, request);
    for (const { consumer, licenses } of request.evaluation.draws) {
      const hold = holds.find((one) => one.consumer === consumer);
      // What a host takes goes up and down with what runs there: see `figuresOf`.
      if (consumer.startsWith('host/')) expect(hold).toBeDefined();
      else expect(hold).toMatchObject({ licenses, firm: request.status === 'approved' });
    }
    expect(holds).toHaveLength(request.evaluation.draws.length);
  }
}

function expectTheClockToKnow(world: RequestWorld): void {
  for (const { status, remindAt, dueAt, reminded, gate, counter } of world.requests.values()) {
    expect(reminded).toBeLessThanOrEqual(gate?.reminders.most ?? 0);
    if (status !== 'pending') expect([remindAt, counter]).toEqual([null, null]);
    if (remindAt !== null) expect(remindAt < (dueAt ?? remindAt)).toBe(true);
  }
}

function expectOpenRequestsToBeCounted(world: RequestWorld): void {
  const open = [...world.requests.values()].filter((request) => !isTerminal(request));
  for (const { id, requestedBy } of open) {
    expect(world.quotas.get(requestedBy)?.openRequestIds).toContain(id);
    expect(open.filter((one) => one.requestedBy === requestedBy).length).toBeLessThanOrEqual(5);
  }
}

/** What has ended is written no more, and generations and versions only grow. */
function expectEndsToLast(world: RequestWorld): void {
  const latest = new Map<string, LaunchRequest>();
  for (const request of world.history) {
    const before = latest.get(request.id);
    expect(before === undefined || !isTerminal(before)).toBe(true);
    expect(request.generation - (before?.generation ?? 0)).toBeGreaterThanOrEqual(0);
    expect(request.generation - (before?.generation ?? 1)).toBeLessThanOrEqual(1);
    latest.set(request.id, request);
  }
}

describe('whatever happens, in whatever order', () => {
  it.each`
    invariant                                                       | expectIt
    ${'I1 no hard pool is oversold, by the ledger or by what runs'} | ${expectNoOversell}
    ${'I2 a request is open with a timer or ended, once for all'}   | ${expectOpenOrEnded}
    ${'I11 every hold and every place in line ends with its owner'} | ${expectEveryHoldToEnd}
    ${'I6 T09 who approves is asked to, and is not interested'}     | ${expectRightfulApprovals}
    ${'T14 one person fills one seat, of the present generation'}   | ${expectEverySeatOnce}
    ${'I5 what is launched was decided, and is what was decided'}   | ${expectFullGates}
    ${'a request holds what its launch draws, and firmly at last'}  | ${expectHoldsOfDraws}
    ${'nobody is asked again too often, too late or for nothing'}   | ${expectTheClockToKnow}
    ${'nobody has more open requests than policy allows'}           | ${expectOpenRequestsToBeCounted}
    ${'I12 what has ended stays as it is'}                          | ${expectEndsToLast}
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

  it('reaches every state of a request, and everything that can happen to it', () => {
    const reached = new Set<string>();
    const events = new Set<string>();
    fc.assert(
      fc.property(commands, (all) => {
        const world = new RequestWorld();
        for (const run of all) run(world);
        for (const { status, standing } of world.history) reached.add(standing ?? status);
        for (const event of world.events) events.add(event);
      }),
      { numRuns: 300, seed: 20_261_122 },
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
    expect([...events]).toEqual(
      expect.arrayContaining([
        'request.submitted',
        'request.seat-filled',
        'request.approved',
        'request.auto-approved',
        'request.overridden',
        'request.edited',
        'request.countered',
        'request.counter-accepted',
        'request.counter-declined',
        'request.reasked',
        'request.reminded',
        'request.escalated',
        'request.noted',
        'request.held',
        'request.expired',
        'approve.refused',
        'approve.repeated',
        'figures.changed',
      ]),
    );
  });
});
