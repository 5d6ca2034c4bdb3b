import { withShown } from '#domain/audit/shown-message.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { Person } from '#domain/person.ts';
import { namedUserGroups } from '#domain/policy/named-user-groups.ts';
import { decide } from '#domain/requests/decide.ts';
import {
  choiceAt,
  type DecisionOutcome,
  othersToRead,
  poolsToRead,
  type RequestCommand,
  refuse,
  wasAnswered,
} from '#domain/requests/decision-outcome.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Channels } from '#ports/channels.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { PolicyProposals } from '#ports/policy-proposals.ts';
import type { ShownMessages } from '#ports/shown-messages.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { isClickedInShared } from '#usecases/click-place.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { decideOnFollowUp } from '#usecases/decide-follow-up.ts';
import { decideProposal } from '#usecases/decide-policy.ts';
import { decideOnRecommendation } from '#usecases/decide-recommendation.ts';
import { confirmImport } from '#usecases/import-register.ts';
import { peopleStillKnown } from '#usecases/people-still-known.ts';
import { promoteWaiting } from '#usecases/promote-waiting.ts';
import { readTerms } from '#usecases/read-terms.ts';
import { requestStep } from '#usecases/request-step.ts';
import { submitRequest } from '#usecases/submit-request.ts';

export interface DecidePorts extends CommitPorts {
  readonly policies: Policies;
  readonly snapshots: Snapshots;
  readonly people: People;
  readonly channels: Channels;
  readonly proposals: PolicyProposals;
  readonly registers: LicenseRegisters & RegisterContents;
  readonly shown: Pick<ShownMessages, 'newestHash'>;
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
    case 'recommendation':
      return decideOnRecommendation(ports, command);
    case 'request-step':
      return requestStep(ports, command);
    case 'approve':
    case 'deny':
    case 'cancel':
    case 'override':
    case 'edit':
    case 'counter':
    case 'accept':
    case 'decline':
    case 'note':
    case 'remind':
    case 'expire':
      return decideRequest(ports, command);
  }
}

/** Record a decision, or tell the person why it does not count. */
export async function decideRequest(ports: DecidePorts, command: RequestCommand): Promise<void> {
  const actor = 'by' in command ? await ports.people.get(command.by) : 'clock';
  await decideAndCommit(ports, async () => {
    const { requestId } = command;
    const [request, trail, shown] = await Promise.all([
      ports.store.request(requestId),
      ports.store.auditTrail(`request/${requestId}`),
      shownTo(ports, command),
    ]);
    if (wasAnswered(trail, command)) return null;
    const outcome = await judgeThere(ports, request, actor, command);
    return outcome.kind === 'ignored' ? null : withShown(outcome.step, command, shown);
  });
}

/** What somebody who clicked in Slack had before them: the hash of the approvers' card. */
async function shownTo({ shown }: DecidePorts, command: RequestCommand): Promise<string | null> {
  const isClick = 'route' in command && command.route === 'slack';
  return isClick ? shown.newestHash(command.requestId) : null;
}

/** In a channel that people of another organization see, nobody decides anything. */
async function judgeThere(
  ports: DecidePorts,
  request: LaunchRequest | null,
  actor: Person | 'clock',
  command: RequestCommand,
): Promise<DecisionOutcome> {
  return 'by' in command && (await isClickedInShared(ports, command))
    ? refuse(request, command, { code: 'shared-channel' }, ports.now())
    : judge(ports, request, actor, command);
}

async function judge(
  ports: DecidePorts,
  request: LaunchRequest | null,
  actor: Person | 'clock',
  command: RequestCommand,
): Promise<DecisionOutcome> {
  const { store, policies, snapshots, people, now, sha256 } = ports;
  const scope = choiceAt(request, command);
  const [published, shard, terms, quota, others] = await Promise.all([
    policies.current(),
    scope && snapshots.shard(scope),
    readTerms(ports, scope, request),
    store.quota(request?.requestedBy ?? ''),
    peopleStillKnown(people, othersToRead(request, command)),
  ]);
  const groups = scope === null || published === null ? [] : namedUserGroups(published.policy);
  const [ledgers, userGroups] = await Promise.all([
    store.ledgers(poolsToRead(request, shard)),
    people.members(groups),
  ]);
  const read = { request, ledgers, terms, quota, shard, published, userGroups, others };
  return decide({ ...read, actor }, command, now(), sha256);
}
