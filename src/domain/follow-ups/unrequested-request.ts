import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { groupOf } from '#domain/estate/auto-scaling-group.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { AssociationChange } from '#domain/follow-ups/launch-event.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import { isMachinePlan } from '#domain/launch/launch-plan.ts';
import type { LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import type { Scope } from '#domain/scope.ts';

/** The tags that what we start carries. Anybody can write them: they say where to look, and prove nothing. */
const REQUEST_TAGS = ['quartermaster:request', 'quartermaster:resize'];

/** Ids of the requests that an instance's tags name. */
export function requestsNamedBy({ tags }: Pick<Instance, 'tags'>): readonly string[] {
  return REQUEST_TAGS.map((tag) => tags[tag]).filter((id) => id !== undefined);
}

const EXPECTING: readonly RequestStatus[] = ['approved', 'launching', 'unknown'];
const STARTED: readonly RequestStatus[] = ['launched', 'confirmed'];

/** AWS's clock and ours may differ by so much. */
const SKEW_MS = 2 * MINUTE_MS;

/**
 * Whether a request of ours accounts for this run of an instance: it is of the same account and
 * Region, was let through, and names the instance or expects exactly it. A launch accounts for the first run
 * only, not for what is started again later.
 */
export function accountsFor(
  request: LaunchRequest,
  { scope, instance }: { readonly scope: Scope; readonly instance: Instance },
  sha256: Sha256,
): boolean {
  const { plan, status, updatedAt } = request;
  if (plan.account !== scope.account || plan.region !== scope.region) return false;
  if (EXPECTING.includes(status)) return expects(request, instance, sha256);
  if (!STARTED.includes(status) || !names(request, instance)) return false;
  return status === 'launched' || instance.launchedAt <= later(updatedAt, SKEW_MS);
}

function names({ plan, instanceIds }: LaunchRequest, { instanceId }: Instance): boolean {
  const { action } = plan;
  const operated = 'instanceId' in action && action.instanceId === instanceId;
  return operated || instanceIds.includes(instanceId);
}

/** Between the call and its answer nobody knows ids yet: the call's token, instance or group is known. */
function expects(request: LaunchRequest, instance: Instance, sha256: Sha256): boolean {
  const { plan, id, generation } = request;
  if (names(request, instance)) return true;
  if (isMachinePlan(plan) && plan.action.operation === 'launch') {
    return (
      instance.clientToken === sha256(`${id}/${generation}`) &&
      instance.imageId === plan.imageId &&
      instance.instanceType === plan.instanceType
    );
  }
  return (
    plan.action.operation === 'scale' && groupOf(instance) === plan.action.autoScalingGroupName
  );
}

/** Whether a request that was let through accounts for what its session did to a resource's configurations. */
export function accountsForAssociation(
  request: LaunchRequest,
  scope: Scope,
  { added, removed }: Pick<AssociationChange, 'added' | 'removed'>,
): boolean {
  const { plan } = request;
  if (!wasLetThrough(request, scope) || !isMachinePlan(plan)) return false;
  const before = 'licenses' in plan.action ? plan.action.licenses.remove : [];
  const known = [...plan.licenseConfigurationArns, ...before];
  // Put back after a refusal, what was added is removed and what was removed is added.
  return added.every((arn) => known.includes(arn)) && removed.every((arn) => known.includes(arn));
}

/** Whether a request that was let through accounts for a Dedicated Host that came or went. */
export function accountsForHost(
  request: LaunchRequest,
  scope: Scope,
  change: 'allocate-host' | 'release-host',
  hostId: string,
): boolean {
  const { action } = request.plan;
  if (!wasLetThrough(request, scope) || action.operation !== change) return false;
  if (action.operation === 'release-host') return action.hostId === hostId;
  return EXPECTING.includes(request.status) || request.instanceIds.includes(hostId);
}

function wasLetThrough({ plan, status }: LaunchRequest, { account, region }: Scope): boolean {
  const through = EXPECTING.includes(status) || STARTED.includes(status);
  return through && plan.account === account && plan.region === region;
}
