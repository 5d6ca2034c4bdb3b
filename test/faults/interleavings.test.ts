import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#domain/instant.ts';
import { NOW } from '../builders.ts';
import { chance } from '../usecases/chance.ts';
import { type Forgotten, live } from './life.ts';
import { Product } from './product.ts';
import { only, partOf } from './scene.ts';
import { Schedule } from './schedule.ts';

/** The bench lives a hundred thousand. */
const SEEDS = 500;
/** Without a condition a violation shows long before this. */
const ENOUGH = 3000;

/** Every condition that a decision relies on: without it, and with two that compete for it, something breaks. */
const NEEDED: readonly (Forgotten & { readonly shows: string; readonly among: string })[] = [
  { what: 'request', kind: 'absent', shows: 'I12', among: 'AB' },
  { what: 'request', kind: 'version', shows: 'I12', among: 'AB' },
  { what: 'request', kind: 'not-due', shows: 'approved when it was due', among: 'AB' },
  { what: 'ledger', kind: 'absent', shows: 'I1 oversold', among: 'BC' },
  { what: 'ledger', kind: 'version', shows: 'I1 oversold', among: 'BC' },
  { what: 'terms-ledger', kind: 'version', shows: 'I1 oversold by terms', among: 'AD' },
  { what: 'quota', kind: 'absent', shows: 'I1 more holds', among: 'AC' },
  { what: 'quota', kind: 'version', shows: 'I1 more holds', among: 'AC' },
  { what: 'follow-up', kind: 'version', shows: 'I12 reviewed twice', among: 'D' },
  { what: 'audit', kind: 'absent', shows: 'I7 audit entry lost', among: 'AB' },
];

/** Written for the first time only together with the request whose version guards it. */
const GUARDED_BY_THEIR_REQUEST = ['follow-up absent'];

describe('scheduled interleavings', () => {
  it(`keep every promise in ${SEEDS} seeds`, { timeout: 300_000 }, async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      expect([...(await live(seed))], `seed ${seed}`).toEqual([]);
    }
  });

  it('keep every promise while clocks are up to five minutes apart', {
    timeout: 300_000,
  }, async () => {
    for (let seed = 1; seed <= SEEDS / 2; seed += 1) {
      expect([...(await live(seed, { skewMs: 5 * MINUTE_MS }))], `seed ${seed}`).toEqual([]);
    }
  });

  it.each(NEEDED)(
    'show "$shows" without the condition "$kind" of the $what',
    { timeout: 300_000 },
    async ({ shows, among, ...forgotten }) => {
      const seen = new Set<string>();
      const isShown = () => [...seen].some((one) => one.includes(shows));
      for (let seed = 1; seed <= ENOUGH && !isShown(); seed += 1) {
        const violations = await live(seed, { forgotten, part: only([...among]) });
        for (const violation of violations) seen.add(violation);
      }

      expect([...seen].join('\n')).toContain(shows);
    },
  );

  it('meet no condition that is not among these', { timeout: 300_000 }, async () => {
    const met = new Set<string>();
    for (let seed = 1; seed <= 300; seed += 1) await meet(seed, met);

    expect([...met].toSorted()).toEqual(
      [
        ...NEEDED.map(({ what, kind }) => `${what} ${kind}`),
        ...GUARDED_BY_THEIR_REQUEST,
      ].toSorted(),
    );
  });
});

/** Notes every condition that the transactions of one life carry. */
async function meet(seed: number, met: Set<string>): Promise<void> {
  const random = chance(seed);
  const schedule = new Schedule({
    random,
    odds: { crash: 0, failure: 0, duplicate: 0 },
    between: () => {},
  });
  let prepared = false;
  const product = new Product({
    random,
    now: () => NOW,
    skewMs: 0,
    schedule,
    relax: ({ what, condition }) => {
      if (prepared && condition !== null) met.add(`${what} ${condition.kind}`);
      return condition;
    },
    onCommit: () => {},
  });
  await product.prepare();
  prepared = true;
  for (const commands of partOf(random).acts) {
    for (const command of commands) product.decide(command);
    await schedule.settle();
  }
}
