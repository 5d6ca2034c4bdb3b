import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { FormPurpose } from '#domain/jobs/form-purpose.ts';
import type { Alternative } from '#domain/launch/launch-evaluation.ts';
import { isMachineChoice } from '#domain/launch/launch-plan.ts';
import type { Refusal } from '#domain/notice.ts';
import type { Person } from '#domain/person.ts';
import { isInterested } from '#domain/policy/approval-rules.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { mayUse, sightOf } from '#domain/policy/roles.ts';
import { isTerminal, type LaunchRequest } from '#domain/requests/launch-request.ts';
import { levelsOf } from '#domain/requests/request-gate.ts';
import type { Scope } from '#domain/scope.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { FormGroup, FormInstance, RequestFormShown } from '#ports/request-form.ts';
import type { Snapshots } from '#ports/snapshots.ts';

interface Ports {
  readonly store: Pick<DecisionStore, 'request' | 'ledgers'>;
  readonly people: People;
  readonly policies: Policies;
  readonly snapshots: Snapshots;
  readonly notifier: Pick<Notifier, 'showRequestForm'>;
}
type FormJob = Extract<AnswerJob, { kind: 'request-form' }>;

/**
 * Fill a form that was opened empty, from what is stored, or say in it why not. What is refused here
 * would be refused later too: a person hears it before they fill anything in.
 */
export async function showRequestForm(ports: Ports, job: FormJob): Promise<void> {
  const { people, policies, notifier } = ports;
  const { purpose, replyTo } = job;
  const [person, published] = await Promise.all([people.get(replyTo.personId), policies.current()]);
  const policy = published?.policy ?? null;
  const shown = await shownFor(ports, purpose, policy, person);
  if (shown === null) return;
  // Slack keeps what a form holds in fields that stay: to be filled anew they must go first.
  if ('alternative' in purpose && purpose.alternative !== null) {
    await notifier.showRequestForm(job, { kind: 'opening' });
  }
  await notifier.showRequestForm(job, shown);
}

/** `null`: the form is open, and is theirs to fill in. */
async function shownFor(
  ports: Ports,
  purpose: FormPurpose,
  policy: Policy | null,
  person: Person,
): Promise<RequestFormShown | null> {
  const why = whyNotAsk(policy, person, purpose);
  if (why !== null) return { kind: 'refused', purpose: purpose.kind, why };
  switch (purpose.kind) {
    case 'launch':
      return null;
    case 'start':
    case 'resize': {
      const instance = policy && (await findInstance(ports, purpose.instanceId, policy, person));
      const { kind: operation, instanceType } = purpose;
      const unknown = instance === null ? purpose.instanceId : null;
      return { kind: 'instance', operation, instance, instanceType, unknown };
    }
    case 'scale': {
      const { autoScalingGroupName: name, count } = purpose;
      const group = policy && (await findGroup(ports, name, policy, person));
      return { kind: 'group', group, count, unknown: group === null ? name : null };
    }
    case 'again':
    case 'edit':
    case 'counter':
      return requestShown(ports, purpose, person);
  }
}

/** Offering something else is an approver's, whatever commands their roles may use. */
function whyNotAsk(policy: Policy | null, person: Person, { kind }: FormPurpose): Refusal | null {
  if (person.outsider !== null) return { code: 'outsider' };
  if (policy === null) return { code: 'policy-missing' };
  if (kind === 'counter' || mayUse(policy, person, 'request')) return null;
  return { code: 'command-not-allowed', command: 'request' };
}

async function requestShown(
  { store }: Ports,
  purpose: Extract<FormPurpose, { readonly requestId: string }>,
  person: Person,
): Promise<RequestFormShown> {
  const { kind } = purpose;
  const request = await store.request(purpose.requestId);
  if (request === null) return { kind: 'refused', purpose: kind, why: { code: 'not-found' } };
  const why = WHY_NOT[kind](request, person);
  if (why !== null) return { kind: 'refused', purpose: kind, why };
  const { alternatives } = request;
  const picked = purpose.alternative === null ? undefined : alternatives[purpose.alternative];
  const { choice } = picked ?? request;
  if (!isMachineChoice(choice)) return { kind: 'refused', purpose: kind, why: { code: 'no-form' } };
  const pools = await store.ledgers([choice.poolId, ...choice.otherPoolIds]);
  return {
    kind: 'request',
    purpose: kind,
    request,
    choice,
    labels: labelsOf(request, picked?.labels),
    pools,
    alternatives,
  };
}

/** The request's own, but for what is another in an alternative to it. */
function labelsOf({ labels }: LaunchRequest, others: Alternative['labels']) {
  return {
    account: others?.account ?? labels.account,
    pool: others?.pool ?? labels.pool,
    source: others?.source ?? labels.source,
  };
}

const WHY_NOT: Readonly<
  Record<'again' | 'edit' | 'counter', (request: LaunchRequest, person: Person) => Refusal | null>
> = {
  again: (request, { id }) => {
    if (request.requestedBy !== id) return { code: 'not-your-request' };
    return isTerminal(request) ? null : decided(request);
  },
  edit: (request, { id }) => {
    if (request.requestedBy !== id) return { code: 'not-your-request' };
    return request.status === 'pending' ? null : decided(request);
  },
  counter: (request, person) => {
    if (request.status !== 'pending') return decided(request);
    if (isInterested(request, person.id)) return { code: 'own-request' };
    const { gate, escalatedAt } = request;
    const levels = gate === null ? [] : levelsOf(gate, person, escalatedAt !== null);
    return levels.length === 0 ? { code: 'not-an-approver' } : null;
  },
};

function decided({ status, decisions }: LaunchRequest): Refusal {
  return { code: 'already-decided', status, by: decisions.at(-1)?.by ?? null };
}

/** Where policy lets anybody launch and this person may look; `null` where it is not, or none is named. */
async function findInstance(
  { snapshots }: Ports,
  instanceId: string | null,
  policy: Policy,
  person: Person,
): Promise<FormInstance | null> {
  if (instanceId === null) return null;
  for await (const { accountName, shard } of seenBy(snapshots, policy, person)) {
    const found = shard.instances.find((instance) => instance.instanceId === instanceId);
    if (found !== undefined) {
      const { name, state, instanceType } = found;
      return { ...scopeOf(shard), accountName, instanceId, name, state, instanceType };
    }
  }
  return null;
}

/** The same for a group. Groups of one name in several places: the first that policy names. */
async function findGroup(
  { snapshots }: Ports,
  wanted: string | null,
  policy: Policy,
  person: Person,
): Promise<FormGroup | null> {
  if (wanted === null) return null;
  for await (const { accountName, shard } of seenBy(snapshots, policy, person)) {
    const found = shard.autoScalingGroups.find(({ name }) => name === wanted);
    if (found !== undefined) {
      const { name, desired, launchTemplate } = found;
      const instanceType = launchTemplate?.instanceType ?? null;
      return { ...scopeOf(shard), accountName, name, desired, instanceType };
    }
  }
  return null;
}

/** One shard after the other: most are never needed. */
async function* seenBy(snapshots: Snapshots, policy: Policy, person: Person) {
  const sees = sightOf(policy, person);
  for (const { id: account, name: accountName, regions } of policy.accounts) {
    for (const region of regions.filter((one) => sees({ account, region: one }))) {
      const shard = await snapshots.shard({ account, region });
      if (shard !== null) yield { accountName, shard };
    }
  }
}

function scopeOf({ account, region }: InventoryShard): Scope {
  return { account, region };
}
