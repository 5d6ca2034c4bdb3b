import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Row } from '../row.ts';
import { SIGNING_SECRET, slackEnvironment, usageEvent } from '../slack-function.ts';
import { summarize } from '../statistics.ts';
import { type Endpoint, serveEndpoint } from './endpoint.ts';

const CHILD = fileURLToPath(new URL('first-answer.mjs', import.meta.url));
const WARM_UP = 3;
const RUNS = 40;

const Answer = z.object({
  statusCode: z.literal(200),
  body: z.string().includes('Looking that up'),
});
const WORK = ['DynamoDB_20120810.PutItem', 'AmazonSQS.SendMessage'];

/**
 * From the start of the process to the answer, as seen from outside; stock Bolt's and ours in turn,
 * so that whatever else the machine does hits both.
 */
export async function coldStart(bundles: { ours: string; stock: string }): Promise<Row> {
  const endpoint = await serveEndpoint();
  const times: { ours: number[]; stock: number[] } = { ours: [], stock: [] };
  try {
    for (let run = 0; run < WARM_UP + RUNS; run += 1) {
      const stock = await firstAnswer(bundles.stock, endpoint);
      const ours = await firstAnswer(bundles.ours, endpoint);
      if (run < WARM_UP) continue;
      times.stock.push(stock);
      times.ours.push(ours);
    }
  } finally {
    await endpoint.close();
  }
  const ours = summarize(times.ours);
  const stock = summarize(times.stock);
  return {
    what: 'functions/slack: process start to first signed command answered, against stock Bolt',
    unit: 'ratio',
    measured: ours.median / stock.median,
    must: 1 / 3,
    aim: 1 / 4,
    samples: { ours, stock },
    remarks: [`of the medians; of the minima it is ${(ours.min / stock.min).toFixed(3)}`],
  };
}

/** Milliseconds. @throws when the command was not answered, or not with its work done */
async function firstAnswer(bundle: string, endpoint: Endpoint): Promise<number> {
  const env = await slackEnvironment({
    awsUrl: `http://127.0.0.1:${endpoint.port}`,
    extensionPort: endpoint.port,
  });
  endpoint.takeCalls();
  const event = JSON.stringify(usageEvent(0));
  const start = performance.now();
  const child = spawn(process.execPath, [CHILD, bundle, event], {
    env: { ...env, SLACK_SIGNING_SECRET: SIGNING_SECRET },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [answered, output, errors] = await Promise.all([
    once(child.stdout, 'readable').then(() => performance.now() - start),
    text(child.stdout),
    text(child.stderr),
  ]);
  const calls = endpoint.takeCalls();
  if (output === '' || !WORK.every((name) => calls.includes(name))) {
    throw new Error(`${bundle} did not do its work, only ${calls.join(', ')}.\n${errors}`);
  }
  Answer.parse(JSON.parse(output));
  return answered;
}
