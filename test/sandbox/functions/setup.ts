import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIam } from '../../../sandbox/aws/iam/iam.ts';
import { Queues } from '../../../sandbox/aws/sqs/queues.ts';
import { createClock } from '../../../sandbox/clock.ts';
import type { DeployedFunction, Deployment } from '../../../sandbox/deployment/deployment.ts';
import { Functions } from '../../../sandbox/functions/functions.ts';

const ACCOUNT = '111122223333';
const place = { account: ACCOUNT, region: 'us-east-1', awsUrl: 'http://127.0.0.1:1' };

/** The ARN of a queue of the hub account. */
export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;

interface Spec extends Partial<DeployedFunction> {
  readonly name: string;
}

/** Functions of the fixtures, run on queues and roles of their own. */
export function deploy(
  specs: readonly Spec[],
  options: {
    queues?: Readonly<Record<string, Record<string, string>>>;
    module?: string;
    maxEnvironments?: Readonly<Record<string, number>>;
    actions?: string[];
  } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'functions-'));
  const journal = join(folder, 'journal');
  writeFileSync(journal, '');
  const clock = createClock();
  const iam = createIam({ hubAccount: ACCOUNT, clock });
  const queues = new Queues(clock);
  for (const [name, attributes] of Object.entries(options.queues ?? {})) {
    queues.create(queueArn(name), attributes);
  }
  const deployment: Deployment = {
    place,
    organizationId: 'o-test',
    externalId: 'test',
    functions: specs.map((spec) => deployed(spec, journal)),
    tables: [],
    queues: [],
    roles: [],
    rules: [],
  };
  for (const { roleArn } of deployment.functions) {
    iam.registerRole(role(roleArn, options.actions ?? ['sqs:*']));
  }
  const warnings: string[] = [];
  const functions = new Functions({
    deployment,
    iam,
    queues,
    clock,
    environment: { SLACK_API_URL: 'http://127.0.0.1:2/api/' },
    maxEnvironments: options.maxEnvironments ?? {},
    moduleOf: () => new URL(`./fixtures/${options.module ?? 'worker'}.ts`, import.meta.url),
    onWarning: ({ line }) => warnings.push(line),
  });
  return {
    clock,
    queues,
    deployment,
    functions,
    warnings,
    journal: () => readFileSync(journal, 'utf8').split('\n').filter(Boolean),
    async close() {
      await functions.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function deployed(spec: Spec, journal: string): DeployedFunction {
  return {
    functionName: `test-${spec.name}`,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/${spec.name}`,
    timeoutMs: 10_000,
    memoryMb: 256,
    routes: [],
    queues: [],
    schedules: [],
    ...spec,
    environment: { JOURNAL: journal, ...spec.environment },
  };
}

function role(arn: string, actions: string[]) {
  const Version = '2012-10-17';
  return {
    arn,
    trustPolicy: {
      Version,
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    },
    policies: [{ Version, Statement: { Effect: 'Allow', Action: actions, Resource: '*' } }],
  };
}
