import { createApi } from '#api/app.ts';
import type { ApiResult } from '#api/http.ts';
import type { AutoScalingGroup } from '#domain/estate/auto-scaling-group.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { Change } from '#domain/requests/change.ts';
import {
  aConfiguration,
  aLedger,
  anInstance,
  aPublishedPolicy,
  aShard,
  aTemplate,
  NOW,
  REGION,
} from '../builders.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { memoryTable } from '../fakes/memory-table.ts';

export const HUB = '111122223333';
const IAM = `arn:aws:iam::${HUB}`;
const STS = `arn:aws:sts::${HUB}`;

/** Callers as API Gateway names them. */
export const CALLER = {
  requester: `${STS}:assumed-role/requesters/ada`,
  approver: `${STS}:assumed-role/approvers/ben@example.com`,
  pipeline: `${STS}:assumed-role/pipeline/build-17`,
  user: `${IAM}:user/ops/cleo`,
} as const;

export const IDENTITIES = [
  { principal: `${IAM}:role/people/requesters`, person: 'UREQUESTER' },
  { principal: `${IAM}:role/approvers`, person: 'UAPPROVER' },
  { principal: `${IAM}:role/pipeline`, person: 'UREQUESTER', mayApprove: false },
  { principal: `${IAM}:user/ops/cleo`, person: 'UOTHER' },
];

/** What is sent for the launch that the builders describe. */
export const BODY = {
  account: 'erp-production',
  region: REGION,
  pool: 'SQL Server 1',
  template: 'sql-server',
  type: 'r6i.2xlarge',
  reason: 'Month end',
};

interface Sent {
  readonly caller?: string | null;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, text as it is. */
  readonly body?: object | string;
  readonly isBase64Encoded?: boolean;
}

/** A group that launches what `aTemplate()` says. */
const WORKERS: AutoScalingGroup = {
  name: 'workers',
  minimum: 0,
  maximum: 4,
  desired: 1,
  obstacle: null,
  templateVersion: { id: aTemplate().launchTemplateId, version: '3' },
  launchTemplate: aTemplate(),
  subnetIds: [],
  availabilityZones: [],
  instanceIds: [],
  requestId: null,
};

/** The API on memory; what it queued can be looked at. */
export function apiWorld(
  options: {
    readonly published?: PublishedPolicy | null;
    readonly failing?: Error;
    readonly shards?: readonly InventoryShard[];
    readonly pools?: readonly PoolLedger[];
  } = {},
) {
  const { published = aPublishedPolicy({ identities: IDENTITIES }) } = options;
  const table = memoryTable({ now: () => NOW });
  const { queues, sent, failing } = memoryQueues();
  failing(options.failing ?? null);
  const reported: unknown[] = [];
  const turnedAway: unknown[] = [];
  const stopped = anInstance({ state: 'stopped', name: 'erp-db-1' });
  const shards = options.shards ?? [aShard({ instances: [stopped], autoScalingGroups: [WORKERS] })];
  const pools = options.pools ?? [
    aLedger({ name: aConfiguration().name }),
    aLedger({ digit: '2', name: 'Twin' }),
    aLedger({ digit: '3', name: 'twin' }),
  ];
  const handler = createApi({
    policies: memoryPolicies(published),
    store: table,
    requests: table,
    pools: { pools: async () => pools },
    snapshots: memorySnapshots(...shards),
    queues,
    now: () => NOW,
    report: (reference, error) => reported.push({ reference, error }),
    turnedAway: (principal, code) => turnedAway.push({ principal, code }),
  });

  return {
    sent,
    reported,
    turnedAway,
    commit: (change: Partial<Change>) =>
      table.commit({
        request: null,
        ledgers: [],
        quotas: [],
        audit: [],
        outbox: null,
        notAfter: null,
        ...change,
      }),
    async call(routeKey: string, given: Sent = {}) {
      const { caller = CALLER.requester, key = 'key-1', body = '' } = given;
      const event = {
        version: '2.0',
        routeKey,
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...given.headers,
        },
        ...(given.id === undefined ? {} : { pathParameters: { id: given.id } }),
        ...(given.query === undefined ? {} : { queryStringParameters: given.query }),
        requestContext:
          caller === null ? {} : { authorizer: { iam: { userArn: caller, accountId: HUB } } },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        isBase64Encoded: given.isBase64Encoded ?? false,
      };
      return read(await handler(event, { awsRequestId: 'reference-1' }));
    },
  };
}

function read({ statusCode, headers, body }: ApiResult) {
  const document: unknown = JSON.parse(body);
  return { statusCode, headers, document };
}
