import { freeLicenses } from '#domain/position.ts';
import type { PoolFigures } from '#ports/notifier.ts';

/** Orders pools by the share that is left, so that what runs out stands first; then by name. */
export function scarcestFirst(a: PoolFigures, b: PoolFigures): number {
  return shareLeft(a) - shareLeft(b) || a.pool.name.localeCompare(b.pool.name, 'en-US');
}

function shareLeft({ pool }: PoolFigures): number {
  const free = freeLicenses(pool);
  return free === null ? Number.MAX_VALUE : free / Math.max(1, pool.limit ?? 1);
}
