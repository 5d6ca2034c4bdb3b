import type { Instance } from '#domain/estate/instance.ts';
import { followUpId, type Principal, type Unrequested } from '#domain/follow-ups/follow-up.ts';
import { noteEnd, noteUse, type Use } from '#domain/follow-ups/unrequested.ts';
import { accountsFor, requestsNamedBy } from '#domain/follow-ups/unrequested-request.ts';
import { runUse } from '#domain/follow-ups/unrequested-run.ts';
import { DAY_MS, later, MINUTE_MS, SECOND_MS } from '#domain/instant.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import type { Policies } from '#ports/policies.ts';
import type { RequestList } from '#ports/request-list.ts';
import type { Reservation, ResourceLookup } from '#ports/resource-lookup.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import type { WatchMarks } from '#ports/watch-marks.ts';
import { Unavailable } from '#src/errors.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { emptyShard } from '#usecases/read-inventory.ts';

export interface SeePorts extends CommitPorts {
  readonly policies: Policies;
  readonly snapshots: Pick<Snapshots, 'shard' | 'organization'>;
  readonly requests: Pick<RequestList, 'followUps' | 'launched' | 'open'>;
  readonly lookup: ResourceLookup;
  readonly marks: WatchMarks;
  readonly pause: (ms: number) => Promise<void>;
}

/** What an event says of instances that began to run. */
export interface Seen {
  /** `null`: the event does not say whether it was a launch or a start. */
  readonly cause: 'launch' | 'start' | null;
  /** `null`: the event does not say who did it. */
  readonly principal: Principal | null;
  readonly at: Date;
}

/** Look at an instance that an event names: whether it runs, and whether a request of ours accounts for it. */
export async function seeRun(
  ports: SeePorts,
  scope: Scope,
  instanceId: string,
  seen: Seen,
): Promise<void> {
  const reservation = await reservationOf(ports, scope, instanceId, seen.at);
  const instance = reservation?.instances.find((one) => one.instanceId === instanceId);
  if (reservation === null || instance === undefined || !isRunning(instance)) return;
  const id = idOf(ports, scope, reservation, instance);
  if (await ports.marks.isRequested(id)) return;

  const run = reservation.instances.filter(
    (one) => isRunning(one) && secondOf(one) === secondOf(instance),
  );
  const [first, ...others] = await unaccounted(ports, scope, run);
  if (first === undefined) return noteRequested(ports, id);

  const shard = (await ports.snapshots.shard(scope)) ?? emptyShard(scope);
  const settings = (await ports.policies.current())?.policy.licensing;
  const known = isOfThisRun(seen, instance) ? seen : { cause: null, principal: null };
  const { cause, principal } = known;
  const use = runUse(id, { shard, instances: [first, ...others], cause, principal, settings });
  if (use !== null) await noteOnce(ports, use);
}

/** A restarted instance has another start than a late event of an earlier run tells. */
const SAME_RUN_MS = 5 * MINUTE_MS;

function isOfThisRun({ at }: Seen, { launchedAt }: Instance): boolean {
  return Math.abs(at.getTime() - launchedAt.getTime()) < SAME_RUN_MS;
}

/** EC2 shows a new instance after some seconds; one that it does not show later is gone. */
const LOOKS = 4;
const LOOK_PAUSE_MS = SECOND_MS;
const VISIBLE_AFTER_MS = 10 * MINUTE_MS;

async function reservationOf(
  { lookup, now, pause }: SeePorts,
  scope: Scope,
  instanceId: string,
  at: Date,
): Promise<Reservation | null> {
  for (let left = LOOKS; left > 0; left -= 1) {
    const found = await lookup.reservation(scope, instanceId);
    if (found !== null) return found;
    if (now() > later(at, VISIBLE_AFTER_MS)) return null;
    await pause(LOOK_PAUSE_MS);
  }
  throw new Unavailable(`EC2 does not show ${instanceId} yet`);
}

function isRunning({ state }: Instance): boolean {
  return state === 'pending' || state === 'running';
}

