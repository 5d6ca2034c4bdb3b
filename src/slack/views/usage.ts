import type { ActionsBlock } from '@slack/types';
import { WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import type { PoolFigures, UsageAnswer } from '#ports/notifier.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { coverageLines } from '#slack/views/coverage.ts';
import { context, fitted, type Message, type MessageBlock, message } from '#slack/views/message.ts';
import { oneUsageMessage } from '#slack/views/one-usage.ts';
import { bullets, code, lines } from '#slack/views/rich-text.ts';
import { mention, mrkdwn, nameText } from '#slack/views/text.ts';
import { openPool, usageFilters } from '#slack/views/usage-filters.ts';
import { narrowedTo, poolList } from '#slack/views/usage-list.ts';
import { targetText } from '#slack/views/usage-state.ts';

/** The answer to `/license usage`: all pools, one pool, or the names nearest to what was asked. */
export function usageMessage(answer: UsageAnswer, shareable: boolean): Message {
  const [only, ...others] = answer.pools;
  if (only === undefined) return nothing(answer);
  if (answer.detail !== null && others.length === 0) {
    return oneUsageMessage(only, answer, oneActions(only, answer, shareable));
  }
  const pages = Math.ceil(answer.pools.length / PAGE_SIZE);
  const page = Math.min(answer.page, pages);
  const pools = answer.pools.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const actions = [
    filters(answer),
    buttons(openPool(pools), ...pageButtons(answer, page, pages)),
    ...(shareable ? [buttons(share(answer))] : []),
  ];
  return fitted(pools.length, (shown) => poolList({ pools, shown, page, pages }, answer, actions));
}

/** So many pools fit a message, with a chart, what narrows them and what is missing. */
const PAGE_SIZE = 8;

/** The same answer for a whole channel, with who shared it; what narrows it is for one person. */
export function sharedUsageMessage(answer: UsageAnswer, sharedBy: string): Message {
  const { text, blocks } = usageMessage(answer, false);
  const visible = blocks.filter(({ type }) => type !== 'actions');
  const by = mrkdwn`Shared by ${mention(sharedBy)}`;
  return message({ markup: `${by.markup}. ${text}` }, [...visible, context(by)]);
}

function nothing(answer: UsageAnswer): Message {
  if (answer.query !== null) return noMatch(answer);
  return narrowedTo(answer.view, answer.pools) === '' ? noPools(answer) : noneLeft(answer);
}

function noneLeft(answer: UsageAnswer): Message {
  const text = `No pool is used by ${narrowedTo(answer.view, answer.pools)}.`;
  return message(mrkdwn`${text}`, [
    lines([text]),
    ...coverageLines(answer.coverage),
    filters(answer),
  ]);
}

function noPools({ coverage }: UsageAnswer): Message {
  const text =
    'There are no license pools yet. They appear when License Manager has license configurations and the first collection has run.';
  return message(mrkdwn`${text}`, [lines([text]), ...coverageLines(coverage)]);
}

function noMatch({ query, suggestions, coverage }: UsageAnswer): Message {
  const asked = nameText(query, 80);
  const nearest = suggestions[0];
  const hint = nearest === undefined ? '' : ` The nearest name is ${nameText(nearest)}.`;
  return message(mrkdwn`No pool is called ${asked}.${hint}`, [
    lines(['No pool is called ', code(asked), '.']),
    ...bullets(
      'Did you mean',
      suggestions.map((name) => [code(`/license usage ${nameText(name)}`)]),
    ),
    ...(nearest === undefined
      ? [context(mrkdwn`/license usage lists all pools.`)]
      : coverageLines(coverage)),
  ]);
}

function filters({ query, view, choices }: UsageAnswer): MessageBlock {
  return usageFilters(query, view, choices);
}

function oneActions(
  { pool }: PoolFigures,
  answer: UsageAnswer,
  shareable: boolean,
): readonly MessageBlock[] {
  const { view } = answer;
  const who = targetText({ query: pool.poolId, view, page: 1 }, 'value');
  const all = targetText({ query: null, view: WHOLE_VIEW, page: 1 }, 'value');
  return [
    buttons(
      button(ACTION.who, 'Who uses it', {
        value: who,
        label: 'Who uses it: every resource with its owner',
      }),
      button(ACTION.usageAll, 'All pools', {
        value: all,
        label: 'All pools: show the whole list here',
      }),
      ...(shareable ? [share(answer)] : []),
    ),
  ];
}

function pageButtons({ query, view }: UsageAnswer, page: number, pages: number) {
  const target = (to: number) => targetText({ query, view, page: to }, 'value');
  const previous = () => ({ value: target(page - 1), label: 'The previous page of pools' });
  const next = () => ({ value: target(page + 1), label: 'The next page of pools' });
  return [
    ...(page > 1 ? [button(ACTION.usagePrevious, 'Previous', previous())] : []),
    ...(page < pages ? [button(ACTION.usageNext, 'Next', next())] : []),
  ];
}

function buttons(...elements: ActionsBlock['elements']): MessageBlock {
  return { type: 'actions', elements };
}

function share({ query, view, page }: UsageAnswer) {
  return button(ACTION.share, 'Share to channel', {
    value: targetText({ query, view, page }, 'value'),
    label: 'Share to channel: show this answer to everybody here',
  });
}
