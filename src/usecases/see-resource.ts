import type { InventoryShard } from '#domain/estate/inventory.ts';
import { followUpId } from '#domain/follow-ups/follow-up.ts';
import type { AssociationChange, CallEvent } from '#domain/follow-ups/launch-event.ts';
import { accountsForAssociation, accountsForHost } from '#domain/follow-ups/unrequested-request.ts';
import {
  allocationUse,
  associationUse,
  copyUse,
  releaseUse,
} from '#domain/follow-ups/unrequested-resource.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import { emptyShard } from '#usecases/read-inventory.ts';
import { noteOnce, type SeePorts } from '#usecases/see-run.ts';

/** Where the name says so, it is still only a hint. */
const LAUNCH_ROLE = 'quartermaster-launch';

/** What is known of a change of something else than running instances. */
type Change = Pick<CallEvent, 'scope' | 'at'> & {
  /** `null`: found without CloudTrail. */
  readonly principal: CallEvent['principal'] | null;
};

/** A Dedicated Host that was allocated, if it is still there. */
export async function seeAllocation(
  ports: SeePorts,
  { scope, principal }: Pick<Change, 'scope' | 'principal'>,
  hostId: string,
): Promise<void> {
  const host = await ports.lookup.host(scope, hostId);
  if (host === null || (await isOurHost(ports, scope, 'allocate-host', hostId, host.requestId)))
    return;
  const shard = await shardOf(ports, scope);
  const id = idOf(ports, scope, 'allocated', hostId);
  await noteOnce(ports, allocationUse(host, { id, shard, principal }));
}

/** A Dedicated Host that was given back: what is known of it was collected before. */
export async function seeRelease(ports: SeePorts, change: Change, hostId: string): Promise<void> {
  const shard = await shardOf(ports, change.scope);
  const host = shard.hosts.find((known) => known.hostId === hostId);
  if (host === undefined) return;
  const session = sessionOf(change.principal?.arn ?? '');
  if (await isOurHost(ports, change.scope, 'release-host', hostId, session)) return;
  const id = idOf(ports, change.scope, 'released', hostId);
  await noteOnce(ports, releaseUse(host, { ...change, id, shard }));
}

/** An image made from an image or instance that has configurations: it has none itself. */
export async function seeCopy(ports: SeePorts, call: CallEvent): Promise<void> {
  if (call.image === null) return;
  const { id: imageId, copiedFrom } = call.image;
  const shard = await shardOf(ports, call.scope);
  const image = shard.images.find((known) => known.imageId === copiedFrom);
  const instance = shard.instances.find(({ instanceId }) => call.instanceIds.includes(instanceId));
  const lost = (image ?? instance)?.licenseConfigurationArns ?? [];
  if (lost.length === 0) return;
  const id = idOf(ports, call.scope, 'copied', imageId);
  await noteOnce(ports, copyUse(imageId, lost, { ...call, id, shard }));
}

/** A change of what a resource is associated with, unless a follow-up of ours asked for it. */
export async function seeAssociation(ports: SeePorts, call: CallEvent): Promise<void> {
  const { association, scope, eventId } = call;
  if (association === null || (await isOurs(ports, scope, association, call.principal.arn))) return;
  const shard = await shardOf(ports, scope);
  const id = idOf(ports, scope, 'associated', eventId);
  const use = associationUse(association, { ...call, id, shard });
  if (use !== null) await noteOnce(ports, use);
}

/** Whether the request that a tag or a session names lets the host come or go: it must say so itself. */
async function isOurHost(
  { store }: SeePorts,
  scope: Scope,
  change: 'allocate-host' | 'release-host',
  hostId: string,
  requestId: string | null | undefined,
): Promise<boolean> {
  const request = requestId?.startsWith('req-') ? await store.request(requestId) : null;
  return request !== null && accountsForHost(request, scope, change, hostId);
}

/** The name of a session of the launch role; `null` for anybody else. */
function sessionOf(principalArn: string): string | null {
  const [, role, name = ''] = principalArn.split('/');
  return role === LAUNCH_ROLE ? name : null;
}

/** A session of the launch role is called after its request or follow-up, which must say so too. */
async function isOurs(
  { store }: SeePorts,
  scope: Scope,
  { resourceArn, added, removed }: AssociationChange,
  principalArn: string,
): Promise<boolean> {
  const name = sessionOf(principalArn);
  if (name === null) return false;
  const request = name.startsWith('req-') ? await store.request(name) : null;
  if (request !== null) return accountsForAssociation(request, scope, { added, removed });
  if (removed.length > 0) return false;
  const followUp = await store.followUp(name);
  if (followUp?.kind !== 'unrequested') return false;
  const asked = followUp.decisions.flatMap(({ action }) =>
    action.do === 'associate' ? [action.configurationArn] : [],
  );
  return (
    followUp.resources.some(({ arn }) => arn === resourceArn) &&
    added.every((arn) => asked.includes(arn))
  );
}

async function shardOf({ snapshots }: SeePorts, scope: Scope): Promise<InventoryShard> {
  return (await snapshots.shard(scope)) ?? emptyShard(scope);
}

function idOf({ sha256 }: SeePorts, scope: Scope, what: string, id: string): string {
  return followUpId('unrequested', [scopeKey(scope), what, id], sha256);
}
