import { HOUR_MS } from '#domain/instant.ts';
import type { LaunchJob } from '#domain/job.ts';
import { sealPlan } from '#domain/launch-planning.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { Launcher, LaunchTicket } from '#ports/launcher.ts';
import { advanceRequest } from '#usecases/advance-request.ts';
import type { CommitPorts } from '#usecases/commit-change.ts';

export interface LaunchPorts extends CommitPorts {
  readonly launcher: Launcher;
}

/** License Manager lists a launch some time after it; a collection looks then. Seconds. */
const LOOK_AFTER_SECONDS = 60;

/** EC2 keeps client tokens for at least a day. For half of it the same call may be repeated. */
const REPEAT_WITHIN_MS = 12 * HOUR_MS;

/**
 * Launch what is approved, or find out what became of a launch. Safe to repeat: the token of a
 * request and generation never starts a second set of instances.
 */
export async function launchRequest(ports: LaunchPorts, job: LaunchJob): Promise<void> {
  const request = await ports.store.request(job.requestId);
  if (request === null || request.generation !== job.generation) return;
  if (request.status === 'approved') return begin(ports, request);
  if (request.status === 'launching' || request.status === 'unknown') return settle(ports, request);
}

async function begin(ports: LaunchPorts, request: LaunchRequest): Promise<void> {
  const problem = await problemOf(ports, request);
  if (problem !== null) {
    await advanceRequest(ports, request, { kind: 'failed', ...problem });
    return;
  }
  if (await advanceRequest(ports, request, { kind: 'begin' })) await call(ports, request);
}

/** What runs must be what was approved: the seal holds, and image, template and host are still there. */
async function problemOf(
  { launcher, sha256 }: LaunchPorts,
  request: LaunchRequest,
): Promise<{ readonly code: string; readonly message: string } | null> {
  const approved = request.decisions.at(-1);
  if (sealPlan(request.plan, sha256) !== approved?.planHash) {
    return { code: 'plan-changed', message: 'The plan is not the one that was approved.' };
  }
  const check = await launcher.check(request.plan, ticketOf(request));
  return check.ok ? null : { code: check.code, message: check.message };
}

/** Look first: what the lost call started may be there. Else the same call again. */
async function settle(ports: LaunchPorts, request: LaunchRequest): Promise<void> {
  const instanceIds = await ports.launcher.find(request.plan, ticketOf(request));
  if (instanceIds.length > 0) return launched(ports, request, instanceIds);
  const approvedAt = request.decisions.at(-1)?.at ?? request.submittedAt;
  if (ports.now().getTime() - approvedAt.getTime() < REPEAT_WITHIN_MS) return call(ports, request);
  await advanceRequest(ports, request, {
    kind: 'unclear',
    code: 'token-too-old',
    message: 'EC2 shows no instance of this launch, and repeating it is no longer safe.',
  });
}

async function call(ports: LaunchPorts, request: LaunchRequest): Promise<void> {
  const outcome = await ports.launcher.launch(request.plan, ticketOf(request));
  switch (outcome.kind) {
    case 'launched':
      return launched(ports, request, outcome.instanceIds);
    case 'refused':
      await advanceRequest(ports, request, { ...outcome, kind: 'failed' });
      return;
    case 'unclear':
      await advanceRequest(ports, request, outcome);
  }
}

async function launched(
  ports: LaunchPorts,
  request: LaunchRequest,
  instanceIds: readonly string[],
): Promise<void> {
  await advanceRequest(ports, request, { kind: 'launched', instanceIds });
  const { account, region } = request.plan;
  await ports.queues.collect({ kind: 'collect', scope: { account, region } }, LOOK_AFTER_SECONDS);
}

function ticketOf({ id, generation, requestedBy }: LaunchRequest): LaunchTicket {
  return { requestId: id, generation, requestedBy };
}
