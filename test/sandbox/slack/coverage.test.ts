import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { UNSIMULATED } from '../../../sandbox/slack/web-api/coverage.ts';
import { METHODS } from '../../../sandbox/slack/web-api/methods.ts';
import { workbench } from './workbench.ts';

/** The names of all methods that the official client has. */
function methodsOf(part: object, prefix = ''): string[] {
  return Object.entries(part).flatMap(([name, value]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'function') return [path];
    return typeof value === 'object' && value !== null && !INTERNAL.has(path)
      ? methodsOf(value, path)
      : [];
  });
}

/** Members of the client that are no methods of Slack’s. */
const INTERNAL = new Set(['_events', 'defaultHeaders', 'logger', 'requestQueue', 'retryConfig']);
const OWN = new Set(['fetchFn', 'filesUploadV2', 'files.uploadV2']);

const known = methodsOf(new WebClient('x')).filter((name) => name.includes('.') && !OWN.has(name));

describe('the coverage list', () => {
  it('has only methods that the official client has', () => {
    expect(known.length).toBeGreaterThan(200);
    expect(Object.keys(METHODS).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('gives a reason for every family with a method that is not simulated, and for no other', () => {
    const missing = known.filter((name) => METHODS[name] === undefined);
    const families = new Set(missing.map((name) => name.split('.')[0]));

    expect([...families].toSorted()).toEqual(Object.keys(UNSIMULATED).toSorted());
  });

  it('is what a caller of a method that is not simulated is told', async () => {
    const { web } = workbench();

    const error = await web.apiCall('chat.startStream', {}).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      data: {
        error: 'unknown_method',
        response_metadata: { messages: [expect.stringContaining('not simulated')] },
      },
    });
  });
});
