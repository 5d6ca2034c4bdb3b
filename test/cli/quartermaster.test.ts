import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Failure } from '../../cli/command.ts';
import { ImportResult } from '../../cli/import.ts';
import { PolicyCheckResult } from '../../cli/policy-check.ts';
import { PolicyPublishResult } from '../../cli/policy-publish.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { sha256 } from '../builders.ts';
import { runCli } from './run-cli.ts';

const SHIPPED = fileURLToPath(new URL('../../sandbox/policy.yml', import.meta.url));
const policy = await readFile(SHIPPED, 'utf8');
const HASH = sha256(policy);
const folder = await mkdtemp(join(tmpdir(), 'quartermaster-'));
const GOOD = join(folder, 'good.yml');
const BAD = join(folder, 'bad.yml');
const BROKEN = join(folder, 'broken.yml');
const LARGE = join(folder, 'large.yml');

beforeAll(async () => {
  await writeFile(GOOD, policy.replace('countMaximum: 20', 'countMaximum: 2'));
  await writeFile(
    BAD,
    policy
      .replace('countMaximum: 20', 'countMaximum: 0')
      .replace('channel: C0APPROVAL', 'channel: approvals'),
  );
  await writeFile(BROKEN, 'version: 1\nroles: [');
  await writeFile(LARGE, `${policy}# ${'x'.repeat(200_000)}`);
});
afterAll(() => rm(folder, { recursive: true }));

const BAD_PATHS = ['launchProfiles[6].countMaximum', 'approvals[0].channel'];
/** Of the only count that the bad document has wrong. */
const BAD_LINE = policy.split('\n').findIndex((line) => line.includes('countMaximum: 20')) + 1;
const publish = (file: string, expect = HASH, as = 'U0ADMIN001') =>
  ['policy', 'publish', file, '--expect', expect, '--as', as] as const;

