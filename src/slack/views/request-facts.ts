import type { Draw } from '#domain/launch/launch-evaluation.ts';
import {
  type ActionOf,
  isMachineChoice,
  isMachinePlan,
  type LaunchPlan,
  untilOf,
} from '#domain/launch/launch-plan.ts';
import { monthlyCost } from '#domain/launch/monthly-cost.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { usedLicenses } from '#domain/licenses/position.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { changePieces } from '#slack/views/change-words.ts';
import { amount, figure, price } from '#slack/views/figures.ts';
import { cpuText, launchTitle, placeText } from '#slack/views/launch-summary.ts';
import { poolNames } from '#slack/views/pool-names.ts';
import { metricAmount, productText } from '#slack/views/product-words.ts';
import { bold, code, type Inline, type Line, moment, person } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** Who asks for what, where, what it takes of licenses on both lines, what it costs, until when. */
export function facts(request: LaunchRequest, ledgers: readonly PoolLedger[]): Line[] {
  const { choice, labels, plan, evaluation } = request;
  const until = untilOf(plan);
  return [
    [
      bold('Who: '),
      person(request.requestedBy),
      ...(request.for === request.requestedBy ? [] : [', for ', person(request.for)]),
    ],
    [bold('What: '), ...whatText(request)],
    [
      bold('Where: '),
      placeText(request),
      ...(isMachinePlan(plan) && plan.hostId !== null ? [' on ', code(plan.hostId)] : []),
    ],
    ...(isMachineChoice(choice) && choice.licenseIncluded === true
      ? [[bold('Licenses: '), `in the hourly price, none of ${nameText(labels.pool)}`]]
      : []),
    ...evaluation.draws.map((draw) => effectLine(request, draw, ledgers)),
    ...evaluation.terms.map(
      ({ product, edition, metric, licenses }): Line => [
        bold('By the vendor’s terms: '),
        `${metricAmount(licenses, metric)} of ${productText(product, edition)}`,
      ],
    ),
    ...priceLines(plan),
    ...(until === null
      ? []
      : [[bold('Until: '), moment(until), ', then stopped and its licenses returned']]),
  ];
}

/** The operation in words, with the machine as it will be. */
function whatText({ plan, labels }: LaunchRequest): Inline[] {
  const source = nameText(labels.source);
  if (!isMachinePlan(plan)) return changePieces(plan.action, source, null);
  const { action } = plan;
  const cpu = cpuText(plan.cpuOptions);
  const size = `${launchTitle(plan)}${cpu === '' ? '' : ` (${cpu})`}${plan.spot ? ', Spot' : ''}`;
  switch (action.operation) {
    case 'launch':
      return [`${size} from ${source}, version ${action.launchTemplate.version}`];
    case 'start':
      return [`Start ${source} `, code(action.instanceId), `, ${size}`];
    case 'resize': {
      const before = cpuText(action.from.cpuOptions);
      const type = nameText(action.from.instanceType, 40);
      return [
        `Change ${source} `,
        code(action.instanceId),
        ` from ${type}${before === '' ? '' : ` (${before})`} to ${size}`,
        action.running ? '; it is stopped for that and started again' : '; it stays stopped',
      ];
    }
    case 'move':
    case 'associate':
    case 'convert':
    case 'stop':
      return changePieces(action, source, plan.hostId);
    case 'scale':
      return growthPieces(action, size);
  }
}

function growthPieces(action: ActionOf<'scale'>, size: string): Inline[] {
  const { autoScalingGroupName, launchTemplate, fromCapacity, toCapacity, maximum } = action;
  const template = `${nameText(launchTemplate.name)}, version ${launchTemplate.version}`;
  return [
    `${size} more in the Auto Scaling group ${nameText(autoScalingGroupName)} `,
    `(${figure(fromCapacity)} → ${figure(toCapacity)}), from ${template}`,
    ...(maximum === null
      ? []
      : [`; its maximum is raised from ${figure(maximum.from)} to ${figure(maximum.to)}`]),
  ];
}

const GIVEN_BACK: ReadonlySet<LaunchPlan['action']['operation']> = new Set([
  'stop',
  'release-host',
]);

/** In micro-units. */
const CENT = 10_000;

function priceLines(plan: LaunchPlan): Line[] {
  const monthly = monthlyCost(plan);
  // What is given back has no price any more.
  if (plan.hourlyPrice === null || monthly === null || GIVEN_BACK.has(plan.action.operation)) {
    return [];
  }
  const each = `${price(plan.hourlyPrice)} an hour for ${isMachinePlan(plan) ? 'each instance' : 'the host'}`;
  const cents = { ...monthly, micros: Math.round(monthly.micros / CENT) * CENT };
  return [[bold('Price: '), `${each}, ${price(cents)} a month in all`]];
}

/** What the launch does to one pool: from how many in use or held to how many, of how many. */
function effectLine(request: LaunchRequest, draw: Draw, ledgers: readonly PoolLedger[]): Line {
  const ledger = ledgers.find(({ poolId }) => poolId === draw.poolId);
  const takes = amount(draw.licenses, draw.countingType);
  if (ledger === undefined) {
    const { name } = poolNames(request, ledgers)(draw.poolId);
    return [bold('Licenses: '), `${takes} of ${nameText(name)}`];
  }
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
