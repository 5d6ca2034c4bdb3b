import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createRandom } from '../../sandbox/estate/random.ts';
import type { Row } from '../row.ts';
import { usageCommand } from '../slack-function.ts';
import { summarize } from '../statistics.ts';

const RATE_PER_SECOND = 100;
const SECONDS = 10;
const WARM_UP_SECONDS = 3;

/**
 * Commands arrive by chance, 100/s on average, whether or not earlier ones are answered. Latency
 * counts from when a command was meant to arrive: what queues up is not left out.
 */
export async function signedCommand(bundle: string): Promise<Row> {
  const aws = fork(fileURLToPath(new URL('simulated-aws.ts', import.meta.url)));
  try {
    const { environment } = z
      .object({ environment: z.record(z.string(), z.string()) })
      .parse(await firstMessage(aws));
    const api = fork(fileURLToPath(new URL('http-api.ts', import.meta.url)), [bundle], {
      env: environment,
    });
    try {
      const { port } = z.object({ port: z.number() }).parse(await firstMessage(api));
      const latencies = await openLoop(port);
      const all = summarize(latencies);
      return {
        what: 'signed command to HTTP answer, warm, 100/s, p99',
        unit: 'ms',
        measured: all.p99,
        must: 25,
        aim: 10,
        samples: { latency: all },
        remarks: [
          'bundled handler, simulated AWS and the sender in a process each; arrivals by chance',
        ],
      };
    } finally {
      await stop(api);
    }
  } finally {
    await stop(aws);
  }
}

async function openLoop(port: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const random = createRandom('arrivals');
  const start = performance.now();
  const answers: Promise<number>[] = [];
  let due = 0;
  for (let id = 0; due < (WARM_UP_SECONDS + SECONDS) * 1000; id += 1) {
    due += (-Math.log(1 - random.fraction(String(id))) * 1000) / RATE_PER_SECOND;
    const wait = start + due - performance.now();
    if (wait > 0) await pause(wait);
    const intended = start + due;
    const answer = send(port, agent, id).then(() => performance.now() - intended);
    if (due >= WARM_UP_SECONDS * 1000) answers.push(answer);
  }
  const latencies = await Promise.all(answers);
  agent.destroy();
  return latencies;
}

/** @throws when the answer is not the one that a person should get */
async function send(port: number, agent: Agent, id: number): Promise<void> {
  const { method, path, headers, body } = usageCommand(id);
  const sent = request({ host: '127.0.0.1', port, agent, method, path, headers: { ...headers } });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const answer = await text(response);
  if (response.statusCode !== 200 || !answer.includes('Looking that up')) {
    throw new Error(`Command ${id} was answered ${response.statusCode}: ${answer}`);
  }
}

async function firstMessage(child: ChildProcess): Promise<unknown> {
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`A process of the bench ended with code ${code}.`);
  });
  const [message] = await Promise.race([once(child, 'message'), exit]);
  return message;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}