/** Instances of a reservation that began to run in the same second are one run. */
function idOf({ sha256 }: SeePorts, scope: Scope, { id }: Reservation, instance: Instance): string {
  return followUpId('unrequested', [scopeKey(scope), id, String(secondOf(instance))], sha256);
}

function secondOf({ launchedAt }: Instance): number {
  return Math.floor(launchedAt.getTime() / SECOND_MS);
}

/** Those of a run that no request of ours accounts for. */
async function unaccounted(
  ports: SeePorts,
  scope: Scope,
  run: readonly Instance[],
): Promise<readonly Instance[]> {
  const requests = await requestsFor(ports, scope, run);
  return run.filter(
    (instance) =>
      !requests.some((request) => accountsFor(request, { scope, instance }, ports.sha256)),
  );
}

/** Those that the instances' tags name, and every one that is let through and not over there. */
async function requestsFor(
  { store, requests }: SeePorts,
  scope: Scope,
  run: readonly Instance[],
): Promise<readonly LaunchRequest[]> {
  const named = new Set(run.flatMap(requestsNamedBy));
  const tagged = await Promise.all([...named].map((id) => store.request(id)));
  const [approved, launched] = await Promise.all([
    requests.open(['approved']),
    requests.launched(scope),
  ]);
  return [...tagged.filter((request) => request !== null), ...approved, ...launched];
}

/** Events come twice, and CloudTrail's minutes later, when a start of ours may be over. */
const REMEMBERED_MS = 14 * DAY_MS;

async function noteRequested({ marks, store, now }: SeePorts, id: string): Promise<void> {
  if ((await store.followUp(id)) === null) {
    await marks.noteRequested(id, later(now(), REMEMBERED_MS));
  }
}

/** Commit a use, unless somebody ignores what it is about. */
export async function noteOnce(ports: SeePorts, use: Use): Promise<void> {
  const published = await ports.policies.current();
  if (await isIgnored(ports, use)) return;
  await decideAndCommit(ports, async () => {
    const known = await ports.store.followUp(use.id);
    if (known !== null && known.kind !== 'unrequested') return null;
    return noteUse(known, use, published?.policy ?? null, ports.now());
  });
}

/** An instance that is ignored until a date may be started again till then, at the size it had. */
async function isIgnored(ports: SeePorts, use: Use): Promise<boolean> {
  if (use.cause !== 'start') return false;
  const ids = use.resources.map(({ id }) => id);
  const open = await unrequestedOf(ports, use);
  const ignored = open.filter(({ id, status }) => id !== use.id && status === 'ignored');
  return ids.every((id) =>
    ignored.some(({ resources }) => resources.some((resource) => resource.id === id)),
  );
}

async function unrequestedOf(
  { requests }: Pick<SeePorts, 'requests'>,
  { account, region }: Scope,
): Promise<readonly Unrequested[]> {
  const open = await requests.followUps('unrequested');
  return open
    .filter((followUp) => followUp.kind === 'unrequested')
    .filter((followUp) => followUp.account === account && followUp.region === region);
}

/**
 * Look whether follow-ups about these resources are over: all of their instances stopped or gone.
 *
 * @param by ARN of who ended them; `watch` when only their state is known
 */
export async function seeEnd(
  ports: SeePorts,
  scope: Scope,
  resourceIds: readonly string[],
  by: string,
): Promise<void> {
  const about = (await unrequestedOf(ports, scope)).filter(({ resources }) =>
    resources.some(({ id }) => resourceIds.includes(id)),
  );
  for (const { id, resources } of about) {
    const instanceIds = resources.map((resource) => resource.id);
    const shown = await ports.lookup.instances(scope, instanceIds);
    if (!shown.every(({ state }) => ENDED.has(state))) continue;
    await decideAndCommit(ports, async () => {
      const current = await ports.store.followUp(id);
      return current?.kind === 'unrequested' ? noteEnd(current, by, ports.now()) : null;
    });
  }
}

const ENDED: ReadonlySet<Instance['state']> = new Set(['stopped', 'terminated']);
