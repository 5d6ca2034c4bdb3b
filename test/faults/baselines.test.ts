import { describe, expect, it } from 'vitest';
import { liveBaseline, type Pattern } from './baselines.ts';

describe('approvals without a conditional transaction', () => {
  it.each<Pattern>(['check-then-act', 'process-flag'])(
    'launch twice and oversell under the schedule in which ours do not: %s',
    async (pattern) => {
      const outcomes = [];
      for (let seed = 1; seed <= 500; seed += 1) outcomes.push(await liveBaseline(pattern, seed));

      expect(outcomes.filter(({ launchedTwice }) => launchedTwice).length).toBeGreaterThan(10);
      expect(outcomes.filter(({ oversold }) => oversold).length).toBeGreaterThan(10);
    },
  );
});
