import { HOUR_MS } from '#domain/instant.ts';
import type { LaunchJob } from '#domain/jobs/launch-job.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import { isMachinePlan, untilOf } from '#domain/launch/launch-plan.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Launcher, LaunchOutcome, LaunchTicket } from '#ports/launcher.ts';
import type { Policies } from '#ports/policies.ts';
import type { LaunchRoleKeeper, Snapshots } from '#ports/snapshots.ts';
import { advanceRequest } from '#usecases/advance-request.ts';
import type { CommitPorts } from '#usecases/commit-change.ts';
import { judgeApproved } from '#usecases/judge-before-launch.ts';

export interface LaunchPorts extends CommitPorts {
  readonly launcher: Launcher;
  readonly policies: Policies;
  readonly snapshots: Snapshots & LaunchRoleKeeper;
}

/** License Manager lists a launch some time after it; a collection looks then. Seconds. */
const LOOK_AFTER_SECONDS = 60;

/** How soon EC2 is asked again about an instance that it is stopping. Seconds. */
const ASK_AGAIN_SECONDS = 15;

/** EC2 keeps client tokens for at least a day. For half of it the same call may be repeated. */
const REPEAT_WITHIN_MS = 12 * HOUR_MS;

/**
 * Launch what is approved, or find out what became of a launch. Safe to repeat: the token of a
 * request and generation never starts a second set of instances.
 */
export async function launchRequest(ports: LaunchPorts, job: LaunchJob): Promise<void> {
  const request = await ports.store.request(job.requestId);
  if (request === null || request.generation !== job.generation) return;
  const { status, failure } = request;
  if (status === 'approved') return begin(ports, job, request);
  if (status !== 'launching' && status !== 'unknown') return;
  return failure?.undoing === true ? undo(ports, job, request) : settle(ports, job, request);
}

async function begin(ports: LaunchPorts, job: LaunchJob, request: LaunchRequest): Promise<void> {
  const problem = (await problemOf(ports, request)) ?? (await judgeAgain(ports, request));
  if (problem === 'not-now') return;
  if (problem !== null) {
    await advanceRequest(ports, request, { kind: 'failed', ...problem });
    return;
  }
  if (await advanceRequest(ports, request, { kind: 'begin' })) await call(ports, job, request);
}

/** What runs must be what was approved: the seal holds, and what the plan names is still as it was. */
async function problemOf(
  { launcher, snapshots, sha256, now }: LaunchPorts,
  request: LaunchRequest,
): Promise<Refusal | null> {
  const { plan } = request;
  const approved = request.decisions.at(-1);
  if (sealPlan(plan, sha256) !== approved?.planHash) {
    const message = 'The plan is not the one that was approved.';
    return { code: 'plan-changed', message, advice: { code: 'request-again', changed: 'plan' } };
  }
  const until = untilOf(plan);
  if (until !== null && until <= now()) {
    const message = 'The launch was to end before it could begin.';
    return { code: 'until-passed', message, advice: { code: 'request-again', changed: 'end' } };
  }
  const check = await launcher.check(plan, ticketOf(request));
  if (check.ok) return null;
  const { code, message, advice } = check;
  if (advice?.code === 'deploy-role') await snapshots.noteLaunchRoleRefused(plan.account, now());
  return { code, message, advice };
}

/** By the policy, the figures and the price of now. `not-now`: approvals are void, it is asked again. */
async function judgeAgain(
  ports: LaunchPorts,
  request: LaunchRequest,
): Promise<Refusal | 'not-now' | null> {
  const judged = await judgeApproved(ports, request);
  if (judged === null || judged.kind === 'asked-again') return 'not-now';
  if (judged.kind === 'as-approved') return null;
  const { reasons } = judged;
  const message = 'Policy, rules or limits of now do not allow what was approved.';
  return { code: 'not-allowed-now', message, advice: { code: 'meet-rules', reasons } };
}

/** Look first: what the lost call started may be there. Else the same call again. */
async function settle(ports: LaunchPorts, job: LaunchJob, request: LaunchRequest): Promise<void> {
  const instanceIds = await ports.launcher.find(request.plan, ticketOf(request));
  if (instanceIds.length > 0) return launched(ports, request, instanceIds);
  const { approvedAt } = ticketOf(request);
  if (ports.now().getTime() - approvedAt.getTime() < REPEAT_WITHIN_MS) {
    return call(ports, job, request);
  }
  await advanceRequest(ports, request, {
    kind: 'unclear',
    code: 'token-too-old',
    message: 'EC2 shows no instance of this launch, and repeating it is no longer safe.',
    advice: { code: 'look-in-ec2' },
  });
}

async function call(ports: LaunchPorts, job: LaunchJob, request: LaunchRequest): Promise<void> {
  const outcome = await ports.launcher.launch(request.plan, ticketOf(request));
  switch (outcome.kind) {
    case 'launched':
      return launched(ports, request, outcome.instanceIds);
    case 'under-way':
      return askAgain(ports, job);
    case 'refused':
      return refused(ports, job, request, outcome);
    case 'unclear':
      await advanceRequest(ports, request, outcome);
  }
}

/** What comes or goes whole leaves nothing half done; of an instance that was there, something may be. */
async function refused(
  ports: LaunchPorts,
  job: LaunchJob,
  request: LaunchRequest,
  { code, message, advice }: Extract<LaunchOutcome, { kind: 'refused' }>,
): Promise<void> {
  const { action } = request.plan;
  const isWhole = action.operation === 'launch' || !isMachinePlan(request.plan);
  const kind = isWhole ? 'failed' : 'undoing';
  const noted = await advanceRequest(ports, request, { kind, code, message, advice });
  if (noted && !isWhole) await undo(ports, job, request);
}

async function undo(ports: LaunchPorts, job: LaunchJob, request: LaunchRequest): Promise<void> {
  const outcome = await ports.launcher.undo(request.plan, ticketOf(request));
  if (outcome.kind === 'under-way') return askAgain(ports, job);
  await advanceRequest(ports, request, outcome);
}

/** The sweeper looks after it every minute anyway, so that its own jobs need not follow each other. */
async function askAgain({ queues }: LaunchPorts, job: LaunchJob): Promise<void> {
  if (job.kind === 'launch') await queues.launch(job, ASK_AGAIN_SECONDS);
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

function ticketOf(request: LaunchRequest): LaunchTicket {
  const { id, generation, requestedBy, decisions, submittedAt } = request;
  const approvedAt = decisions.at(-1)?.at ?? submittedAt;
  return { requestId: id, generation, requestedBy, approvedAt };
}
