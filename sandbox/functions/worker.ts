import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createClock, installClock } from '../clock.ts';
import { Invocation, type Outcome, WorkerSettings } from './worker-protocol.ts';

/** The body of a worker thread: one Lambda execution environment, one invocation at a time. */
async function serve(): Promise<void> {
  const port = parentPort;
  if (isMainThread || port === null) throw new Error('worker.ts runs in a worker thread only.');
  const settings = WorkerSettings.parse(workerData);
  installClock(createClock(settings.clockOffset));
  const { handler } = Module.parse(await import(settings.module));
  port.on('message', (message: unknown) => {
    void invoke(handler, Invocation.parse(message), settings).then((outcome) =>
      port.postMessage(outcome),
    );
  });
  port.postMessage({ kind: 'ready' });
}

type Handler = (event: unknown, context: object) => unknown;

const Module = z.object({
  handler: z.custom<Handler>((value) => typeof value === 'function', 'exports no handler'),
});

async function invoke(
  handler: Handler,
  { id, event }: Invocation,
  settings: WorkerSettings,
): Promise<Outcome> {
  const deadline = performance.now() + settings.timeoutMs;
  const context = {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: id,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
  try {
    // As Lambda does it: what comes back went through JSON.
    const result = JSON.stringify(await handler(event, context)) ?? 'null';
    return { kind: 'done', id, result };
  } catch (error) {
    return { kind: 'failed', id, error: error instanceof Error ? describe(error) : String(error) };
  }
}

function describe({ name, message, stack }: Error): string {
  return stack ?? `${name}: ${message}`;
}

await serve();
