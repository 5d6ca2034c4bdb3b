import type { Alternative, Draw } from '#domain/launch-evaluation.ts';
import { templateOf } from '#domain/launch-plan.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import { usedLicenses } from '#domain/position.ts';
import { approverButtons, requesterButtons } from '#slack/views/buttons.ts';
import { decider } from '#slack/views/decider.ts';
import { amount, figure, plural, price } from '#slack/views/figures.ts';
import {
  chosenCpu,
  cpuText,
  launchTitle,
  placeText,
  requestTitle,
} from '#slack/views/launch-summary.ts';
import { LIMITS } from '#slack/views/limits.ts';
import {
  context,
  fitted,
  header,
  type Message,
  type MessageBlock,
  message,
} from '#slack/views/message.ts';
import { poolNames } from '#slack/views/pool-names.ts';
import { reasonText } from '#slack/views/reason.ts';
import { latest, statusLine } from '#slack/views/request-status.ts';
import {
  bold,
  bullets,
  code,
  type Line,
  lines,
  person,
  quote,
  spoken,
} from '#slack/views/rich-text.ts';
import { dateToken, mrkdwn, nameText } from '#slack/views/text.ts';

/**
 * A launch request through its whole life: what is asked for, what it does to the licenses, why
 * somebody must decide, where it stands. Approvers get Approve and Deny, its requester Cancel.
 */
export function requestCard(
  request: LaunchRequest,
  ledgers: readonly PoolLedger[],
  audience: 'approvers' | 'requester',
): Message {
  const { reasons, warnings } = request.evaluation;
  return fitted(reasons.length + warnings.length + request.alternatives.length, (shown) =>
    card(request, ledgers, audience, shown),
  );
}

function card(
  request: LaunchRequest,
  ledgers: readonly PoolLedger[],
  audience: 'approvers' | 'requester',
  shown: number,
): Message {
  const { evaluation, alternatives } = request;
  const names = poolNames(request, ledgers);
  const status = statusLine(request);
  const buttons = audience === 'approvers' ? approverButtons(request) : requesterButtons(request);
  const summary = spoken([
    'Launch request by ',
    person(request.requestedBy),
    `: ${requestTitle(request)}. `,
  ]);
  const blocks: MessageBlock[] = [
    header(requestTitle(request)),
    lines(...facts(request, ledgers)),
    quote([bold('Reason given by '), person(request.requestedBy)], request.reason),
    ...bullets(
      REASONS_TITLE[evaluation.verdict],
      listed(evaluation.reasons, shown, (reason) => [reasonText(reason, names)]),
    ),
    ...bullets(
      'Good to know',
      listed(evaluation.warnings, shown, (warning) => [reasonText(warning, names)]),
    ),
    ...bullets('This would pass', listed(alternatives, shown, alternativeLine)),
    lines(status),
    ...denialWords(request),
    smallPrint(request),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
  ];
  return message(mrkdwn`${summary}${spoken(status)}`, blocks);
}

const REASONS_TITLE = {
  allow: 'Why policy allows it',
  ask: 'Why it needs an approval',
  refuse: 'Why it cannot be launched',
} as const;

function facts(request: LaunchRequest, ledgers: readonly PoolLedger[]): Line[] {
  const { plan, choice, evaluation } = request;
  const cpu = cpuText(plan.cpuOptions);
  const template = templateOf(plan);
  const version = template === null ? '' : `, version ${template.version}`;
  return [
    [
      bold('Who: '),
      person(request.requestedBy),
      ...(request.for === request.requestedBy ? [] : [', for ', person(request.for)]),
    ],
    [
      bold('What: '),
      `${launchTitle(choice)}${cpu === '' ? '' : ` (${cpu})`} from ${nameText(request.labels.source)}${version}`,
    ],
    [
      bold('Where: '),
      placeText(request),
      ...(plan.hostId === null ? [] : [' on ', code(plan.hostId)]),
    ],
    ...evaluation.draws.map((draw) => effectLine(request, draw, ledgers)),
    ...(plan.hourlyPrice === null
      ? []
      : [[bold('Price: '), `${price(plan.hourlyPrice)} an hour for each instance`]]),
  ];
}

/** What the launch does to one pool: from how many in use or held to how many, of how many. */
function effectLine(request: LaunchRequest, draw: Draw, ledgers: readonly PoolLedger[]): Line {
  const ledger = ledgers.find(({ poolId }) => poolId === draw.poolId);
  const takes = amount(draw.licenses, draw.countingType);
  if (ledger === undefined)
    return [bold('Licenses: '), `${takes} of ${nameText(request.labels.pool)}`];
  const of =
    ledger.limit === null ? 'without a limit' : `of ${amount(ledger.limit, ledger.countingType)}`;
  const used = usedLicenses(ledger) + ledger.held;
  const label = `${takes} of ${nameText(ledger.name)}: `;
  if (request.status !== 'pending') {
    return [bold('Licenses: '), label, `now ${figure(used)} ${of} in use or held`];
  }
  const own = ledger.holds.find(({ consumer }) => consumer === draw.consumer)?.licenses ?? 0;
  const before = used - Math.min(own, draw.licenses);
  const effect = `${figure(before)} → ${figure(before + draw.licenses)} ${of} in use or held`;
  const ahead = ledger.waiting.indexOf(request.id);
  const place = ahead < 0 ? '' : `, number ${figure(ahead + 1)} in line`;
  return [bold('Licenses: '), label, effect, place];
}

function alternativeLine({ kind, choice, licenses, licensesSaved, verdict }: Alternative): Line {
  const cpu = cpuText(chosenCpu(choice));
  const saved = licensesSaved > 0 ? `, ${figure(licensesSaved)} fewer` : '';
  const decision = verdict === 'allow' ? 'no approval needed' : 'needs an approval';
  return [
    bold(`${ALTERNATIVE[kind]}: `),
    `${launchTitle(choice)}${cpu === '' ? '' : ` with ${cpu}`}`,
    ...(choice.hostId === null ? [] : [' on ', code(choice.hostId)]),
    ` takes ${plural(licenses, 'license')}${saved}; ${decision}`,
  ];
}

const ALTERNATIVE = {
  'fewer-cores': 'Fewer cores',
  'licensed-host': 'A Dedicated Host that is already licensed',
  'other-type': 'Another type',
  'smaller-count': 'A smaller count',
  'other-pool': 'Another pool',
  'license-included': 'License included in the price',
  'other-account': 'Another account',
} as const satisfies Record<Alternative['kind'], string>;

function denialWords(request: LaunchRequest): MessageBlock[] {
  const denial = latest(request, ['deny']);
  if (denial === undefined || denial.reason === null) return [];
  return [quote([bold('Reason given by '), decider(denial.by)], denial.reason)];
}

function smallPrint(request: LaunchRequest): MessageBlock {
  const ids = mrkdwn`Request ${request.id} · plan ${request.planHash.slice(0, 8)}`;
  const { dueAt } = request;
  if (dueAt === null || (request.status !== 'pending' && request.status !== 'approved')) {
    return context(ids);
  }
  return context(mrkdwn`Expires ${dateToken(dueAt)}`, ids);
}

/** At most `shown` lines, and one that says how many more there are. */
function listed<Item>(items: readonly Item[], shown: number, line: (item: Item) => Line): Line[] {
  const most = Math.min(shown, LIMITS.cardListItems);
  const left = items.length - most;
  const visible = items.slice(0, most).map(line);
  return left > 0 ? [...visible, [`and ${figure(left)} more`]] : visible;
}
