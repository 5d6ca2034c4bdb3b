import { describe, expect, it } from 'vitest';
import { unlimited } from '#domain/packing/bin-counts.ts';
import { openTree } from '#domain/packing/count-tree.ts';
import { greedyPlans } from '#domain/packing/greedy.ts';
import { openMaster } from '#domain/packing/master.ts';
import type { PackingInstance } from '#domain/packing/packing-instance.ts';
import { startProgress } from '#domain/packing/packing-progress.ts';
import { classes, countingClock, highs, THIRDS } from './instances.ts';

/** A tree over what greedy rules found. */
function aTree(instance: PackingInstance) {
  const progress = startProgress(instance, { seconds: 1_000, now: countingClock() }, () => {});
  for (const plan of greedyPlans(instance, progress.mayGoOn)) progress.offer(plan);
  const master = openMaster(instance, highs);
  return { progress, master, tree: openTree(progress, master, unlimited(instance)) };
}

describe('openTree', () => {
  it('is done with the root where no class needs a setup, though a better plan may be there', () => {
    const { progress, master, tree } = aTree(THIRDS);
    const grown = [tree.grow(0), tree.grow(0)];
    master.dispose();

    expect(grown).toEqual([true, false]);
    expect(progress.lowerBound).toBe(20);
    expect(progress.totals.cost).toBeGreaterThan(20);
    expect(tree.promising()).toEqual([unlimited(THIRDS)]);
  });

  it('proves more with every count that it splits', () => {
    const { progress, master, tree } = aTree(classes(24));
    tree.grow(0);
    const root = progress.lowerBound;
    for (let node = 0; node < 40; node++) tree.grow(0);
    master.dispose();

    expect(progress.lowerBound).toBeGreaterThan(root);
    expect(progress.lowerBound).toBeLessThanOrEqual(104);
  });

  it('comes back to a node that there was no time for', () => {
    const { progress, master, tree } = aTree(THIRDS);
    const cut = tree.grow(progress.secondsLeft() - 0.01);
    const before = progress.lowerBound;
    const again = tree.grow(0);
    master.dispose();

    expect([cut, again]).toEqual([true, true]);
    expect(before).toBeLessThanOrEqual(progress.lowerBound);
    expect(progress.lowerBound).toBe(20);
  });
});
