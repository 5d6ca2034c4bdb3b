import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { GapCause } from '#domain/licenses/count-gap.ts';
import { PositionResult } from '../../cli/position.ts';
import { ESTATE } from '../../sandbox/estate/company.ts';
import { runCli } from '../cli/run-cli.ts';
import { collectAgain } from './collect-again.ts';
import { openSandbox } from './sandbox-client.ts';

const { client, sandbox } = await openSandbox();
const folder = await mkdtemp(join(tmpdir(), 'position-'));
afterAll(() => Promise.all([sandbox.close(), rm(folder, { recursive: true })]));

const EXAMPLE = fileURLToPath(new URL('../../docs/estate.example.json', import.meta.url));
const SQL_STANDARD = 'SQL Server Standard (EA 6412903, EA 7120418)';

/** What `position --json` prints: at the sandbox's AWS, or from a file alone. */
async function position(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { exitCode, stdout, stderr } = await runCli(['position', ...args, '--json'], env);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return PositionResult.parse(JSON.parse(stdout));
}
const live = (...args: readonly string[]) => position(args, { AWS_ENDPOINT_URL: sandbox.awsUrl });

/** The position as it is now, and the same read back from the file that it was saved to. */
async function savedAndRead(name: string) {
  const path = join(folder, name);
  const before = await live('--save-estate', path);
  return { before, after: await position(['--estate', path]) };
}

/** How many licenses are held on both lines of the pool that launches of SQL Server draw on. */
function heldOf({ configurations, pools }: z.output<typeof PositionResult>) {
  const held = (lines: readonly { readonly held: number }[] = []) =>
    lines.reduce((sum, line) => sum + line.held, 0);
  return {
    tracked: held(configurations.flatMap(({ tracked }) => tracked)),
    terms: held(pools.find(({ name }) => name === SQL_STANDARD)?.terms),
  };
}

describe('the position at a terminal', () => {
  it('is printed from a deployed stack: every configuration, pool, product, account, Region and owner', async () => {
    const now = await live();
    const { organization, pools, products, configurations, accounts, regions, owners } = now;

    expect(organization).toHaveLength(1);
    expect(configurations).toHaveLength(43);
    expect(pools.map(({ name }) => name)).toContain(SQL_STANDARD);
    expect(products.map(({ key }) => key)).toContain('oracle-database/enterprise');
    expect(accounts.map(({ key }) => key)).toEqual([
      ...ESTATE.accounts.map(({ id }) => id).toSorted(),
      'on-premises',
    ]);
    expect(regions.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['ap-southeast-2', 'eu-west-1', 'us-east-1']),
    );
    expect(owners.map(({ key }) => key)).toContain('finance-dba');
    expect(new Set(now.gaps.map(({ cause }) => cause))).toEqual(new Set(GapCause.options));
    expect(heldOf(now)).toEqual({ tracked: 0, terms: 0 });
  });

  it('is the same to the letter from the file that it was saved to', async () => {
    const { before, after } = await savedAndRead('estate.json');

    expect(after).toEqual(before);
  });

  it('is the same with licenses held for a request, on both lines, of a type that nothing runs on yet', async () => {
    const { request } = await client.request('requester', {
      account: 'data-platform',
      region: 'eu-west-1',
      instance_type: 'm5a.xlarge',
    });
    expect(request?.status).toBe('pending');

    const { before, after } = await savedAndRead('with-a-hold.json');

    expect(heldOf(before)).toEqual({ tracked: 4, terms: 4 });
    expect(after).toEqual(before);
  });

  it('is the same where a source failed, and says that it is partial', async () => {
    await client.faults({
      service: 'rds',
      operation: 'DescribeDBInstances',
      effect: 'error',
      code: 'AccessDenied',
    });
    await collectAgain(client, { account: '222233334444', region: 'us-east-1' });
    await client.faults();

    const { before, after } = await savedAndRead('partial.json');

    expect(before.complete).toBe(false);
    expect(before.missing).toContainEqual(expect.objectContaining({ source: 'databases' }));
    expect(after).toEqual(before);
  });

  it('is printed from the example of the documentation, without any AWS', async () => {
    const { organization, pools } = await position(['--estate', EXAMPLE]);

    expect(organization).toHaveLength(1);
    expect(pools.length).toBeGreaterThan(1);
  });
});
