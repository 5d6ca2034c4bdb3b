import type { Decision, LaunchRequest } from '#domain/launch-request.ts';
import { decider } from '#slack/views/decider.ts';
import { code, type Line, moment, person } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

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
      return ['🚀 ', ...decidedBy(request), ' · launched ', ...instances(request)];
    case 'confirmed':
      return [
        '🚀 ',
        ...decidedBy(request),
        ' · launched ',
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
      return ['⚠️ ', ...decidedBy(request), ' · launch failed', ...failure(request)];
  }
}

function decidedBy(request: LaunchRequest): Line {
  const decision = latest(request, ['approve', 'auto-approve']);
  if (decision === undefined) return ['Approved'];
  if (decision.kind === 'auto-approve') return ['Approved by policy'];
  return ['Approved by ', person(decision.by), ', ', moment(decision.at)];
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

function failure(request: LaunchRequest): Line {
  if (request.failure === null) return [];
  const { code: awsCode, message } = request.failure;
  return [': ', code(nameText(awsCode, 100)), ` ${nameText(message, 300)}`];
}

/** The newest decision of any of these kinds. */
export function latest(
  { decisions }: LaunchRequest,
  kinds: readonly Decision['kind'][],
): Decision | undefined {
  return decisions.findLast(({ kind }) => kinds.includes(kind));
}
