import { describe, expect, it } from 'vitest';
import { createSchedule } from '../../../../sandbox/aws/ec2/schedule.ts';
import { createClock } from '../../../../sandbox/clock.ts';

describe('a schedule', () => {
  it('runs what is due in the order it fell due, and what that leads to', () => {
    const clock = createClock();
    const schedule = createSchedule(clock);
    const ran: string[] = [];
    schedule.after(2_000_000, () => ran.push('late'));
    schedule.after(1_000_000, () => {
      ran.push('first');
      schedule.after(500_000, () => ran.push('follows'));
    });
    schedule.after(9_000_000, () => ran.push('not yet'));

    schedule.settle();
    expect(ran).toEqual([]);
    clock.advance(3_000_000);
    schedule.settle();
    schedule.settle();

    expect(ran).toEqual(['first', 'follows', 'late']);
    expect((schedule.nextDue() ?? 0) > clock.now()).toBe(true);
  });

  it('tells an action when it was due, however late it runs', () => {
    const clock = createClock();
    const schedule = createSchedule(clock);
    const before = clock.now();
    let at = 0;
    schedule.after(1_000, (due) => {
      at = due.getTime();
    });
    clock.advance(60_000);
    schedule.settle();

    expect(at - before).toBeGreaterThanOrEqual(1_000);
    expect(at - before).toBeLessThan(2_000);
    expect(schedule.nextDue()).toBeNull();
  });
});
