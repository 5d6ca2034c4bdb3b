import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { NotFound, Unavailable } from '#src/errors.ts';
import { runJobs, runTogether } from '#src/jobs.ts';

function anEvent(bodies: readonly string[], attempt = 1): SQSEvent {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `message-${index}`,
      receiptHandle: `handle-${index}`,
      body,
      attributes: {
        ApproximateReceiveCount: String(attempt),
        ApproximateFirstReceiveTimestamp: '0',
        SenderId: 'AROAEXAMPLE',
        SentTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:quartermaster-decisions.fifo',
      awsRegion: 'us-east-1',
    })),
  };
}

const failed = (...serials: readonly number[]) => ({
  batchItemFailures: serials.map((serial) => ({ itemIdentifier: `message-${serial}` })),
});

describe('jobs one after the other', () => {
  it('fail alone, and are dropped when repeating them would change nothing', async () => {
    const done: unknown[] = [];
    const response = await runJobs(anEvent(['1', '{', '3', '4', '5']), async (body) => {
      if (body === 3) throw new Unavailable('down');
      if (body === 4) throw new NotFound('nowhere');
      done.push(body);
    });

    expect(done).toEqual([1, 5]);
    expect(response).toEqual(failed(1, 2));
  });
});

describe('jobs together', () => {
  const outcomes = new Map<number, Error>([
    [2, new Unavailable('down')],
    [3, new NotFound('nowhere')],
  ]);

  async function run(bodies: readonly string[], attempt = 1, after = async () => {}) {
    const again: unknown[] = [];
    const response = await runTogether(anEvent(bodies, attempt), {
      parse: (body) => z.number().parse(body),
      runAll: (jobs) =>
        Promise.allSettled(
          jobs.map(async ({ work }) => {
            const error = outcomes.get(work);
            if (error !== undefined) throw error;
          }),
        ),
      redelivery: {
        after: async (...call) => {
          again.push(call);
          await after();
        },
      },
    });
    return { response, again };
  }

  it('return to the queue one by one, also those that cannot be parsed', async () => {
    const { response, again } = await run(['1', '"?"', '2', '3', '{']);

    expect(response).toEqual(failed(1, 4, 2));
    expect(again).toEqual([
      ['handle-1', 2],
      ['handle-4', 2],
      ['handle-2', 2],
    ]);
  });

  it.each`
    attempt | seconds
    ${1}    | ${2}
    ${2}    | ${8}
    ${3}    | ${32}
    ${4}    | ${120}
    ${5}    | ${0}
  `('come again $seconds s after attempt $attempt', async ({ attempt, seconds }) => {
    expect((await run(['2'], attempt)).again).toEqual([['handle-0', seconds]]);
  });

  it('return to the queue also when SQS does not say when', async () => {
    const { response } = await run(['2'], 1, () => Promise.reject(new Error('SQS is down')));

    expect(response).toEqual(failed(0));
  });
});
