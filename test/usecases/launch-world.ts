import type { FollowUpJob, LaunchJob } from '#domain/jobs/launch-job.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import { factsOf, judgePlan } from '#domain/requests/judgement.ts';
import type { Decision, LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Launcher, LaunchOutcome, StopOutcome, UndoOutcome } from '#ports/launcher.ts';
import { endTimeBox } from '#usecases/end-time-box.ts';
import { launchRequest } from '#usecases/launch-request.ts';
import {
  aHold,
  aLedger,
  anInstance,
  aPublishedPolicy,
  aQuota,
  aRequest,
  aShard,
  aType,
  NOW,
  POLICY_HASH,
  poolId,
  sha256,
} from '../builders.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { memoryTable } from '../fakes/memory-table.ts';

/** What EC2 answers, in this order; the last one stays. */
export interface Script {
  readonly check?: Awaited<ReturnType<Launcher['check']>>;
  readonly found?: readonly string[];
  readonly launch?: readonly LaunchOutcome[];
  readonly undo?: readonly UndoOutcome[];
  readonly stop?: readonly StopOutcome[];
}

const SHARD = aShard({
  instances: [anInstance({ state: 'stopped' })],
  instanceTypes: [
    aType(),
    aType({ name: 'r6i.4xlarge', defaultVcpus: 16, defaultCores: 8, validCores: [4, 8] }),
  ],
});

/** An approved request for a plan in a table, and functions/launch with an EC2 that answers by script. */
export async function launchedBy(
  plan: MachinePlan,
  script: Script,
  changes: Partial<LaunchRequest> = {},
  published = aPublishedPolicy(),
) {
  let at = NOW.getTime();
  let ids = 0;
  const now = () => new Date(at);
  const table = memoryTable({ now });
  const { queues, sent } = memoryQueues();
  const done: string[] = [];
  const next = <Outcome>(what: string, outcomes: readonly Outcome[] | undefined): Outcome => {
    const said = done.filter((one) => one === what).length;
    const outcome = outcomes?.[Math.min(said, outcomes.length - 1)];
    done.push(what);
    if (outcome === undefined) throw new Error(`${what} was not expected`);
    return outcome;
  };
  const launcher: Launcher = {
    check: async () => script.check ?? { ok: true },
    find: async () => script.found ?? [],
    launch: async () => next('launch', script.launch),
    undo: async () => next('undo', script.undo),
  };
  const stopper = { stop: async () => next('stop', script.stop) };
  const ports = {
    store: table,
    outbox: table,
    queues,
    now,
    sha256,
    newId: () => `id-${ids++}`,
    launcher,
    stopper,
    policies: memoryPolicies(published),
    snapshots: memorySnapshots(SHARD),
  };
  await table.commit({
    request: approved(plan, changes),
    ledgers: [aLedger({ holds: [aHold({ firm: true })] })],
    quotas: [],
    audit: [],
    outbox: null,
    notAfter: null,
  });
  const job: LaunchJob = { kind: 'launch', requestId: 'req-0000000001', generation: 1 };
  return {
    done,
    sent,
    table,
    run: (kind: LaunchJob['kind'] = 'launch') => launchRequest(ports, { ...job, kind }),
    end: (followUpId: string) => endTimeBox(ports, followUpJob(followUpId)),
    request: () => table.peek('req-0000000001'),
    held: async () => (await table.ledgers([poolId('1')]))[0]?.held,
    pass(ms: number) {
      at += ms;
    },
    now,
    ports,
  };
}

function followUpJob(followUpId: string): FollowUpJob {
  return { kind: 'follow-up', followUpId };
}

function approved(plan: MachinePlan, changes: Partial<LaunchRequest>): LaunchRequest {
  const planHash = sealPlan(plan, sha256);
  const ledgers = [aLedger({ holds: [aHold({ firm: true })] })];
  const facts = factsOf({
    shard: SHARD,
    published: aPublishedPolicy(),
    ledgers,
    terms: { view: null, ledgers: [] },
    quota: aQuota(),
    userGroups: null,
  });
  const judgeable = { requestId: 'req-0000000001', plan, interested: aRequest() };
  const judged = facts && judgePlan(facts, judgeable, NOW);
  const decision: Decision = {
    kind: 'approve',
    by: 'UAPPROVER',
    at: NOW,
    generation: 1,
    planHash,
    policyHash: POLICY_HASH,
    reason: null,
    level: 0,
    route: 'slack',
    principal: null,
    key: 'k1',
  };
  return aRequest({
    status: 'approved',
    standing: null,
    plan,
    planHash,
    decisions: [decision],
    ...judged,
    ...changes,
  });
}
