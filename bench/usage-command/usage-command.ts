import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { Row } from '../row.ts';
import { summarize } from '../statistics.ts';

const WARM_UP = 10;
const COMMANDS = 60;

/** The ephemeral answers that somebody sees, as far as the bench reads them. */
const Answered = z.object({
  ok: z.literal(true),
  state: z.object({
    channels: z.array(
      z.object({ name: z.string(), messages: z.array(z.object({ blocks: z.array(z.unknown()) })) }),
    ),
  }),
});

/**
 * From typing the command to the answer of the control API, which comes when everything is done and
 * holds the message: a little later than the message itself.
 */
export async function usageCommand(): Promise<Row> {
  const sandbox = await startSandbox();
  try {
    const samples: number[] = [];
    for (let run = 0; run < WARM_UP + COMMANDS; run += 1) {
      const start = performance.now();
      const posted = await askForUsage(sandbox);
      const duration = performance.now() - start;
      if (posted !== run + 1) throw new Error(`${posted} answers after ${run + 1} commands`);
      if (run >= WARM_UP) samples.push(duration);
    }
    const all = summarize(samples);
    return {
      what: '`/license usage` to message posted, warm, sandbox, p95',
      unit: 'ms',
      measured: all.p95,
      must: 250,
      aim: 100,
      samples: { duration: all },
      remarks: ['default estate; through the control API, one command after the other'],
    };
  } finally {
    await sandbox.close();
  }
}

/** How many tables of pools the channel shows afterwards. */
async function askForUsage({ url }: Sandbox): Promise<number> {
  const response = await fetch(`${url}/sandbox/command`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'requester', channel: 'licenses', text: '/license usage' }),
  });
  const { state } = Answered.parse(await response.json());
  const channel = state.channels.find(({ name }) => name === 'licenses');
  return channel?.messages.filter(({ blocks }) => blocks.length > 1).length ?? 0;
}