describe('quartermaster', () => {
  it('lists its commands and exit codes', async () => {
    const { exitCode, stdout } = await runCli(['--help']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('policy check FILE [--slack] [--against [--days N] [--table NAME]]\n');
    expect(stdout).toContain(
      'policy publish (FILE | --roll-back-to HASH) --expect HASH|none --as SLACK_USER_ID',
    );
    expect(stdout).toContain('0 done or yes, 1 no or failed, 2 bad input');
  });

  it('says how a command is written', async () => {
    expect((await runCli(['policy', 'check', '--help'])).stdout).toMatch(
      /^quartermaster policy check FILE \[--slack\] \[--against .*\] \[--json\]\n/,
    );
  });

  it.each([
    ['no command', [], 'command: Write one of position, optimize, import, policy check'],
    ['another command', ['policy', 'pubish', GOOD], 'policy pubish: There is no such command'],
    ['no file', ['policy', 'check'], 'FILE: Name a policy file'],
    [
      'a file that is not there',
      ['policy', 'check', '/nowhere.yml'],
      'FILE: Name a policy file in YAML. /nowhere.yml: there is no such file',
    ],
    ['a directory', ['policy', 'check', folder], 'that is a directory'],
    ['two files', ['policy', 'check', GOOD, 'other.yml'], 'other.yml: leave it out'],
    ['a flag that does not exist', ['policy', 'check', GOOD, '--force'], "'--force'"],
    ['a flag without its value', ['policy', 'publish', GOOD, '--expect'], '--expect'],
    [
      'no hash',
      ['policy', 'publish', GOOD, '--as', 'U0ADMIN001'],
      '--expect: Write the hash that is published now',
    ],
    ['half a hash', publish(GOOD, HASH.slice(0, 32)), '--expect: Write the hash'],
    [
      'no person',
      ['policy', 'publish', GOOD, '--expect', 'none'],
      '--as: Write your Slack user id',
    ],
    ['a name for a person', publish(GOOD, HASH, 'ada'), '--as: Write your Slack user id'],
    [
      'a file and a hash to roll back to',
      [...publish(GOOD), '--roll-back-to', HASH],
      'FILE: Name a policy file in YAML, or write --roll-back-to, not both',
    ],
    [
      'neither a file nor a hash to roll back to',
      ['policy', 'publish', '--expect', HASH, '--as', 'U0ADMIN001'],
      'FILE: Name a policy file in YAML, or write --roll-back-to, not both',
    ],
    [
      'half a hash to roll back to',
      [
        'policy',
        'publish',
        '--roll-back-to',
        HASH.slice(1),
        '--expect',
        HASH,
        '--as',
        'U0ADMIN001',
      ],
      '--roll-back-to: Write the hash of a policy that was in force',
    ],
    [
      'days without past requests',
      ['policy', 'check', GOOD, '--days', '3'],
      '--days: Write --against too',
    ],
    [
      'a part of a day',
      ['policy', 'check', GOOD, '--against', '--days', '0.5'],
      '--days: Write a whole number of days from 1 to 3650',
    ],
    [
      'no token for Slack',
      ['policy', 'check', SHIPPED, '--slack'],
      '--slack: Set SLACK_BOT_TOKEN to the bot’s token',
    ],
    ['no table name', [...publish(GOOD), '--table', 'a b'], '--table: Write the name'],
  ])('names what it cannot use: %s', async (_what, args, message) => {
    const plain = await runCli(args);
    const json = await runCli([...args, '--json']);

    expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
    expect(plain.stderr).toContain(message);
    expect(plain.stderr).not.toContain('    at ');
    expect(json).toMatchObject({ exitCode: 2, stderr: '' });
    expect(Failure.parse(JSON.parse(json.stdout)).error).toContain(message);
  });

  it.each([
    ['policy-check', PolicyCheckResult],
    ['policy-publish', PolicyPublishResult],
    ['import', ImportResult],
    ['failure', Failure],
  ])('prints JSON as docs/cli/%s.schema.json says', async (name, shape) => {
    const file = new URL(`../../docs/cli/${name}.schema.json`, import.meta.url);

    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(z.toJSONSchema(shape));
  });
});

describe('policy check', () => {
  it('says that a document can be used, and its hash', async () => {
    expect(await runCli(['policy', 'check', SHIPPED])).toEqual({
      exitCode: 0,
      stdout: `${SHIPPED} can be used.\nHash: ${HASH}\n`,
      stderr: '',
    });
  });

  it('names every path that is wrong, and what to write there', async () => {
    const plain = await runCli(['policy', 'check', BAD]);
    const json = await runCli(['policy', 'check', BAD, '--json']);

    expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
    expect(plain.stderr).toContain(
      `  ${BAD}:${BAD_LINE}:19 launchProfiles[6].countMaximum: Write a whole number from 1 to 100\n`,
    );
    expect(json.exitCode).toBe(2);
    const result = PolicyCheckResult.parse(JSON.parse(json.stdout));
    expect(result).toMatchObject({ ok: false, warnings: [] });
    expect(result.problems.map(({ path }) => path)).toEqual(BAD_PATHS);
    expect(result.problems[0]).toMatchObject({ line: BAD_LINE, column: 19 });
  });

  it.each([
    [BROKEN, 'document: Write YAML: .*line 2'],
    [LARGE, 'document: Write less: a policy has at most 128 KiB'],
  ])('says why %s is none', async (file, message) => {
    const { exitCode, stderr } = await runCli(['policy', 'check', file]);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(new RegExp(message));
  });

  it('warns of a policy that nobody could replace', async () => {
    const lonely = join(folder, 'lonely.yml');
    await writeFile(
      lonely,
      policy.replace('U0ADMIN001, U0ADMIN002] }\n  auditor', 'U0ADMIN001] }\n  auditor'),
    );

    const { exitCode, stdout } = await runCli(['policy', 'check', lonely, '--json']);

    expect(exitCode).toBe(0);
    const { warnings } = PolicyCheckResult.parse(JSON.parse(stdout));
    expect(warnings.map(({ path }) => path)).toEqual([
      'roles.administrator',
      'approvals[2].levels',
    ]);
  });
});

describe('policy publish', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 'small' });
  });
  afterAll(() => sandbox.close());
  const run = (...args: readonly string[]) => runCli(args, { AWS_ENDPOINT_URL: sandbox.awsUrl });
  const result = (stdout: string) => PolicyPublishResult.parse(JSON.parse(stdout));

  it('says what is published when that is not what was expected', async () => {
    const other = 'f'.repeat(64);
    const plain = await run(...publish(GOOD, 'none'));
    const json = await run(...publish(GOOD, other), '--json');

    expect(plain).toMatchObject({ exitCode: 1, stdout: '' });
    expect(plain.stderr).toContain(
      '--expect: none is not what is published. Nothing was proposed.',
    );
    expect(plain.stderr).toContain(`Published now: ${HASH}`);
    expect(json.exitCode).toBe(1);
    expect(result(json.stdout)).toMatchObject({
      ok: false,
      outcome: 'stale',
      published: HASH,
      proposal: null,
    });
  });

  it('proposes nothing that cannot be used, and names the paths', async () => {
    const { exitCode, stdout } = await run(...publish(BAD), '--json');

    expect(exitCode).toBe(2);
    const { problems, ...rest } = result(stdout);
    expect(rest).toMatchObject({ ok: false, outcome: 'unusable', proposal: null });
    expect(problems.map(({ path }) => path)).toEqual(BAD_PATHS);
  });

  it('is done when the document is published already', async () => {
    const { exitCode, stdout } = await run(...publish(SHIPPED), '--json');

    expect(exitCode).toBe(0);
    expect(result(stdout)).toMatchObject({ ok: true, outcome: 'unchanged', proposal: null });
  });

  it('proposes: says what changes, by when and by whom it is to be confirmed', async () => {
    const plain = await run(...publish(GOOD));
    const json = await run(...publish(GOOD), '--json');

    expect(plain).toMatchObject({ exitCode: 0, stderr: '' });
    expect(plain.stdout).toMatch(/^Proposed as pol-[0-9a-f]{10}: nothing changes until/);
    expect(plain.stdout).toContain('somebody else than U0ADMIN001.');
    expect(plain.stdout).toContain('launchProfiles[Linux and Tableau].countMaximum: 20 → 2\n');
    expect(json.exitCode).toBe(0);
    expect(result(json.stdout)).toMatchObject({
      ok: true,
      outcome: 'proposed',
      hash: sha256(policy.replace('countMaximum: 20', 'countMaximum: 2')),
      published: HASH,
      proposal: { id: expect.stringMatching(/^pol-/) },
      changes: [{ section: 'launchProfiles', name: 'Linux and Tableau', kind: 'changed' }],
    });
  });

  it('compares with the policy in force by the past requests, also when there are none', async () => {
    const plain = await run('policy', 'check', GOOD, '--against');
    const json = await run('policy', 'check', GOOD, '--against', '--days', '1', '--json');

    expect(plain).toMatchObject({ exitCode: 0, stderr: '' });
    expect(plain.stdout).toContain(
      `Against the policy in force (${HASH.slice(0, 12)}), of 0 past requests none would come out otherwise.\n`,
    );
    const { replay } = PolicyCheckResult.parse(JSON.parse(json.stdout));
    expect(replay).toEqual({ against: HASH, requests: 0, changed: [] });
  });

  it('asks Slack who is in the user groups of a policy', async () => {
    const file = join(folder, 'groups.yml');
    await writeFile(
      file,
      policy.replace('{ approvers: administrator }', '{ approvers: { userGroups: [S0NOBODY1] } }'),
    );
    const slack = { SLACK_API_URL: `${sandbox.url}/api/`, SLACK_BOT_TOKEN: 'xoxb-sandbox-token' };

    const guessed = await runCli(['policy', 'check', file]);
    const asked = await runCli(['policy', 'check', file, '--slack'], slack);

    expect(guessed.stdout).not.toContain('Good to know');
    expect(asked.stdout).toContain(
      'approvals[2].levels: Write more people: one person fills one seat, and these cannot fill all 2',
    );
  });

  it('rolls back to no document that was never in force', async () => {
    const hash = sha256(policy.replace('countMaximum: 20', 'countMaximum: 2'));
    const args = ['--roll-back-to', hash, '--expect', HASH, '--as', 'U0ADMIN001'];
    const { exitCode, stderr } = await run('policy', 'publish', ...args);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(`--roll-back-to: No policy with the hash ${hash} was ever in force`);
  });

  it('says that there is no such stack', async () => {
    const { exitCode, stderr } = await run(...publish(GOOD), '--table', 'elsewhere');

    expect(exitCode).toBe(1);
    expect(stderr).toContain('name its table with --table');
  });

  it('says that there are no credentials', async () => {
    const { exitCode, stderr } = await runCli(publish(GOOD));

    expect(exitCode).toBe(1);
    expect(stderr).toContain('There are no AWS credentials. Sign in or set AWS_PROFILE');
  });

  it('says that AWS cannot be reached', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const { exitCode, stdout } = await runCli([...publish(GOOD), '--json'], env);

    expect(exitCode).toBe(1);
    expect(Failure.parse(JSON.parse(stdout)).error).toContain('AWS does not answer: ECONNREFUSED');
  });
});
