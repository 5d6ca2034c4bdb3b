import { createCallLog } from './call-log.ts';
import { type Clock, createClock } from './clock.ts';
import { createControl } from './control/control.ts';
import type { DeployedFunction } from './deployment/deployment.ts';
import { type RunningDeployment, runDeployment } from './deployment/run-deployment.ts';
import { createFaultPlan } from './faults.ts';
import type { HttpRequest } from './functions/api-gateway.ts';
import type { LogLine } from './functions/function-log.ts';
import { createHost } from './host.ts';
import { type Handle, serveHttp } from './http-server.ts';
import { bundlePage } from './page-bundle.ts';
import { routes } from './routes.ts';
import type { BotRequest } from './slack/delivery/bot.ts';
import { createSlack } from './slack/slack.ts';
import { APP } from './slack/workspace.ts';

export interface SandboxOptions {
  /** Where the page and the control API are served; 0 takes a free port. */
  readonly port?: number;
  readonly awsPort?: number;
  /** Name of the estate. */
  readonly seed?: string;
  readonly signingSecret?: string;
  /** Gets warnings, errors and crashes of the functions. */
  readonly onWarning?: (line: LogLine) => void;
}

/** The product without accounts: simulated Slack and AWS with the shipped functions between them. */
export interface Sandbox {
  readonly url: string;
  readonly awsUrl: string;
  /** What the functions wrote to their logs. */
  logs(functionName?: string): readonly LogLine[];
  close(): Promise<void>;
}

/** Starts everything; resolves when the first collection is done and the bot can answer. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const page = bundlePage();
  // Whoever asks for the page is told what is wrong with it.
  page.catch(() => undefined);
  let handle: Handle = async () => new Response('The sandbox is starting.', { status: 503 });
  const server = await serveHttp(options.port ?? 0, (request) => handle(request));
  try {
    const { slack, control, running } = await startParts(options, server.url);
    const bot = (request: HttpRequest) => running().functions.request(request);
    handle = routes({ page, slack, control, bot });
    return {
      url: server.url,
      awsUrl: running().aws.url,
      logs: (functionName) => running().functions.log.list(functionName),
      async close() {
        await Promise.all([server.close(), running().close()]);
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function startParts(options: SandboxOptions, origin: string) {
  const { awsPort = 0, seed = 'default', signingSecret = 'sandbox-signing-secret' } = options;
  const shared = { clock: createClock(), calls: createCallLog(), faults: createFaultPlan() };
  const slack = createSlack({
    ...shared,
    signingSecret,
    origin,
    deliver: (request) => current.functions.request(asHttp(request)),
  });
  const start = async (estate: string, port: number) => {
    const deployed = await runDeployment({
      ...shared,
      seed: estate,
      awsPort: port,
      slackApiUrl: `${origin}/api/`,
      signingSecret,
      botToken: APP.token,
      sources: [{ nextDue: slack.nextDue, runDue: slack.runDue }],
      onWarning: options.onWarning ?? (() => undefined),
    });
    await collectOnce(deployed);
    return deployed;
  };
  let current = await start(seed, awsPort);
  const host = createHost(() => current, {
    clock: shared.clock,
    replaceFaults: shared.faults.replace,
    async reset(estate = seed) {
      const { port } = current.aws;
      await current.close();
      turnBack(shared.clock);
      shared.calls.clear();
      shared.faults.replace([]);
      slack.reset();
      current = await start(estate, port);
    },
  });
  return { slack, control: createControl({ ...shared, slack, host }), running: () => current };
}

/** Starts what callers do not wait for and fills the snapshot; the other functions start afterwards, in the background. */
async function collectOnce({ deployment, functions }: RunningDeployment): Promise<void> {
  const nameOf = ({ name }: DeployedFunction) => name;
  const called = deployment.functions
    .filter(({ routes: served }) => served.some(({ authorizer }) => authorizer === undefined))
    .map(nameOf);
  await Promise.all([functions.warm(called), functions.invoke('collect', {})]);
  await functions.settle();
  void functions.warm(deployment.functions.map(nameOf));
}

/** Real time again: only a reset may do that, because nothing that saw the later time is left. */
function turnBack({ offset }: Clock): void {
  new Float64Array(offset).fill(0);
}

function asHttp({ headers, body }: BotRequest): HttpRequest {
  return { method: 'POST', path: '/slack/events', headers, body: Buffer.from(body) };
}
