import { describe, expect, it } from 'vitest';
import { NotFound, Unavailable } from '#src/errors.ts';
import { within } from '#src/wiring/shared.ts';
import { tellWhenStuck } from '#usecases/tell-when-stuck.ts';
import { aSubmission } from '../builders.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';

const told = (givenUp: boolean) => ({
  kind: 'stuck',
  key: 'V0000000001',
  givenUp,
  reference: '12345678',
  replyTo: aSubmission().replyTo,
});

describe('a stuck command', () => {
  it.each([
    { attempt: 1, error: new Unavailable('down'), answers: [told(false)] },
    { attempt: 2, error: new Unavailable('down'), answers: [] },
    { attempt: 5, error: new Unavailable('down'), answers: [told(true)] },
    { attempt: 1, error: new NotFound('nobody'), answers: [told(true)] },
  ])('tells its person $answers at attempt $attempt: $error', async (given) => {
    const { queues, sent } = memoryQueues();
    const delivery = { messageId: '12345678-rest', attempt: given.attempt };

    await tellWhenStuck({ queues }, aSubmission(), delivery, given.error);

    expect(sent.answers).toEqual(given.answers);
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
