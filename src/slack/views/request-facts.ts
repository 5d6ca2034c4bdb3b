import type { Draw } from '#domain/launch/launch-evaluation.ts';
import { type LaunchPlan, templateOf } from '#domain/launch/launch-plan.ts';
import { monthlyCost } from '#domain/launch/monthly-cost.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { usedLicenses } from '#domain/licenses/position.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { amount, figure, price } from '#slack/views/figures.ts';
import { cpuText, launchTitle, placeText } from '#slack/views/launch-summary.ts';
import { poolNames } from '#slack/views/pool-names.ts';
import { metricAmount, productText } from '#slack/views/product-words.ts';
import { bold, code, type Inline, type Line, moment, person } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** Who asks for what, where, what it takes of licenses on both lines, what it costs, until when. */
export function facts(request: LaunchRequest, ledgers: readonly PoolLedger[]): Line[] {
  const { choice, labels, plan, evaluation } = request;
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
      ...(plan.hostId === null ? [] : [' on ', code(plan.hostId)]),
    ],
    ...(choice.licenseIncluded === true
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
    ...(plan.until === null
      ? []
      : [[bold('Until: '), moment(plan.until), ', then stopped and its licenses returned']]),
  ];
}

/** The operation in words, with the machine as it will be. */
function whatText({ plan, choice, labels }: LaunchRequest): Inline[] {
  const cpu = cpuText(plan.cpuOptions);
  const size = `${launchTitle(choice)}${cpu === '' ? '' : ` (${cpu})`}${plan.spot ? ', Spot' : ''}`;
  const source = nameText(labels.source);
  const version = templateOf(plan)?.version;
  const from = version === undefined ? source : `${source}, version ${version}`;
  const { action } = plan;
  switch (action.operation) {
    case 'launch':
      return [`${size} from ${from}`];
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
    case 'scale': {
      const template = `${nameText(action.launchTemplate.name)}, version ${action.launchTemplate.version}`;
      return [
        `${size} more in the Auto Scaling group ${nameText(action.autoScalingGroupName)} `,
        `(${figure(action.fromCapacity)} → ${figure(action.toCapacity)}), from ${template}`,
        ...(action.maximum === null
          ? []
          : [
              `; its maximum is raised from ${figure(action.maximum.from)} to ${figure(action.maximum.to)}`,
            ]),
      ];
    }
  }
}

/** In micro-units. */
const CENT = 10_000;

function priceLines(plan: LaunchPlan): Line[] {
  const monthly = monthlyCost(plan);
  if (plan.hourlyPrice === null || monthly === null) return [];
  const each = `${price(plan.hourlyPrice)} an hour for each instance`;
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
