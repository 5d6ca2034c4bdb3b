import { decide } from '#domain/decide.ts';
import {
  type Click,
  type DecisionOutcome,
  type Expiry,
  poolsToRead,
  wasAnswered,
} from '#domain/decision-outcome.ts';
import type { DecisionCommand } from '#domain/job.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { Person } from '#domain/person.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { PolicyProposals } from '#ports/policy-proposals.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { NotFound } from '#src/errors.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { decideOnFollowUp } from '#usecases/decide-follow-up.ts';
import { decideProposal } from '#usecases/decide-policy.ts';
import { confirmImport } from '#usecases/import-register.ts';
import { promoteWaiting } from '#usecases/promote-waiting.ts';
import { readTerms } from '#usecases/read-terms.ts';
import { submitRequest } from '#usecases/submit-request.ts';

export interface DecidePorts extends CommitPorts {
  readonly policies: Policies;
  readonly snapshots: Snapshots;
  readonly people: People;
  readonly proposals: PolicyProposals;
  readonly registers: LicenseRegisters & RegisterContents;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
}

/** Do one command of the decisions queue. Safe to repeat: a command that was done finds itself done. */
export function runDecision(ports: DecidePorts, command: DecisionCommand): Promise<void> {
  switch (command.kind) {
    case 'submit':
      return submitRequest(ports, command);
    case 'promote':
    case 'promote-terms':
      return promoteWaiting(ports, command);
    case 'confirm-policy':
    case 'reject-policy':
      return decideProposal(ports, command);
    case 'import-register':
      return confirmImport(ports, command);
    case 'follow-up':
    case 'follow-up-due':
      return decideOnFollowUp(ports, command);
    case 'approve':
    case 'deny':
    case 'cancel':
    case 'expire':
      return decideRequest(ports, command);
    case 'override':
    case 'edit':
    case 'counter':
    case 'accept':
    case 'decline':
    case 'note':
    case 'remind':
      throw new NotFound(`Nothing decides ${command.kind} yet`);
  }
}

/** Record a decision, or tell the person why it does not count. */
export async function decideRequest(ports: DecidePorts, command: Click | Expiry): Promise<void> {
  const actor = command.kind === 'expire' ? 'clock' : await ports.people.get(command.by);
  await decideAndCommit(ports, async () => {
    const { requestId } = command;
    const [request, trail] = await Promise.all([
      ports.store.request(requestId),
      ports.store.auditTrail(`request/${requestId}`),
    ]);
    if (wasAnswered(trail, command)) return null;
    const outcome = await judge(ports, request, actor, command);
    return outcome.kind === 'ignored' ? null : outcome.step;
  });
}

async function judge(
  ports: DecidePorts,
  request: LaunchRequest | null,
  actor: Person | 'clock',
  command: Click | Expiry,
): Promise<DecisionOutcome> {
  const { store, policies, snapshots, now } = ports;
  const approving = command.kind === 'approve' && request !== null;
  const [published, shard, terms, quota] = await Promise.all([
    policies.current(),
    approving ? snapshots.shard(request.choice) : null,
    readTerms(ports, approving ? request.choice : null, request),
    store.quota(request?.requestedBy ?? ''),
  ]);
  const ledgers = await store.ledgers(poolsToRead(request, shard));
  return decide({ request, ledgers, terms, quota, shard, published, actor }, command, now());
}
