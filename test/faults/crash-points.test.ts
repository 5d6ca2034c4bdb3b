import { describe, expect, it } from 'vitest';
import { liveSteadily } from './life.ts';
import { click, only, type Part } from './scene.ts';

/** What people do with the requests that are named, one after the other. */
function flow(names: string, ...clicks: Part['acts'][number]): Part {
  const { requestIds, acts } = only([...names]);
  const [submissions = [], , reviews = []] = acts;
  const overridden = clicks.some(({ kind }) => kind === 'override');
  return { requestIds, acts: [submissions, clicks, overridden ? reviews : []] };
}

/** Each with how it ends, whatever goes wrong; which of two wins is open. */
const FLOWS: readonly (readonly [string, string | null, Part])[] = [
  ['approved and launched', 'confirmed', flow('A', click('approve', 'A', 'UAPPROVER'))],
  [
    'approved by two',
    'confirmed',
    flow('D', click('approve', 'D', 'UAPPROVER'), click('approve', 'D', 'UAPPROVER2')),
  ],
  ['overridden and reviewed', 'confirmed', flow('D', click('override', 'D', 'UADMIN'))],
  ['denied', 'denied', flow('B', click('deny', 'B', 'UAPPROVER2'))],
  ['cancelled', 'cancelled', flow('A', click('cancel', 'A', 'UREQUESTER'))],
  ['expired', 'expired', flow('A')],
  [
    'denied for one of two that want the same',
    null,
    flow('BC', click('deny', 'B', 'UAPPROVER'), click('approve', 'C', 'UAPPROVER')),
  ],
  [
    'approved for two that want the same',
    null,
    flow('BC', click('approve', 'B', 'UAPPROVER'), click('approve', 'C', 'UAPPROVER')),
  ],
];

describe.each(FLOWS)('what is %s', (_name, status, part) => {
  it.each([
    ['a process dies', 'crash'],
    ['a call is throttled, or its answer lost', 'failure'],
  ] as const)(
    'keeps every promise and ends alike when %s, at any point',
    { timeout: 120_000 },
    async (_what, kind) => {
      const { points } = await liveSteadily(part, null);
      expect(points).toBeGreaterThan(30);

      for (let point = 0; point < points; point += 1) {
        const { violations, statuses } = await liveSteadily(part, { point, kind });

        expect([...violations], `${kind} at point ${point}`).toEqual([]);
        if (status !== null) expect(statuses, `${kind} at point ${point}`).toEqual([status]);
      }
    },
  );
});
