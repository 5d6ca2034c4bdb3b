import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { EstateFile } from '#adapters/estate-file/estate-file.ts';
import { Failure } from '../../cli/command.ts';
import { PositionResult } from '../../cli/position.ts';
import { runCli } from './run-cli.ts';

const EXAMPLE = fileURLToPath(new URL('../../docs/estate.example.json', import.meta.url));
const at = (name: string) => new URL(`../../docs/${name}`, import.meta.url);

describe('position', () => {
  it('prints both lines of every pool of the example, and why counts differ', async () => {
    const { exitCode, stdout, stderr } = await runCli(['position', '--estate', EXAMPLE]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/SQL Server Enterprise per vCPU +vCPU +24 +12 +12 +0 +12 +0/);
    expect(stdout).toMatch(/SQL Server Enterprise per vCPU +core +16 +24 +0 +-8 +8 +60,492 USD/);
    expect(stdout).toMatch(/counted, and not installed: i-\w+ crm-web-1/);
    expect(stdout).toContain('210987654321 eu-west-1: everything was never collected');
    expect(stdout).toContain('PARTIAL');
  });

  it('prints the same as one JSON document, as its schema says', async () => {
    const { exitCode, stdout } = await runCli(['position', '--estate', EXAMPLE, '--json']);
    const result = PositionResult.parse(JSON.parse(stdout));

    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ ok: true, complete: false });
    expect(result.products.map(({ key }) => key)).toContain('sql-server/enterprise');
    expect(result.pools).toHaveLength(4);
    expect(result.missing).toMatchObject([{ account: '210987654321', state: 'never' }]);
  });

  it.each([
    ['docs/cli/position.schema.json', PositionResult, 'cli/position.schema.json'],
    ['docs/estate.schema.json', EstateFile, 'estate.schema.json'],
  ])('%s says what is written and read', async (_name, shape, file) => {
    const published = JSON.parse(await readFile(at(file), 'utf8'));

    expect(published).toEqual(z.toJSONSchema(shape, { io: 'input', reused: 'ref' }));
  });

  it('names every field of a wrong file, and computes nothing', async () => {
    const wrong = join(tmpdir(), `estate-${process.pid}.json`);
    const text = await readFile(EXAMPLE, 'utf8');
    await writeFile(
      wrong,
      text.replace('"r5.xlarge"', '"r5.xxlarge"').replaceAll('"hostId": "h-', '"hostId": "h-f'),
    );

    const plain = await runCli(['position', '--estate', wrong]);
    const json = await runCli(['position', '--estate', wrong, '--json']);

    expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
    expect(plain.stderr).toContain('cannot be used, and nothing was computed');
    expect(plain.stderr).toMatch(/scopes\[0\]\.hosts\[0\]\.hostId: Write a host id/);
    expect(Failure.parse(JSON.parse(json.stdout)).ok).toBe(false);
  });

  it.each([
    [['position', '--estate', '/nowhere.json'], 'there is no such file'],
    [['position', '--estate', tmpdir()], 'that is a directory'],
    [['position', '--estate', EXAMPLE, '--save-estate', 'x'], '--save-estate: leave it out'],
    [['position', '--table', 'a b'], '--table: Write the name'],
  ])('names what it cannot use: %j', async (args, message) => {
    const { exitCode, stderr } = await runCli(args);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
