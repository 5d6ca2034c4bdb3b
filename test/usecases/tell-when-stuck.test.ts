import { describe, expect, it } from 'vitest';
import { Unavailable } from '#src/errors.ts';
import { within } from '#src/wiring/shared.ts';
import { tellWhenStuck } from '#usecases/tell-when-stuck.ts';
import { aSubmission } from '../builders.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';

const failing = () => Promise.reject(new Unavailable('down'));

function world() {
  const { queues, sent } = memoryQueues();
  const run = (attempt: number, work: () => Promise<void>) =>
    tellWhenStuck({ queues, within }, aSubmission(), { messageId: '12345678-rest', attempt }, work);
  return { run, sent };
}

describe('a stuck command', () => {
  it('says nothing when the work is done', async () => {
    const { run, sent } = world();

    await run(1, async () => {});

    expect(sent.answers).toEqual([]);
  });

  it.each`
    attempt | told
    ${1}    | ${[{ kind: 'stuck', key: 'V0000000001', givenUp: false, reference: '12345678', replyTo: aSubmission().replyTo }]}
    ${2}    | ${[]}
    ${5}    | ${[{ kind: 'stuck', key: 'V0000000001', givenUp: true, reference: '12345678', replyTo: aSubmission().replyTo }]}
  `('returns to the queue at attempt $attempt', async ({ attempt, told }) => {
    const { run, sent } = world();

    await expect(run(attempt, failing)).rejects.toThrow('down');

    expect(sent.answers).toEqual(told);
  });
});

describe('within', () => {
  it('gives up on what is late', async () => {
    await expect(within(5, new Promise(() => {}))).rejects.toBeInstanceOf(Unavailable);
  });

  it('passes on what is in time', async () => {
    await expect(within(1000, Promise.resolve('done'))).resolves.toBe('done');
  });
});
