import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Iam } from '../aws/iam/iam.ts';
import type { Credentials } from '../aws/iam/sessions.ts';
import type { Queues } from '../aws/sqs/queues.ts';
import type { Clock } from '../clock.ts';
import type { DeployedFunction, Deployment } from '../deployment/deployment.ts';
import type { Route } from '../deployment/function-events.ts';
import type { Caller, HttpRequest, HttpResponse } from './api-gateway.ts';
import {
  gatewayError,
  httpApiEvent,
  httpResponse,
  pathParameters,
  refuseBody,
} from './api-gateway.ts';
import { FunctionError } from './environment.ts';
import { FunctionLog, type LogLine } from './function-log.ts';
import { LambdaFunction } from './lambda-function.ts';
import { QueueTrigger } from './queue-trigger.ts';

export interface FunctionsOptions {
  readonly deployment: Deployment;
  readonly iam: Iam;
  readonly queues: Queues;
  readonly clock: Clock;
  /** What every function's environment has besides its own variables, e.g. SLACK_API_URL. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many invocations of a function may overlap; 1 unless said otherwise. */
  readonly maxEnvironments?: Readonly<Record<string, number>>;
  /** Where a function's handler is; functions/<name>.ts unless said otherwise. */
  readonly moduleOf?: (name: string) => URL;
  readonly onWarning: (line: LogLine) => void;
}

/** A route of the HTTP API and the function that serves it. */
interface Served {
  readonly name: string;
  readonly route: Route;
}

/** How long `settle` waits, in milliseconds of real time. */
const SETTLE_MS = 60_000;

/** The deployed functions, run as Lambda would: each in threads of its own with its own role and environment. */
export class Functions {
  readonly log: FunctionLog;
  readonly #options: FunctionsOptions;
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #roles = new Map<string, string>();
  readonly #triggers: QueueTrigger[] = [];
  #closed = false;

  constructor(options: FunctionsOptions) {
    this.#options = options;
    this.log = new FunctionLog(options.onWarning);
    for (const definition of options.deployment.functions) this.#deploy(definition);
  }

  /** The role whose session this token is, or null. */
  roleOf(sessionToken: string): string | null {
    return this.#roles.get(sessionToken) ?? null;
  }

