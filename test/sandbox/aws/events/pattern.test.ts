import { describe, expect, it } from 'vitest';
import { EventPattern, matches } from '../../../../sandbox/aws/events/pattern.ts';

describe('an event pattern', () => {
  const pattern = { source: ['aws.ec2'], detail: { name: ['a', 'b'], error: [{ exists: false }] } };
  const event = { source: 'aws.ec2', other: 1, detail: { name: 'b' } };

  it.each([
    [true, event],
    [true, { ...event, detail: { name: ['x', 'a'] } }],
    [false, { ...event, source: 'my.app' }],
    [false, { ...event, detail: { name: 'c' } }],
    [false, { ...event, detail: { name: 'a', error: 'Denied' } }],
    [false, { source: 'aws.ec2' }],
    [false, null],
  ])('says %o to %o', (expected, given) => {
    expect(matches(pattern, given)).toBe(expected);
  });

  it('refuses what it does not play', () => {
    expect(EventPattern.safeParse({ source: [{ prefix: 'aws.' }] }).success).toBe(false);
    expect(EventPattern.safeParse({ source: [] }).success).toBe(false);
  });
});
