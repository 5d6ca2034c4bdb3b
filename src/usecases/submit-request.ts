import { namedUserGroups } from '#domain/policy/named-user-groups.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { Step } from '#domain/requests/change.ts';
import {
  type DecisionOutcome,
  poolsToRead,
  type SubmitCommand,
  wasAnswered,
} from '#domain/requests/decision-outcome.ts';
import { isTerminal } from '#domain/requests/launch-request.ts';
import { type PersonQuota, removeOver } from '#domain/requests/person-quota.ts';
import { submit } from '#domain/requests/submit.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { readElsewhere } from '#usecases/read-elsewhere.ts';
import { readTerms } from '#usecases/read-terms.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
  readonly snapshots: Snapshots;
  readonly people: People;
}

/** Plan, evaluate and place a new request; a repeat finds it placed. */
export async function submitRequest(ports: Ports, command: SubmitCommand): Promise<void> {
  const { store, policies, snapshots, people, now, sha256 } = ports;
  const requester = await people.get(command.by);
  await decideAndCommit(ports, async () => {
    const { requestId, choice, retryOf } = command;
    const [existing, trail, retried, shard, terms, published] = await Promise.all([
      store.request(requestId),
      store.auditTrail(`request/${requestId}`),
      retryOf === null ? null : store.request(retryOf),
      snapshots.shard(choice),
      readTerms(ports, choice, null),
      policies.current(),
    ]);
    if (wasAnswered(trail, command)) return null;
    const [ledgers, quota, userGroups] = await Promise.all([
      store.ledgers(poolsToRead(existing, shard)),
      quotaOf(store, command.by, published),
      people.members(published === null ? [] : namedUserGroups(published.policy)),
    ]);
    const state = { existing, retried, ledgers, terms, quota, shard, published, userGroups };
    const outcome = submit({ ...state, requester }, command, now(), sha256);
    if (published === null || !isStuck(outcome)) return stepOf(outcome);
    const elsewhere = await readElsewhere(ports, published.policy, choice);
    return stepOf(submit({ ...state, requester, elsewhere }, command, now(), sha256));
  });
}

/** Whether nothing helps but another launch: then other accounts are worth reading. */
function isStuck(outcome: DecisionOutcome): boolean {
  if (outcome.kind !== 'decided' || outcome.step.request === null) return false;
  const { verdict, fits } = outcome.step.request.evaluation;
  return verdict === 'refuse' || !fits;
}

function stepOf(outcome: DecisionOutcome): Step | null {
  return outcome.kind === 'ignored' ? null : outcome.step;
}

/** Requests end in many ways, and none of them writes the quota: what is over is found out when it is full. */
async function quotaOf(
  store: DecisionStore,
  personId: string,
  published: PublishedPolicy | null,
): Promise<PersonQuota> {
  const quota = await store.quota(personId);
  const most = published?.policy.limits.openRequestsPerPerson ?? 0;
  if (quota.openRequestIds.length < most) return quota;
  const counted = await Promise.all(quota.openRequestIds.map((id) => store.request(id)));
  const open = new Set(
    counted.flatMap((request) => (request === null || isTerminal(request) ? [] : [request.id])),
  );
  return removeOver(quota, new Set(quota.openRequestIds.filter((id) => !open.has(id))));
}
