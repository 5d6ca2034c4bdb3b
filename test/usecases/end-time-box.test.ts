import { describe, expect, it } from 'vitest';
import { timeBoxDue } from '#domain/follow-ups/time-box.ts';
import { DAY_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { StopOutcome } from '#ports/launcher.ts';
import { decideAndCommit } from '#usecases/commit-change.ts';
import { aPlan, NOW } from '../builders.ts';
import { launchedBy } from './launch-world.ts';

const UNTIL = later(NOW, 2 * DAY_MS);

/** A launch whose end has come, while EC2 answers so when asked to stop it. */
async function ended(...stop: readonly StopOutcome[]) {
  const world = await launchedBy(aPlan({ until: UNTIL }), {
    launch: [{ kind: 'launched', instanceIds: ['i-1'] }],
    stop,
  });
  await world.run();
  const [box] = await world.table.followUps('time-box');
  if (box?.kind !== 'time-box') throw new Error('no time box');
  world.pass(2 * DAY_MS);
  await decideAndCommit(world.ports, async () => timeBoxDue(box, world.now()));
  world.sent.launches.length = 0;
  const now = () => world.table.followUp(box.id);
  return { ...world, box: now, end: () => world.end(box.id) };
}

describe('the end of a time box', () => {
  it.each(['stopped', 'gone'] as const)('is noted when EC2 shows it %s', async (kind) => {
    const world = await ended({ kind });

    await world.end();

    expect(await world.box()).toMatchObject({ status: kind, dueAt: null });
  });

  it('is asked for again while EC2 stops it', async () => {
    const world = await ended({ kind: 'under-way' }, { kind: 'stopped' });

    await world.end();
    expect(world.sent.launches).toMatchObject([{ kind: 'follow-up' }]);
    expect((await world.box())?.status).toBe('stopping');
    await world.end();

    expect((await world.box())?.status).toBe('stopped');
  });

  it('is left to the sweeper when EC2 takes long', async () => {
    const world = await ended({ kind: 'under-way' });
    world.pass(3 * MINUTE_MS);

    await world.end();

    expect(world.sent.launches).toEqual([]);
  });

  it('stays to be done when AWS refuses, and says why', async () => {
    const refusal = { code: 'UnauthorizedOperation', message: 'No', advice: null };
    const world = await ended({ kind: 'refused', ...refusal });

    await world.end();

    expect(await world.box()).toMatchObject({
      status: 'stopping',
      failure: { code: 'UnauthorizedOperation', message: 'No' },
    });
  });

  it('returns to the queue when AWS does not answer, by its code: AWS’s words are not for our log', async () => {
    const unclear = { code: 'TimeoutError', message: 'arn:aws:iam::…', advice: null };
    const world = await ended({ kind: 'unclear', ...unclear });

    await expect(world.end()).rejects.toThrow(/^TimeoutError$/);
  });

  it('comes once: a repeated job does nothing', async () => {
    const world = await ended({ kind: 'stopped' });
    await world.end();

    await world.end();

    expect(world.done).toEqual(['launch', 'stop']);
  });
});
