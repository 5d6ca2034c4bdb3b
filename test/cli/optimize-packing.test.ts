import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Failure } from '../../cli/command.ts';
import { PackingResult } from '../../cli/optimize-packing.ts';
import { runCli } from './run-cli.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packing-'));
  await writeFile(at('three.csp'), '3\n10\n6 2\n5 1\n4 2\n');
  await writeFile(at('large.csp'), '2\n10\n6 2\n11 1\n');
  await writeFile(at('setups.bpps'), '4 2 10 5\n-2 1 2\n-3 2 2\n4 5\n3 4\n');
  await writeFile(at('huge.csp'), '');
  await truncate(at('huge.csp'), 100_000_001);
});

afterAll(() => rm(folder, { recursive: true }));

describe('optimize --packing', () => {
  it('prints what was found and what is proven as one JSON document', async () => {
    const args = ['--packing', at('three.csp'), '--format', 'csp', '--time', '5', '--json'];
    const { exitCode, stdout } = await runCli(['optimize', ...args]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^\{"bins":3,"cost":3,"lowerBound":3,"proven":true,"seconds":[\d.]+\}\n$/,
    );
    expect(PackingResult.safeParse(JSON.parse(stdout)).success).toBe(true);
  });

  it('counts what bins and setups cost', async () => {
    const { stdout } = await runCli([
      'optimize',
      ...['--packing', at('setups.bpps'), '--format', 'bpps', '--json'],
    ]);

    expect(JSON.parse(stdout)).toMatchObject({ bins: 2, cost: 15, lowerBound: 15, proven: true });
  });

  it('says the same in words', async () => {
    const args = ['--packing', at('three.csp'), '--format', 'csp'];
    const { exitCode, stdout } = await runCli(['optimize', ...args]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('3 bins, which cost 3.\nNo way of packing costs less: proven.\n');
  });

  it.each([
    [['--format', 'csp'], '--format: leave it out, or name the file'],
    [['--time', '3'], '--time: leave it out, or name the file'],
    [['--packing', 'three.csp', '--explain'], '--explain: leave it out, --packing names'],
    [['--packing', 'nowhere', '--format', 'csp'], '--packing: nowhere: there is no such file'],
    [['--packing', tmpdir(), '--format', 'csp'], 'that is a directory'],
    [['--packing', 'three.csp'], '--format: Write one of csp, bpp, vbp, bpps'],
    [['--packing', 'three.csp', '--format', 'mps'], '--format: Write one of csp, bpp, vbp, bpps'],
    [['--packing', 'three.csp', '--format', 'csp', '--time', '0'], '--time: Write for how many'],
    [['--packing', 'three.csp', '--format', 'csp', '--time', '-3'], "Option '--time'"],
    [['--packing', 'three.csp', '--format', 'csp', '--time=-3'], '--time: Write for how many'],
    [['--packing', 'three.csp', '--format', 'csp', '--time', '1e9'], '--time: Write for how many'],
    [['--packing', 'three.csp', '--format', 'csp', '--time', 'soon'], '--time: Write for how many'],
    [
      ['--packing', 'large.csp', '--format', 'csp'],
      'Line 4, number 1: an item size is a whole number from 1 to 10, not "11"',
    ],
    [['--packing', 'huge.csp', '--format', 'csp'], 'has more than 100 MB'],
  ])('names what it cannot use: %j', async (args, message) => {
    const files = args.map((arg) => (/\.csp$/.test(arg) ? at(arg) : arg));

    const plain = await runCli(['optimize', ...files]);
    const json = await runCli(['optimize', ...files, '--json']);

    expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
    expect(plain.stderr).toContain(message);
    expect(Failure.parse(JSON.parse(json.stdout)).error).toContain(message);
  });

  it('prints JSON as docs/cli/optimize-packing.schema.json says', async () => {
    const file = new URL('../../docs/cli/optimize-packing.schema.json', import.meta.url);

    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(z.toJSONSchema(PackingResult));
  });
});
