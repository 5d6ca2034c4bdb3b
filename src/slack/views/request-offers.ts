import type { Alternative } from '#domain/launch/launch-evaluation.ts';
import type { LaunchChoice } from '#domain/launch/launch-plan.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { amount, figure, plural, price } from '#slack/views/figures.ts';
import { chosenCpu, cpuText, launchTitle } from '#slack/views/launch-summary.ts';
import type { MessageBlock } from '#slack/views/message.ts';
import {
  bold,
  code,
  type Inline,
  type Line,
  lines,
  person,
  quote,
} from '#slack/views/rich-text.ts';

/** A launch that would pass, with what it takes and costs. */
export function alternativeLine({
  kind,
  choice,
  licenses,
  licensesSaved,
  hourlyPrice,
  verdict,
}: Alternative): Line {
  const saved = licensesSaved > 0 ? `, ${figure(licensesSaved)} fewer` : '';
  const cost = hourlyPrice === null ? '' : `, ${price(hourlyPrice)} an hour in all`;
  const decision = verdict === 'allow' ? 'no approval needed' : 'needs an approval';
  return [
    bold(`${ALTERNATIVE[kind]}: `),
    ...choicePieces(choice),
    ` takes ${plural(licenses, 'license')}${saved}${cost}; ${decision}`,
  ];
}

/** What kind of alternative it is, in a few words. */
export const ALTERNATIVE = {
  'fewer-cores': 'Fewer cores',
  'licensed-host': 'A Dedicated Host that is already licensed',
  'other-type': 'Another type',
  'smaller-count': 'A smaller count',
  'other-pool': 'Another pool',
  'license-included': 'License included in the price',
  'other-account': 'Another account',
} as const satisfies Record<Alternative['kind'], string>;

/** The counter-offer that waits for its requester's answer: what, by whom, why. */
export function counterBlocks(request: LaunchRequest): MessageBlock[] {
  const { counter, status } = request;
  if (counter === null || status !== 'pending') return [];
  const { by, reason, choice, plan, evaluation } = counter;
  const takes = evaluation.draws
    .map(({ licenses, countingType }) => amount(licenses, countingType))
    .join(' and ');
  const cost = plan.hourlyPrice === null ? '' : `, ${price(plan.hourlyPrice)} an hour for each`;
  return [
    lines([
      '🤝 ',
      person(by),
      bold(' offers instead: '),
      ...choicePieces(choice),
      ` takes ${takes === '' ? 'no licenses' : takes}${cost}. Waiting for `,
      person(request.requestedBy),
      ' to accept or decline.',
    ]),
    quote([bold('Reason given by '), person(by)], reason, OFFER_QUOTE),
  ];
}

/** Code points of the words beside an offer. */
const OFFER_QUOTE = 500;

function choicePieces(choice: LaunchChoice): Inline[] {
  const cpu = cpuText(chosenCpu(choice));
  return [
    `${launchTitle(choice)}${cpu === '' ? '' : ` with ${cpu}`}`,
    ...(choice.hostId === null ? [] : [' on ', code(choice.hostId)]),
  ];
}
