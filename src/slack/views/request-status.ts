import type { Operation } from '#domain/policy/policy-launches.ts';
import type { Decision, LaunchRequest } from '#domain/requests/launch-request.ts';
import { decider } from '#slack/views/decider.ts';
import { failureText } from '#slack/views/failure-words.ts';
import { code, type Inline, type Line, moment, person } from '#slack/views/rich-text.ts';

/** Where a request stands, as its card says it. "Launched" only when EC2 shows the instances. */
export function statusLine(request: LaunchRequest): Line {
  switch (request.status) {
    case 'draft':
      return ['📝 Draft'];
    case 'pending':
      return request.standing === 'waiting'
        ? ['⏳ Pending: in line for licenses to become free']
        : ['⏳ Pending: its licenses are set aside until somebody decides'];
    case 'approved':
      return ['✅ ', ...decidedBy(request), ' · waiting to launch'];
    case 'launching':
      return ['✅ ', ...decidedBy(request), ' · launching…'];
    case 'unknown':
      return ['❔ ', ...decidedBy(request), ' · AWS has not said whether it launched; checking'];
    case 'launched':
      return ['🚀 ', ...decidedBy(request), launched(request), ...instances(request)];
    case 'confirmed':
      return [
        '🚀 ',
        ...decidedBy(request),
        launched(request),
        ...instances(request),
        ' · confirmed by License Manager',
      ];
    case 'denied':
      return ['⛔ ', ...deniedBy(request)];
    case 'cancelled':
      return ['🚫 Cancelled', ...by(request, 'cancel')];
    case 'expired':
      return ['⌛ Expired before it was launched'];
    case 'failed':
      return [
        '⚠️ ',
        ...decidedBy(request),
        ' · launch failed',
        ...(request.failure === null ? [] : failureText(request.failure)),
      ];
  }
}

function decidedBy(request: LaunchRequest): Line {
  const decision = latest(request, ['approve', 'auto-approve', 'override']);
  if (decision === undefined) return ['Approved'];
  const when = [', ', moment(decision.at)];
  if (decision.kind === 'auto-approve') return ['Approved by policy'];
  return decision.kind === 'override'
    ? ['Launched past its approvers by ', person(decision.by), ...when]
    : ['Approved by ', ...approvers(request), ...when];
}

/** Everybody who filled a seat, in the order in which they did. */
function approvers({ decisions, generation }: LaunchRequest): Inline[] {
  return decisions
    .filter((decision) => decision.kind === 'approve' && decision.generation === generation)
    .flatMap(({ by: id }, index, all) => [
      ...(index === 0 ? [] : [index === all.length - 1 ? ' and ' : ', ']),
      person(id),
    ]);
}

const LAUNCHED = {
  launch: ' · launched ',
  start: ' · started ',
  resize: ' · resized ',
  scale: ' · scaled ',
  move: ' · moved ',
  associate: ' · licenses changed of ',
  convert: ' · converted ',
  stop: ' · stopped ',
  'allocate-host': ' · allocated ',
  'release-host': ' · released ',
} as const satisfies Record<Operation, string>;

function launched({ choice }: LaunchRequest): string {
  return LAUNCHED[choice.target.operation];
}

function deniedBy(request: LaunchRequest): Line {
  const decision = latest(request, ['deny']);
  if (decision === undefined) return ['Refused: no approval can make it right'];
  return ['Denied by ', decider(decision.by), ', ', moment(decision.at)];
}

function by(request: LaunchRequest, kind: Decision['kind']): Line {
  const decision = latest(request, [kind]);
  return decision === undefined ? [] : [' by ', decider(decision.by), ', ', moment(decision.at)];
}

function instances({ instanceIds }: LaunchRequest): Line {
  const shown = instanceIds.slice(0, SHOWN_INSTANCES);
  const more = instanceIds.length - shown.length;
  return [
    ...shown.flatMap((id, index) => [...(index === 0 ? [] : [', ']), code(id)]),
    ...(more > 0 ? [` and ${more} more`] : []),
  ];
}

const SHOWN_INSTANCES = 5;

/** The newest decision of any of these kinds in the present generation. */
export function latest(
  { decisions, generation }: LaunchRequest,
  kinds: readonly Decision['kind'][],
): Decision | undefined {
  return decisions.findLast(
    (decision) => kinds.includes(decision.kind) && decision.generation === generation,
  );
}
