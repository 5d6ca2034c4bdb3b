import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../sandbox/control/duration.ts';

describe('durationMs', () => {
  it.each([
    ['PT8H', 8 * 3_600_000],
    ['P7D', 7 * 86_400_000],
    ['P1W', 7 * 86_400_000],
    ['PT1.5S', 1500],
    ['P1DT2H3M4S', 93_784_000],
    ['P', null],
    ['PT', null],
    ['P1DT', null],
    ['PT0S', null],
    ['P1M', null],
    ['-PT1H', null],
    ['P7DT1S', null],
  ])('reads %s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });
});
