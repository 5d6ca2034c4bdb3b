import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { Instance } from '#domain/estate/instance.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import type { Scope } from '#domain/scope.ts';

/** The tags that what we start carries. Anybody can write them: they say where to look, and prove nothing. */
const REQUEST_TAGS = ['quartermaster:request', 'quartermaster:resize'];

/** Ids of the requests that an instance's tags name. */
export function requestsNamedBy({ tags }: Pick<Instance, 'tags'>): readonly string[] {
  return REQUEST_TAGS.map((tag) => tags[tag]).filter((id) => id !== undefined);
}

/** Set by AWS itself: nobody else can write tags that begin with `aws:`. */
const GROUP_TAG = 'aws:autoscaling:groupName';

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
  if (plan.action.operation === 'launch') {
    return (
      instance.clientToken === sha256(`${id}/${generation}`) &&
      instance.imageId === plan.imageId &&
      instance.instanceType === plan.instanceType
    );
  }
  return (
    plan.action.operation === 'scale' &&
    instance.tags[GROUP_TAG] === plan.action.autoScalingGroupName
  );
}

/** Whether a request that was let through accounts for configurations that its session put on a resource. */
export function accountsForAssociation(
  { plan, status }: LaunchRequest,
  scope: Scope,
  added: readonly string[],
): boolean {
  if (plan.account !== scope.account || plan.region !== scope.region) return false;
  const through = EXPECTING.includes(status) || STARTED.includes(status);
  return through && added.every((arn) => plan.licenseConfigurationArns.includes(arn));
}
