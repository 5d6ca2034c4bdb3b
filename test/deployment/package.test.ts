import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageSize } from '../../bench/package-size.ts';
import { buildFunctions } from '../../build.ts';
import { readDeployment } from '../../sandbox/deployment/deployment.ts';
import { parseTemplate } from '../../sandbox/deployment/template.ts';

const run = promisify(execFile);
const RUNNER = fileURLToPath(new URL('load-handler.mjs', import.meta.url));
const template = await readFile(new URL('../../serverless.yml', import.meta.url), 'utf8');
// Port 1 refuses connections at once: a handler that calls AWS, Slack or the extension fails.
const place = { account: '111122223333', region: 'us-east-1', awsUrl: 'http://127.0.0.1:1' };
const deployed = readDeployment(template, place).functions;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'quartermaster-package-'));
  await buildFunctions(root);
});
afterAll(() => rm(root, { recursive: true }));

/** Loads the bundle in a process of its own with the environment that Lambda gives, and nothing else. */
async function answerOf(name: string, event: unknown): Promise<unknown> {
  const { environment } = deployed.find((candidate) => candidate.name === name) ?? {};
  const env = {
    ...environment,
    AWS_REGION: place.region,
    AWS_ENDPOINT_URL: place.awsUrl,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'test',
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: '1',
    SLACK_API_URL: 'http://127.0.0.1:1/api/',
  };
  const file = join(root, name, 'index.mjs');
  const { stdout } = await run(process.execPath, [RUNNER, file, JSON.stringify(event)], { env });
  return JSON.parse(stdout.split('\n').at(-1) ?? '');
}

const Service = z.object({
  functions: z.record(
    z.string(),
    z.object({ handler: z.string(), package: z.object({ patterns: z.array(z.string()) }) }),
  ),
});
const named = Object.entries(Service.parse(parseTemplate(template)).functions);

const unsigned = {
  version: '2.0',
  rawPath: '/slack/events',
  requestContext: { http: { method: 'POST', path: '/slack/events' } },
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'command=%2Flicense&text=usage',
  isBase64Encoded: false,
};

describe('the package of', () => {
  it('functions/slack answers an unsigned request with an empty 401', async () => {
    expect(await answerOf('slack', unsigned)).toMatchObject({
      answer: { statusCode: 401, body: '' },
    });
  });

  it.each(['answer', 'collect', 'decide', 'launch', 'optimize', 'watch'])(
    'functions/%s answers an empty batch with no failures',
    async (name) => {
      expect(await answerOf(name, { Records: [] })).toMatchObject({
        answer: { batchItemFailures: [] },
      });
    },
  );

  it('functions/sweep loads, and fails where there is no table', async () => {
    await expect(answerOf('sweep', {})).rejects.toThrow('ECONNREFUSED');
  });

  it.each(deployed.map(({ name }) => name))(
    'functions/%s holds nothing that does not load',
    async (name) => {
      const packed = await readdir(join(root, name));
      const files = packed.filter((file) => file.endsWith('.mjs'));
      const { environment } = deployed.find((candidate) => candidate.name === name) ?? {};
      const script =
        'for (const file of process.argv.slice(1)) await import(file); process.exit(0);';
      const paths = files.map((file) => join(root, name, file));
      const loaded = run(process.execPath, ['--input-type=module', '-e', script, ...paths], {
        env: { ...environment, AWS_REGION: place.region },
      });

      await expect(loaded).resolves.toMatchObject({ stderr: '' });
      const others = packed.filter((file) => !files.includes(file));
      expect(others).toEqual(name === 'optimize' ? ['highs.wasm'] : []);
    },
  );

  it('functions/slack is at most 250 KB', async () => {
    const { measured } = await packageSize(join(root, 'slack'));

    expect(measured).toBeLessThanOrEqual(250);
  });
});

describe('serverless.yml', () => {
  it('deploys every function there is', async () => {
    const files = await readdir(fileURLToPath(new URL('../../functions', import.meta.url)));

    expect(named.map(([name]) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
  });

  it.each(named)(
    'packs of %s its own bundle and nothing else',
    (name, { handler, package: packed }) => {
      expect(handler).toBe(`.build/${name}/index.handler`);
      expect(packed.patterns).toEqual([`.build/${name}/**`]);
    },
  );
});
