import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createClock, installClock } from '../../sandbox/clock.ts';

const HOUR = 3_600_000;
let undo = () => {};
afterEach(() => undo());

describe('createClock', () => {
  it('runs in real time', () => {
    const before = Date.now();

    const now = createClock().now();

    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('adds up what it was advanced by', () => {
    const clock = createClock();

    clock.advance(HOUR);
    clock.advance(HOUR);

    expect(clock.now() - Date.now()).toBeGreaterThan(2 * HOUR - 1000);
    expect(clock.now() - Date.now()).toBeLessThanOrEqual(2 * HOUR);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses to move by %s ms', (ms) => {
    expect(() => createClock().advance(ms)).toThrow('only moves forward');
  });

  it('is shared with a worker thread by its offset', async () => {
    const clock = createClock();
    clock.advance(HOUR);
    const module = new URL('../../sandbox/clock.ts', import.meta.url).href;
    const script = `
      import { parentPort, workerData } from 'node:worker_threads';
      import { createClock, installClock } from ${JSON.stringify(module)};
      installClock(createClock(workerData));
      parentPort.on('message', () => parentPort.postMessage(Date.now()));`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), {
      workerData: clock.offset,
    });

    clock.advance(HOUR);
    const seen = await new Promise<number>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject).postMessage('now');
    });
    await worker.terminate();

    expect(Math.abs(seen - clock.now())).toBeLessThan(5000);
  });
});

describe('installClock', () => {
  it('makes Date read the clock until it is undone', () => {
    const clock = createClock();
    const real = Date.now();
    clock.advance(8 * HOUR);

    undo = installClock(clock);
    const installed = [Date.now(), Date.parse(new Date().toISOString()), Date.parse(Date())];
    undo();

    for (const instant of installed) expect(instant - real).toBeGreaterThan(8 * HOUR - 2000);
    expect(Date.now() - real).toBeLessThan(HOUR);
  });

  it('leaves dates that are given as they are', () => {
    const before = new Date(0);

    undo = installClock(createClock());

    expect(new Date('2026-11-22T00:00:00Z').getTime()).toBe(1_795_305_600_000);
    expect(Date.UTC(2026, 10, 22)).toBe(1_795_305_600_000);
    expect(before).toBeInstanceOf(Date);
    expect(new Date(0)).toEqual(before);
  });
});
