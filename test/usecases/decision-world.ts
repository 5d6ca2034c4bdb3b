import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { within } from '#src/wiring/shared.ts';
import type { BatchPorts } from '#usecases/decide-batch.ts';
import { runDecision } from '#usecases/decide-request.ts';
import {
  aConfiguration,
  aPerson,
  aPublishedPolicy,
  aShard,
  aSubmission,
  NOW,
  sha256,
} from '../builders.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memoryShownMessages } from '../fakes/memory-shown-messages.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { memoryTable } from '../fakes/memory-table.ts';

const OPEN: PublishedPolicy = aPublishedPolicy({
  roles: { requester: { everyone: true }, approver: { users: ['UAPPROVER', 'UAPPROVER2'] } },
});

/** Functions/decide in memory: one pool of `limit` licenses, of which a request takes eight. */
export function decisionWorld({
  limit = 100,
  published = OPEN,
  shard = aShard({ configurations: [aConfiguration({ limit })] }),
}: {
  readonly limit?: number;
  readonly published?: PublishedPolicy;
  readonly shard?: InventoryShard;
} = {}) {
  const time = { now: NOW };
  const now = () => time.now;
  const table = memoryTable({ now });
  const { queues, sent, failing } = memoryQueues();
  let ids = 0;
  const ports: BatchPorts = {
    store: table,
    outbox: table,
    policies: memoryPolicies(published),
    snapshots: memorySnapshots(shard),
    people: { get: async (id) => aPerson(id), members: async () => new Map() },
    shown: memoryShownMessages(),
    channels: { isShared: async () => false },
    proposals: { proposal: async () => null },
    registers: memoryLicenseRegisters(),
    firstAdministrators: [],
    queues,
    within,
    now,
    sha256,
    newId: () => `outbox-${ids++}`,
  };

  function click(
    kind: 'approve' | 'deny' | 'cancel',
    requestId: string,
    by: string,
    key = `${kind}-${requestId}-${by}`,
  ): DecisionCommand {
    const planHash = table.peek(requestId)?.planHash ?? '';
    const replyTo = { personId: by, channelId: null, responseUrl: null };
    const common = { key, at: NOW, requestId, planHash, by, replyTo };
    const all = { ...common, route: 'slack', principal: null } as const;
    return kind === 'deny' ? { ...all, kind, reason: 'No' } : { ...all, kind };
  }

  return {
    time,
    table,
    ports,
    sent,
    failing,
    click,
    /** Submits so many requests, each by somebody else, and forgets what that sent. */
    async submitted(count: number): Promise<readonly string[]> {
      const requestIds = Array.from(
        { length: count },
        (_, index) => `req-${String(index + 1).padStart(10, '0')}`,
      );
      for (const requestId of requestIds) await runDecision(ports, aSubmissionOf(requestId));
      for (const list of Object.values(sent)) list.length = 0;
      return requestIds;
    },
  };
}

/** By somebody of their own. */
export function aSubmissionOf(requestId: string): DecisionCommand {
  return aSubmission({ requestId, key: `submit-${requestId}`, by: `U${requestId.slice(-6)}` });
}
