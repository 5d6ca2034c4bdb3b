import type { Alternative } from '#domain/launch/launch-evaluation.ts';
import { isMachineChoice, type LaunchChoice, templateOf } from '#domain/launch/launch-plan.ts';
import type { CounterOffer, LaunchRequest } from '#domain/requests/launch-request.ts';
import { changeTitle } from '#slack/views/change-words.ts';
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
import { nameText } from '#slack/views/text.ts';

/** A launch that would pass, with what it takes and costs. */
export function alternativeLine({
  kind,
  choice,
  labels,
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
    aside(otherNames(labels)),
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

/** Where another account, pool or template is meant: their names, nearest first. */
export function otherNames(labels: Alternative['labels']): readonly string[] {
  return [labels?.source, labels?.account, labels?.pool]
    .filter((name) => name !== undefined)
    .map((name) => nameText(name));
}

function aside(words: readonly string[]): string {
  return words.length === 0 ? '' : `, ${words.join(', ')},`;
}

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
      aside([
        ...otherNames(offeredElsewhere(request, counter)),
        ...(isMachineChoice(choice) && choice.licenseIncluded === true
          ? ['licenses in the hourly price']
          : []),
      ]),
      ` takes ${takes === '' ? 'no licenses' : takes}${cost}. Waiting for `,
      person(request.requestedBy),
      ' to accept or decline.',
    ]),
    quote([bold('Reason given by '), person(by)], reason, OFFER_QUOTE),
  ];
}

/** Code points of the words beside an offer. */
const OFFER_QUOTE = 500;

/** What of an offer is elsewhere than the request: by ids, where no names are kept. */
function offeredElsewhere(
  { choice: asked, plan: before }: LaunchRequest,
  { choice, plan }: CounterOffer,
): Alternative['labels'] {
  const from = templateOf(plan)?.name;
  return {
    source: from === templateOf(before)?.name ? undefined : from,
    account: choice.account === asked.account ? undefined : choice.account,
    pool: poolOf(choice) === poolOf(asked) ? undefined : poolOf(choice),
  };
}

function poolOf(choice: LaunchChoice): string | undefined {
  return isMachineChoice(choice) ? choice.poolId : undefined;
}

function choicePieces(choice: LaunchChoice): Inline[] {
  if (!isMachineChoice(choice)) return [changeTitle(choice.target, 'it')];
  const cpu = cpuText(chosenCpu(choice));
  return [
    `${launchTitle(choice)}${cpu === '' ? '' : ` with ${cpu}`}`,
    ...(choice.hostId === null ? [] : [' on ', code(choice.hostId)]),
  ];
}
