import type { View } from '@slack/types';
import { freeLicenses } from '#domain/licenses/position.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { HomeView } from '#ports/notifier.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { approverButtons, button, requesterButtons } from '#slack/views/buttons.ts';
import { coverageLines } from '#slack/views/coverage.ts';
import { amount, figure } from '#slack/views/figures.ts';
import { context, header, type MessageBlock } from '#slack/views/message.ts';
import { actions } from '#slack/views/optimization-buttons.ts';
import { openSavingsText } from '#slack/views/recommendation-list.ts';
import { requestLines } from '#slack/views/requests-list.ts';
import { bold, lines } from '#slack/views/rich-text.ts';
import { dateToken, mrkdwn, nameText, utc } from '#slack/views/text.ts';

const SHOWN_REQUESTS = 8;
const SHOWN_POOLS = 8;

/** App Home: what waits for this person, what they asked for, and which licenses run out. */
export function homeView(home: HomeView): View {
  const { mine, waitingForMe, nearLimit, savings, coverage, now } = home;
  const isMine = ({ id }: LaunchRequest) => mine.some((own) => own.id === id);
  const waits = ({ id }: LaunchRequest) => waitingForMe.some((other) => other.id === id);
  const blocks: MessageBlock[] = [
    {
      type: 'actions',
      elements: [
        button(ACTION.openRequest, 'Request a launch', { style: 'primary' }),
        button(ACTION.refreshHome, 'Refresh'),
      ],
    },
    context(mrkdwn`Last updated ${dateToken(now)}`),
    header('Waiting for you'),
    ...requestBlocks(waitingForMe, 'Nothing waits for your decision.', (request) =>
      isMine(request) ? requesterButtons(request) : approverButtons(request),
    ),
    header('Your requests'),
    ...requestBlocks(
      mine.filter((request) => !waits(request)),
      'You have no requests.',
      requesterButtons,
    ),
    header('Licenses near their limit or their end'),
    ...nearLimitBlocks(nearLimit, now),
    header('Savings'),
    lines([openSavingsText(savings)]),
    actions([button(ACTION.openSavings, 'Show recommendations')]),
    ...coverageLines(coverage),
  ];
  return { type: 'home', blocks };
}

function requestBlocks(
  requests: readonly LaunchRequest[],
  none: string,
  buttons: typeof requesterButtons,
): MessageBlock[] {
  if (requests.length === 0) return [lines([none])];
  const hidden = requests.length - SHOWN_REQUESTS;
  return [
    ...requests.slice(0, SHOWN_REQUESTS).flatMap((request): MessageBlock[] => {
      const elements = buttons(request);
      return [
        lines(...requestLines(request)),
        ...(elements.length === 0 ? [] : [{ type: 'actions' as const, elements }]),
      ];
    }),
    ...(hidden > 0 ? [lines([`and ${figure(hidden)} more`])] : []),
  ];
}

function nearLimitBlocks(pools: HomeView['nearLimit'], now: Date): MessageBlock[] {
  if (pools.length === 0) return [lines(['No pool is near its limit.'])];
  const hidden = pools.length - SHOWN_POOLS;
  return [
    lines(
      ...pools
        .slice(0, SHOWN_POOLS)
        .map(({ pool, accountName }) => [
          bold(nameText(pool.name)),
          ` (${nameText(accountName, 40)}, ${pool.region}): ${leftText(pool)}${expiryText(pool, now)}`,
        ]),
      ...(hidden > 0 ? [[`and ${figure(hidden)} more`]] : []),
    ),
  ];
}

/** A pool with licenses enough is here because it expires, so that is said of every one that does. */
function expiryText({ expiresAt }: HomeView['nearLimit'][number]['pool'], now: Date): string {
  if (expiresAt === null) return '';
  return `, ${expiresAt <= now ? 'expired' : 'expires'} on ${utc(expiresAt)}`;
}

function leftText(pool: HomeView['nearLimit'][number]['pool']): string {
  const free = freeLicenses(pool);
  if (free === null || pool.limit === null) return 'no limit';
  const of = `of ${amount(pool.limit, pool.countingType)}`;
  return free < 0 ? `${figure(-free)} over its limit ${of}` : `${figure(free)} ${of} free`;
}
