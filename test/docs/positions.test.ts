import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InventorySource } from '#domain/estate/inventory.ts';
import { GapCause } from '#domain/licenses/count-gap.ts';
import { MissingSource } from '#domain/licenses/position-report.ts';

const page = readFileSync(new URL('../../docs/positions.md', import.meta.url), 'utf8');

/** The first cells of every row. */
const explained = new Set([...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name));

describe('docs/positions.md', () => {
  it.each(GapCause.options)('explains the cause %s', (cause) => {
    expect(explained).toContain(cause);
  });

  it.each(InventorySource.options)('explains the source %s', (source) => {
    expect(explained).toContain(source);
  });

  it.each(MissingSource.unwrap().shape.state.options)('explains the state %s', (state) => {
    expect(explained).toContain(state);
  });
});
