import { type ApiProblem, badFields } from '#api/http.ts';
import type { RequestBody } from '#api/request-body.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchChoice, LaunchTarget } from '#domain/launch/launch-plan.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { Region, type Scope } from '#domain/scope.ts';

/** Where a request is for; names are looked up in policy. @throws {Refused} naming the field */
export function resolveScope(policy: Policy, { account, region }: RequestBody): Scope {
  const found = one('account', account, policy.accounts, ({ id, name }) => [id, name]);
  if (Region.safeParse(region).success && found.regions.includes(region)) {
    return { account: found.id, region };
  }
  throw wrong('region', `Write a Region of ${found.name}: ${found.regions.join(', ')}`);
}

/** What a choice's names are looked up in. */
export interface Known {
  readonly scope: Scope;
  readonly shard: InventoryShard;
  readonly pools: readonly PoolLedger[];
}

/**
 * The choice that names and ids stand for. Whether it may be launched is decided later.
 *
 * @throws {Refused} naming the field of what is not there
 */
export function resolveChoice(body: RequestBody, { scope, shard, pools }: Known): LaunchChoice {
  const here = pools.filter(
    ({ account, region }) => account === scope.account && region === scope.region,
  );
  const poolIdOf = (field: string, name: string) =>
    one(field, name, here, ({ poolId, name: own }) => [poolId, lastPart(poolId), own]).poolId;
  const poolId = poolIdOf('pool', body.pool);
  const { target, instanceType: own } = resolveTarget(body, shard);
  const instanceType = body.type ?? own;
  if (instanceType === undefined) throw wrong('type', 'Write an instance type, such as m6i.xlarge');
  if (body.licenseIncluded && target.operation !== 'launch') {
    throw wrong('licenseIncluded', 'Leave it out: only a launch template’s image brings licenses');
  }
  return {
    ...scope,
    poolId,
    ...(body.licenseIncluded ? { licenseIncluded: true } : {}),
    otherPoolIds: body.otherPools.map((name) => poolIdOf('otherPools', name)),
    target,
    instanceType,
    count: body.count,
    cores: body.cores,
    threadsPerCore: body.threads,
    hostId: body.host,
    until: body.until,
  };
}

/** The last part of `account/region/lic-…`, as AWS names a configuration. */
function lastPart(poolId: string): string {
  return poolId.split('/').at(-1) ?? poolId;
}

interface Target {
  readonly target: LaunchTarget;
  /** Of the instance that is started or resized, or of the group's template; empty where that leaves it open. */
  readonly instanceType?: string;
}

function resolveTarget(body: RequestBody, shard: InventoryShard): Target {
  const { template, scale, start } = body;
  const given = [template, start, body.resize, scale].filter((name) => name !== undefined);
  if (given.length !== 1) {
    throw wrong('template', 'Write exactly one of template, start, resize and scale');
  }
  const [name = ''] = given;
  if (scale !== undefined) {
    const group = one('scale', name, shard.autoScalingGroups, (known) => [known.name]);
    const target = { operation: 'scale', autoScalingGroupName: group.name } as const;
    return { target, instanceType: group.launchTemplate?.instanceType ?? '' };
  }
  if (template !== undefined) {
    const { launchTemplateId } = one('template', name, shard.launchTemplates, (known) => [
      known.launchTemplateId,
      known.name,
    ]);
    return { target: { operation: 'launch', launchTemplateId } };
  }
  const operation = start === undefined ? 'resize' : 'start';
  const instance = one(operation, name, shard.instances, (known) => [known.instanceId, known.name]);
  const { instanceId, instanceType } = instance;
  return { target: { operation, instanceId }, instanceType };
}

/** The one thing that an id, or a name in any case, stands for. */
function one<Thing>(
  field: string,
  wanted: string,
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly (string | null)[],
): Thing {
  const sameAs = (fold: (text: string) => string) =>
    things.filter((thing) =>
      namesOf(thing).some((name) => name !== null && fold(name) === fold(wanted)),
    );
  const exact = sameAs((text) => text);
  const found = exact.length > 0 ? exact : sameAs((text) => text.toLowerCase());
  const [first, ...others] = found;
  if (first === undefined)
    throw wrong(field, 'There is no such thing here. Write its name or its id');
  if (others.length === 0) return first;
  const ids = found.map((thing) => namesOf(thing)[0]).join(', ');
  throw wrong(field, `Several have this name. Write an id: ${ids}`);
}

function wrong(field: string, message: string) {
  const fields: ApiProblem['fields'] = [{ field, message }];
  return badFields(fields);
}