  /** Starts an environment of each ahead of its first use, one after the other; what fails is in the log. */
  async warm(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.#logged(name, (target) => target.warm()).catch(() => undefined);
    }
  }

  /** Runs a function now. @throws FunctionError, TypeError for an unknown name */
  invoke(name: string, event: unknown): Promise<unknown> {
    return this.#logged(name, (target) => target.invoke(event));
  }

  /** Whether the HTTP API has a route for a request. */
  serves(request: Pick<HttpRequest, 'method' | 'path'>): boolean {
    return this.#serving(request) !== null;
  }

  #serving({ method, path }: Pick<HttpRequest, 'method' | 'path'>): Served | null {
    const served = this.#options.deployment.functions.flatMap(({ name, routes }) =>
      routes.map((route) => ({ name, route })),
    );
    const isFor = ({ route }: Served) =>
      route.method === method && pathParameters(route.path, path) !== null;
    return served.find(isFor) ?? null;
  }

  /** A request to the HTTP API, answered as API Gateway would. `caller` is who signed it, and may call it. */
  async request(request: HttpRequest, caller: Caller | null = null): Promise<HttpResponse> {
    const { deployment, clock } = this.#options;
    const target = this.#serving(request);
    if (target === null) return gatewayError(404, 'Not Found');
    const { name, route } = target;
    if (route.authorizer !== undefined && caller === null) return gatewayError(403, 'Forbidden');
    const refused = refuseBody(request);
    if (refused !== null) return refused;
    try {
      const routed = { route, caller };
      const event = httpApiEvent(request, deployment.place.account, clock.now(), routed);
      return httpResponse(await this.invoke(name, event));
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return gatewayError(500, 'Internal Server Error');
    }
  }

  /** When a hidden message appears next, in milliseconds of the sandbox clock. */
  nextDue(): number | null {
    const due = this.#triggers.flatMap((trigger) => trigger.nextDue() ?? []);
    return due.length === 0 ? null : Math.min(...due);
  }

  /** Looks for messages that became visible because time passed. */
  poll(): void {
    for (const trigger of this.#triggers) trigger.poll();
  }

  /** Resolves when no handler runs and no message is visible. @throws after 60 s */
  async settle(): Promise<void> {
    const until = performance.now() + SETTLE_MS;
    while (this.#busy()) {
      if (performance.now() > until) {
        const running = [...this.#functions].filter(([, { active }]) => active > 0);
        const names = running.map(([name]) => name).join(', ') || 'none';
        throw new Error(`The functions did not come to rest within 60 s; running: ${names}.`);
      }
      // Real time goes on meanwhile, and makes messages visible that nobody was told of.
      this.poll();
      await pause(2);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const trigger of this.#triggers) trigger.stop();
    await Promise.all([...this.#functions.values()].map((target) => target.close()));
  }

  async #logged<Result>(
    name: string,
    run: (target: LambdaFunction) => Promise<Result>,
  ): Promise<Result> {
    const target = this.#functions.get(name);
    if (target === undefined) {
      const names = [...this.#functions.keys()].join(', ');
      throw new TypeError(`There is no function ${name}; there are ${names}.`);
    }
    try {
      return await run(target);
    } catch (error) {
      if (error instanceof FunctionError && !this.#closed) {
        this.log.add({ functionName: name, line: error.message });
      }
      throw error;
    }
  }

  #busy(): boolean {
    return (
      [...this.#functions.values()].some(({ active }) => active > 0) ||
      this.#triggers.some(({ busy }) => busy)
    );
  }

  #deploy(definition: DeployedFunction): void {
    const { deployment, iam, clock, queues, maxEnvironments, moduleOf = sourceOf } = this.#options;
    const { name, functionName, timeoutMs, memoryMb, roleArn } = definition;
    const { account, region } = deployment.place;
    const credentials = iam.issueToService(roleArn, 'lambda.amazonaws.com', functionName);
    this.#roles.set(credentials.sessionToken, roleArn);
    const target = new LambdaFunction({
      worker: {
        module: moduleOf(name).href,
        functionName,
        functionArn: `arn:aws:lambda:${region}:${account}:function:${functionName}`,
        timeoutMs,
        memoryMb,
        clockOffset: clock.offset,
      },
      env: this.#environment(definition, credentials),
      maxEnvironments: maxEnvironments?.[name] ?? 1,
      onLine: (line) => this.log.add({ functionName: name, line }),
    });
    this.#functions.set(name, target);
    for (const { arn, batchSize } of definition.queues) {
      refuseWithoutRights(iam, definition, arn, region);
      const queue = queues.get(arn);
      const invoke = (event: unknown) => this.invoke(name, event);
      this.#triggers.push(new QueueTrigger({ queue, target, invoke, batchSize, region }));
    }
  }

  #environment(
    { functionName, environment, memoryMb }: DeployedFunction,
    credentials: Credentials,
  ): Record<string, string> {
    const { place } = this.#options.deployment;
    return {
      ...environment,
      ...this.#options.environment,
      AWS_ENDPOINT_URL: place.awsUrl,
      AWS_REGION: place.region,
      AWS_DEFAULT_REGION: place.region,
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      TZ: ':UTC',
    };
  }
}

function sourceOf(name: string): URL {
  return new URL(`../../functions/${name}.ts`, import.meta.url);
}

/** Lambda refuses an event source mapping when the function's role may not work the queue. */
function refuseWithoutRights(
  iam: Iam,
  { name, functionName, roleArn }: DeployedFunction,
  resource: string,
  region: string,
): void {
  const principal = iam.rolePrincipal(roleArn, { sessionName: functionName });
  for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
    if (iam.evaluate(principal, { action, resource }, region).outcome !== 'allowed') {
      throw new Error(`The role of ${name} does not allow ${action} on ${resource}.`);
    }
  }
}
