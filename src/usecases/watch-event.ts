import type { CallEvent, LaunchEvent } from '#domain/follow-ups/launch-event.ts';
import type { Scope } from '#domain/scope.ts';
import { scopesOf } from '#usecases/scopes.ts';
import { seeAllocation, seeAssociation, seeCopy, seeRelease } from '#usecases/see-resource.ts';
import { type SeePorts, seeEnd, seeRun } from '#usecases/see-run.ts';

export interface WatchPorts extends SeePorts {
  /** Notes an event that is none of ours. */
  readonly dropped: (why: string, scope: Scope) => void;
}

/**
 * Look into something that happened in an account. What took or freed licenses without a request of
 * ours ends in one follow-up, however often and in whatever order its events come.
 */
export async function watchEvent(ports: WatchPorts, event: LaunchEvent): Promise<void> {
  if (!(await isKnown(ports, event.scope))) return ports.dropped('unknown-account', event.scope);
  if (event.kind === 'call') return watchCall(ports, event);
  const { scope, instanceId, state, at } = event;
  if (state === 'pending' || state === 'running') {
    return seeRun(ports, scope, instanceId, { cause: null, principal: null, at });
  }
  if (state === 'stopped' || state === 'terminated') {
    return seeEnd(ports, scope, [instanceId], 'watch');
  }
}

/** The accounts that policy lists, and its organization's where it names one. */
async function isKnown({ policies, snapshots }: WatchPorts, { account }: Scope): Promise<boolean> {
  const published = await policies.current();
  const organization =
    published?.policy.organization === undefined ? null : await snapshots.organization();
  return scopesOf(published, [], organization).some((scope) => scope.account === account);
}

function watchCall(ports: WatchPorts, call: CallEvent): Promise<void> {
  switch (call.name) {
    case 'RunInstances':
      return seeRuns(ports, call, 'launch');
    case 'StartInstances':
      return seeRuns(ports, call, 'start');
    case 'ModifyInstanceAttribute':
    case 'ModifyInstanceCpuOptions':
    case 'ModifyInstancePlacement':
      // Of a stopped instance, which takes nothing before it starts: then its new size shows.
      return seeRuns(ports, { ...call, principal: null }, null);
    case 'StopInstances':
    case 'TerminateInstances':
      return seeEnd(ports, call.scope, call.instanceIds, call.principal.arn);
    case 'AllocateHosts':
      return eachOf(call.hostIds, (hostId) => seeAllocation(ports, call, hostId));
    case 'ReleaseHosts':
      return eachOf(call.hostIds, (hostId) => seeRelease(ports, call, hostId));
    case 'CreateImage':
    case 'CopyImage':
      return seeCopy(ports, call);
    case 'UpdateLicenseSpecificationsForResource':
      return seeAssociation(ports, call);
  }
}

function seeRuns(
  ports: WatchPorts,
  {
    scope,
    instanceIds,
    principal,
    at,
  }: Pick<CallEvent, 'scope' | 'instanceIds' | 'at'> & {
    readonly principal: CallEvent['principal'] | null;
  },
  cause: 'launch' | 'start' | null,
): Promise<void> {
  return eachOf(instanceIds, (id) => seeRun(ports, scope, id, { cause, principal, at }));
}

async function eachOf(ids: readonly string[], see: (id: string) => Promise<void>): Promise<void> {
  for (const id of ids) await see(id);
}
