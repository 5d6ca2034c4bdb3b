import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportResult } from '../../cli/import.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { recordsAt } from '../flows/records.ts';
import { runCli } from './run-cli.ts';

const FILE = [
  'Contract,Product,Edition,Version,Metric,Quantity,Kind,Purchase date,Owner',
  'EA-1,SQL Server,Enterprise,2022,core,40,perpetual,2019-06-30,"Müller, Jane"',
  'EA-1,Windows Server,Datacenter,2022,core,64,perpetual,2019-06-30,',
].join('\n');
const SERVERS = [
  'Server,Site,Sockets,Cores per socket,Product,Edition,Listed on',
  'ora-db-01,Frankfurt 2,2,16,Oracle Database,Enterprise Edition,2026-11-01',
].join('\n');

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 'small' });
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const run = (...args: readonly string[]) =>
  runCli(['import', ...args], { AWS_ENDPOINT_URL: sandbox.awsUrl });
const result = (stdout: string) => ImportResult.parse(JSON.parse(stdout));
async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('import', () => {
  /** Of the sandbox's own register at first. */
  let inForce: string | null = null;

  it.each(['entitlements', 'servers'])('takes back what it shows: %s', async (kind) => {
    const shown = await run('--show', kind);
    const path = await file(`${kind}.csv`, shown.stdout);
    const again = await run(path, '--dry-run', '--json');

    expect(result(again.stdout)).toMatchObject({ outcome: 'unchanged', problems: [] });
  });

  it('says what it would change, and changes nothing, with --dry-run', async () => {
    const path = await file('first.csv', FILE);
    const plain = await run(path, '--dry-run');
    const json = await run(path, '--dry-run', '--json');

    expect(plain).toMatchObject({ exitCode: 0, stderr: '' });
    expect(plain.stdout).toContain(
      '  + SQL Server Enterprise 2022, EA-1 of 2019-06-30: 40 core licenses\n',
    );
    expect(plain.stdout).toContain('2 added, 0 changed, ');
    const document = result(json.stdout);
    expect(document).toMatchObject({ ok: true, outcome: 'changes', counts: { added: 2 } });
    inForce = document.inForce;
  });

  it('puts a file in force, once', async () => {
    const path = await file('first.csv', FILE);
    const first = await run(path, '--expect', inForce ?? 'none', '--json');
    const second = await run(path);

    expect(first.exitCode).toBe(0);
    const imported = result(first.stdout);
    inForce = imported.inForce;
    expect(imported).toMatchObject({ ok: true, outcome: 'imported', counts: { added: 2 } });
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(second.stdout).toContain('Nothing changes');
  });

  it('shows the register as a file whose import changes nothing', async () => {
    const shown = await run('--show', 'entitlements');
    const path = await file('shown.csv', shown.stdout);
    const again = await run(path, '--dry-run', '--json');

    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout).toContain('"Müller, Jane"');
    expect(result(again.stdout).outcome).toBe('unchanged');
  });

  it('shows what a second file changes against the hash that is expected', async () => {
    const next = FILE.split('\n').slice(0, 2).join('\n').replace(',40,', ',60,');
    const path = await file('next.csv', next);
    const stale = await run(path, '--expect', 'f'.repeat(64));
    const staleJson = await run(path, '--expect', 'none', '--json');
    const good = await run(path, '--expect', String(inForce));

    expect(stale).toMatchObject({ exitCode: 1, stdout: '' });
    expect(stale.stderr).toContain(`In force now: ${inForce}`);
    expect(staleJson.exitCode).toBe(1);
    expect(result(staleJson.stdout)).toMatchObject({ ok: false, outcome: 'stale', inForce });
    expect(good.exitCode).toBe(0);
    expect(good.stdout).toContain('  ~ SQL Server Enterprise 2022');
    expect(good.stdout).toContain('Quantity 40 → 60');
    expect(good.stdout).toContain('  - Windows Server Datacenter 2022');
  });

  it('leaves the entitlements alone when the file has servers', async () => {
    const path = await file('servers.csv', SERVERS);
    const { stdout } = await run(path, '--json');

    expect(result(stdout)).toMatchObject({ counts: { added: 1, unchanged: 1 } });
    expect((await run('--show', 'entitlements')).stdout).toContain('EA-1');
    expect((await run('--show', 'servers')).stdout).toContain('ora-db-01');
  });

  it('names row and column of everything that cannot be used, and changes nothing', async () => {
    const path = await file(
      'bad.csv',
      `${FILE}\nEA-2,SQL Server,,,core,1.5,forever,2019-06-30,\u001b[2Jx\n`,
    );
    const plain = await run(path);
    const json = await run(path, '--json');

    expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
    expect(plain.stderr).toContain('  row 4, Quantity: Write a whole number');
    expect(plain.stderr).toContain('  row 4, Kind: Write perpetual or subscription\n');
    expect(plain.stderr).not.toContain('\u001b');
    expect(json.exitCode).toBe(2);
    expect(result(json.stdout)).toMatchObject({
      ok: false,
      outcome: 'unusable',
      problems: [
        { row: 4, column: 'Quantity' },
        { row: 4, column: 'Kind' },
      ],
    });
    expect((await run('--show', 'entitlements')).stdout).not.toContain('EA-2');
  });

  it('reads no file of more than 20 MB', async () => {
    const path = await file('large.csv', FILE);
    await truncate(path, 50_000_000);
    const { exitCode, stderr } = await run(path);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('  file: The file has more than 20 MB');
  });

  it.each([
    ['no file', [], 'FILE: Name a CSV file'],
    ['a file and --show', ['a.csv', '--show', 'servers'], 'or leave it out and write --show'],
    ['a file that is not there', ['/nowhere.csv'], '/nowhere.csv: there is no such file'],
    ['half a hash', ['a.csv', '--expect', 'abc'], '--expect: Write the hash'],
    ['another kind to show', ['--show', 'all'], '--show: Write entitlements or servers'],
    ['an estate file', ['a.csv', '--estate', 'estate.json'], "'--estate'"],
  ])('names what it cannot use: %s', async (_what, args, message) => {
    const { exitCode, stdout, stderr } = await run(...args);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('leaves its audit: the principal that AWS vouches for', async () => {
    const trail = await recordsAt(sandbox.awsUrl).auditTrail('register');

    expect(trail.slice(-3).map(({ event, by }) => `${event} ${by}`)).toEqual(
      Array(3).fill('register.imported arn:aws:iam::111122223333:user/administrator'),
    );
  });
});
