import { describe, expect, it } from 'vitest';
import { aChoice } from '../../builders.ts';
import { POLICIES, RequestWorld } from './request-world.ts';

const ID = 'req-0000000001';
const LARGE = aChoice({ count: 2 });

/** A world in which UREQUESTER waits for an approval of sixteen licenses. */
function pending(policy = 0): RequestWorld {
  const world = new RequestWorld();
  world.published = POLICIES[policy] ?? world.published;
  world.submit('UREQUESTER', 'UREQUESTER', LARGE);
  return world;
}

function approved(): RequestWorld {
  const world = pending();
  world.click('approve', 'UAA', ID);
  return world;
}

function launching(): RequestWorld {
  const world = approved();
  world.advance(ID, 'begin');
  return world;
}

describe('every outcome is audited (T15)', () => {
  it.each<[string, () => RequestWorld, (world: RequestWorld) => void]>([
    ['request.submitted', pending, () => {}],
    ['request.approved', pending, (world) => world.click('approve', 'UAA', ID)],
    ['request.seat-filled', () => pending(1), (world) => world.click('approve', 'UAA', ID)],
    ['request.denied', pending, (world) => world.click('deny', 'UAA', ID)],
    ['request.cancelled', pending, (world) => world.click('cancel', 'UREQUESTER', ID)],
    ['request.overridden', pending, (world) => world.click('override', 'UEE', ID)],
    ['request.expired', pending, (world) => world.pass(73 * 60)],
    ['request.noted', pending, (world) => world.click('note', 'UREQUESTER', ID)],
    [
      'request.edited',
      pending,
      (world) => world.click('edit', 'UREQUESTER', ID, aChoice({ count: 3 })),
    ],
    ['request.countered', pending, (world) => world.click('counter', 'UAA', ID, aChoice())],
    ['request.reminded', () => pending(1), (world) => world.pass(3)],
    ['request.escalated', () => pending(1), (world) => world.pass(6)],
    ['request.failed', launching, (world) => world.advance(ID, 'failed')],
    ['request.unknown', launching, (world) => world.advance(ID, 'unclear')],
    ['request.launched', launching, (world) => world.advance(ID, 'launched')],
    ['approve.refused', pending, (world) => world.click('approve', 'UREQUESTER', ID)],
    ['approve.repeated', approved, (world) => world.click('approve', 'UAA', ID)],
    ['deny.refused', pending, (world) => world.click('deny', 'UNOBODY', ID)],
    ['cancel.refused', pending, (world) => world.click('cancel', 'UNOBODY', ID)],
    ['override.refused', pending, (world) => world.click('override', 'UBB', ID)],
    ['edit.refused', pending, (world) => world.click('edit', 'UNOBODY', ID, aChoice())],
    ['counter.refused', pending, (world) => world.click('counter', 'UREQUESTER', ID, aChoice())],
    ['accept.refused', pending, (world) => world.click('accept', 'UREQUESTER', ID)],
    ['decline.refused', pending, (world) => world.click('decline', 'UREQUESTER', ID)],
    ['note.refused', pending, (world) => world.click('note', 'UNOBODY', ID)],
  ])('%s', (event, begin, act) => {
    const world = begin();
    const before = new Set(world.events);
    act(world);

    const after = [...world.events].filter((name) => !before.has(name));
    expect(event === 'request.submitted' ? [...before] : after).toContain(event);
  });
});
