import type { WhoAnswer } from '#ports/notifier.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { coverageLines } from '#slack/views/coverage.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { fitted, header, type Message, type MessageBlock, message } from '#slack/views/message.ts';
import { ownersText } from '#slack/views/owners.ts';
import { bullets, code, lines } from '#slack/views/rich-text.ts';
import { numberCell, table, textCell } from '#slack/views/table.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';
import { narrowedTo } from '#slack/views/usage-list.ts';
import { targetText } from '#slack/views/usage-state.ts';

/** Who uses the pools of a name: every resource with its owner, page by page. */
export function whoMessage(answer: WhoAnswer): Message {
  const [only, ...others] = answer.pools;
  if (only === undefined) return noSuchPool(answer);
  const name = others.length === 0 ? nameText(only.pool.name) : plural(answer.pools.length, 'pool');
  return fitted(answer.consumers.length, (shown) => onePage(name, answer, shown));
}

function onePage(name: string, answer: WhoAnswer, shown: number): Message {
  const { total, page, pages, coverage, consumers } = answer;
  const narrowed = narrowedTo(answer.view, answer.pools);
  const first = `${plural(total, 'resource uses', 'resources use')} licenses of ${name}${narrowed === '' ? '' : `, only ${narrowed}`}.`;
  const place = pages > 1 ? ` Page ${figure(page)} of ${figure(pages)}.` : '';
  const hidden = consumers.length - shown;
  return message(mrkdwn`${first}${place}`, [
    header(`Who uses ${name}`),
    lines([first, place]),
    ...(shown === 0 ? [] : [consumerTable(answer, shown)]),
    ...(hidden > 0 ? [lines([`and ${figure(hidden)} more on this page that do not fit`])] : []),
    ...coverageLines(coverage),
    ...pageButtons(answer),
  ]);
}

function consumerTable({ consumers, pools }: WhoAnswer, shown: number): MessageBlock {
  const many = pools.length > 1;
  return table(
    'Who uses it, largest first',
    ['Resource', 'Name', 'Owner', 'Account', 'Region', ...(many ? ['Pool'] : []), 'Licenses'],
    consumers
      .slice(0, shown)
      .map(({ id, name, owners, licenses, pool: { pool, accountName } }) => [
        textCell(id),
        textCell(name, 40),
        textCell(ownersText(owners)),
        textCell(accountName, 40),
        textCell(pool.region),
        ...(many ? [textCell(pool.name, 40)] : []),
        numberCell(licenses),
      ]),
  );
}

function pageButtons({ query, view, page, pages }: WhoAnswer): MessageBlock[] {
  const target = (to: number) => targetText({ query, view, page: to }, 'value');
  const elements = [
    ...(page > 1
      ? [
          button(ACTION.whoPrevious, 'Previous', {
            value: target(page - 1),
            label: 'The previous page',
          }),
        ]
      : []),
    ...(page < pages
      ? [button(ACTION.whoNext, 'Next', { value: target(page + 1), label: 'The next page' })]
      : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function noSuchPool({ query, suggestions, coverage }: WhoAnswer): Message {
  const asked = nameText(query, 80);
  return message(mrkdwn`No pool is called ${asked}. /license usage lists all.`, [
    lines(['No pool is called ', code(asked), '.']),
    ...bullets(
      'Did you mean',
      suggestions.map((name) => [code(`/license who ${nameText(name)}`)]),
    ),
    ...coverageLines(coverage),
  ]);
}
