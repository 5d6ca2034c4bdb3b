import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { HostFill } from '#domain/optimization/optimization-result.ts';
import { Failure } from '../../cli/command.ts';
import { optimizationText } from '../../cli/optimization-text.ts';
import { OptimizeResult } from '../../cli/optimize-estate.ts';
import { runCli } from './run-cli.ts';

const EXAMPLE = fileURLToPath(new URL('../../docs/estate.example.json', import.meta.url));
const optimize = (...args: readonly string[]) => runCli(['optimize', '--estate', EXAMPLE, ...args]);

async function resultOf(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await optimize(...args, '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return OptimizeResult.parse(JSON.parse(stdout));
}

describe('optimize --estate', () => {
  it('says what the example costs, would cost, and that nothing is better', async () => {
    const { exitCode, stdout, stderr } = await optimize();

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Optimization for least cost, as of 2026-11-22T09:00:00.000Z');
    expect(stdout).toMatch(/You pay +3,692 USD a month\nYou would pay +2,718 USD a month/);
    expect(stdout).toContain('You would save    974 USD a month (26.4 %)');
    expect(stdout).toContain('Proven: of what was compared, nothing is better to this goal.');
    expect(stdout).toMatch(/1 +Switch CPUs off +erp-sql-2 +974 +4 +medium +restart/);
    expect(stdout).toContain('2 machines: their licenses stay on their host for so many days');
    expect(stdout).toContain('account was never read (development eu-west-1)');
    expect(stdout).not.toContain('Evidence');
  });

  it('explains what each rests on, how it is done, and how it is undone', async () => {
    const { stdout } = await optimize('--explain');

    expect(stdout).toMatch(/1 {2}Switch CPUs off {2}rec-\w{10} {2}in 123456789012 us-east-1/);
    expect(stdout).toMatch(/Now +r6i\.2xlarge, default, RunInstances:0002; /);
    expect(stdout).toMatch(/Then +r6i\.2xlarge with 4 × 1 CPUs, /);
    expect(stdout).toMatch(/Evidence +cpu p995: [\d.]+ percent over 14 days/);
    expect(stdout).toMatch(
      /Step +ModifyInstanceAttribute i-\w+ to r6i\.2xlarge,\s+ModifyInstanceCpuOptions\s+to\s+4 × 1/,
    );
    expect(stdout).toMatch(/Roll back +ModifyInstanceAttribute i-\w+ to r6i\.2xlarge/);
  });

  it('draws every host with its fill, and says what comes there', async () => {
    const result = await resultOf();
    const host: HostFill = {
      ...{ ref: 'new-host-1', isNew: true, account: '123456789012', region: 'us-east-1' },
      ...{ availabilityZone: 'us-east-1a', family: 'm5', cores: 48, usedCores: 24 },
      ...{ machines: 2, spare: false },
    };
    const spare = { ...host, ref: 'new-host-2', machines: 0, usedCores: 0, spare: true };
    const [first, ...others] = result.plan;
    const move = {
      ...{ do: 'move' as const, account: host.account, region: host.region },
      ...{ instanceId: 'i-00000000000000002', tenancy: 'host' as const, hostId: 'new-host-1' },
    };
    const plan = first === undefined ? [] : [{ ...first, steps: [move] }, ...others];
    const after = result.after && { ...result.after, hosts: [host, spare] };

    const text = optimizationText(
      { ...result, plan, after },
      { explain: true, accountNames: new Map() },
    );

    expect(text).toContain(
      [
        'Dedicated Hosts then',
        '  [##########..........] 24 of 48 cores  m5 us-east-1a new-host-1  2 machines',
        '    comes there: i-00000000000000002',
        '  [....................] 0 of 48 cores  m5 us-east-1a new-host-2  kept free',
      ].join('\n'),
    );
    expect(text).toMatch(/Step +ModifyInstancePlacement i-\w+ to host new-host-1/);
  });

  it.each`
    noPlan                                                                                      | words
    ${{ code: 'out-of-time', subject: null, missing: null }}                                    | ${'There is no plan: nothing was found in time; write more --seconds.'}
    ${{ code: 'right-short', subject: { kind: 'product', id: 'x', name: 'EA' }, missing: 3.5 }} | ${'can be bought (EA): 4 licenses missing.'}
  `('says why there is no plan: $noPlan.code', async ({ noPlan, words }) => {
    const result = await resultOf();

    const text = optimizationText(
      { ...result, plan: [], after: null, noPlan },
      { explain: false, accountNames: new Map() },
    );

    expect(text).toContain(words);
    expect(text).not.toContain('You pay');
  });

  it('prints at most 100 columns, but for what cannot be broken', async () => {
    const { stdout } = await optimize('--explain');

    const wide = stdout.split('\n').filter((line) => line.trim().length > 100);
    expect(wide.filter((line) => line.trim().includes(' '))).toEqual([]);
  });

  it('prints all of it as one JSON document, as its schema says', async () => {
    const { before, after, plan, machines, proven } = await resultOf();

    const saved = plan.reduce((sum, { savings }) => sum + (savings.monthly?.micros ?? 0), 0);
    expect({ machines, proven }).toEqual({ machines: 5, proven: true });
    expect(before.monthly.micros - (after?.monthly.micros ?? 0)).toBe(saved);
  });

  it('is published as docs/cli/optimize.schema.json', async () => {
    const file = new URL('../../docs/cli/optimize.schema.json', import.meta.url);

    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(
      z.toJSONSchema(OptimizeResult, { io: 'input', reused: 'ref' }),
    );
  });

  it.each`
    flags                                                | scenario
    ${['--goal', 'own-only']}                            | ${{ goal: 'own-only' }}
    ${['--by', '2026-11-22']}                            | ${{ goal: 'least-cost', by: '2026-11-22' }}
    ${['--account', '123456789012', '--seconds', '0.5']} | ${{ accounts: ['123456789012'] }}
    ${['--keep-production', '--no-downtime']}            | ${{ keepProduction: true, noDowntime: true }}
  `('asks for $scenario by $flags', async ({ flags, scenario }) => {
    expect((await resultOf(...flags)).scenario).toMatchObject(scenario);
  });

  it('leaves alone what must not stand still', async () => {
    const { plan } = await resultOf('--keep-production', '--no-downtime');

    expect(plan).toEqual([]);
  });

  it('says by how much a goal costs more', async () => {
    const { stdout } = await optimize('--goal', 'fewest-licenses');

    expect(stdout).toContain('Which is more     726 USD a month (19.7 %)');
  });

  it('says that nothing licensed runs in an empty estate', async () => {
    const { scopes: _, ...rest } = z
      .looseObject({ scopes: z.unknown() })
      .parse(JSON.parse(await readFile(EXAMPLE, 'utf8')));
    const empty = join(tmpdir(), `estate-empty-${process.pid}.json`);
    await writeFile(empty, JSON.stringify({ ...rest, scopes: [] }));

    const { exitCode, stdout } = await runCli(['optimize', '--estate', empty]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('Nothing licensed runs there');
  });

  it.each([
    [['--goal', 'cheapest'], '--goal: Write one of least-cost, fewest-licenses'],
    [['--by', 'tomorrow'], '--by: Write a day as 2027-06-30'],
    [['--by', '2026-11-21'], '--by: 2026-11-21 is over; write a day from 2026-11-22 on'],
    [['--account', '12'], '--account: An AWS account id has twelve digits'],
    [['--account', '999988887777'], '--account: Nothing is known of 999988887777; known are 1234'],
    [['--seconds', '0'], '--seconds: Write for how many seconds at most'],
    [['--seconds=-5'], '--seconds: Write for how many seconds at most'],
    [['--seconds', 'long'], '--seconds: Write for how many seconds at most'],
    [['--seconds', '1e9'], '--seconds: Write for how many seconds at most'],
    [['--table', 'a b'], '--table: Write the name'],
    [['everything'], 'everything: leave it out'],
    [['--estate', '/nowhere.json'], 'there is no such file'],
  ])('names what it cannot use: %j', async (args, message) => {
    const { exitCode, stdout } = await optimize(...args, '--json');

    expect(exitCode).toBe(2);
    expect(Failure.parse(JSON.parse(stdout)).error).toContain(message);
  });
});
