import { describe, expect, it } from 'vitest';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import { gapBlocks } from '#slack/views/pool-gaps.ts';
import { ACCOUNT, aPool, REGION } from '../builders.ts';

const RESOURCE: CountGap['resources'][number] = {
  id: 'i-1',
  kind: 'instance',
  name: 'erp-1',
  owner: null,
  consumed: null,
  counted: null,
};

function aGap(changes: Partial<CountGap> = {}): CountGap {
  return {
    cause: 'untracked',
    account: ACCOUNT,
    region: REGION,
    configurationArns: [],
    product: 'sql-server',
    edition: 'standard',
    resources: [RESOURCE],
    ...changes,
  };
}

describe('what nothing tracks', () => {
  it('is named with where it runs when that is elsewhere, after what is beside the pool', () => {
    const elsewhere = aGap({ region: 'eu-central-1' });
    const text = JSON.stringify(gapBlocks({ pool: aPool(), gaps: [elsewhere, aGap()] }));

    const line = 'no license configuration counts it: SQL Server Standard';
    expect(text.match(new RegExp(line, 'g'))).toHaveLength(2);
    expect(text.match(/erp-1 \(i-1\)/g)).toHaveLength(2);
    expect(text.indexOf(` in ${ACCOUNT} eu-central-1`)).toBeGreaterThan(text.lastIndexOf(line));
    expect(text).not.toContain(` in ${ACCOUNT} ${REGION}`);
  });

  it('says of containers that it is derived', () => {
    const task = { ...RESOURCE, kind: 'container' as const };
    const text = JSON.stringify(gapBlocks({ pool: aPool(), gaps: [aGap({ resources: [task] })] }));

    expect(text).toContain('(1 in containers: derived, not tracked by License Manager)');
  });

  it('is cut to what a card lists, with how much more there is', () => {
    const gaps = Array.from({ length: 11 }, () => aGap());

    expect(JSON.stringify(gapBlocks({ pool: aPool(), gaps }))).toContain('and 3 more');
  });
});
