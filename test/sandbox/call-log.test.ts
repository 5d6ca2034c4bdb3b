import { describe, expect, it } from 'vitest';
import type { RecordedCall } from '../../sandbox/call-log.ts';
import { createCallLog } from '../../sandbox/call-log.ts';

const aCall = (call: Partial<RecordedCall> = {}): RecordedCall => ({
  at: '2026-11-22T09:00:00.000Z',
  service: 'ec2',
  operation: 'RunInstances',
  account: '111122223333',
  region: 'us-east-1',
  input: {},
  status: 200,
  ...call,
});

describe('createCallLog', () => {
  it('lists calls in order, of one service or of all', () => {
    const log = createCallLog();

    log.record(aCall());
    log.record(aCall({ service: 'slack', operation: 'chat.postMessage' }));

    expect(log.list().map(({ service }) => service)).toEqual(['ec2', 'slack']);
    expect(log.list('slack').map(({ operation }) => operation)).toEqual(['chat.postMessage']);
  });

  it('keeps the newest 20,000', () => {
    const log = createCallLog();

    for (let status = 1; status <= 20_001; status += 1) log.record(aCall({ status }));

    expect(log.list()).toHaveLength(20_000);
    expect(log.list()[0]?.status).toBe(2);
  });

  it('forgets everything when cleared', () => {
    const log = createCallLog();
    log.record(aCall());

    log.clear();

    expect(log.list()).toEqual([]);
  });
});
