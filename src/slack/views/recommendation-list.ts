import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { OpenSavings, RecommendationsAnswer } from '#ports/optimization-answers.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { fitted, header, type Message, message } from '#slack/views/message.ts';
import { roundPrice } from '#slack/views/money-words.ts';
import { actions, openSelect } from '#slack/views/optimization-buttons.ts';
import {
  PAGE_SIZE,
  type Page,
  pageOf,
  recommendationLine,
} from '#slack/views/optimization-list.ts';
import { bullets, code, lines } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** Recommendations that wait for somebody or are being done, a page of them. */
export function recommendationsMessage(answer: RecommendationsAnswer): Message {
  const page = pageOf(answer.followed, answer.page);
  if (page.total === 0) return none();
  return fitted(page.items.length, (shown) => listMessage(page, shown, answer));
}

function none(): Message {
  const text = 'Nothing is recommended at the moment. The list is brought up to date every night.';
  return message(mrkdwn`${text}`, [
    lines([text, ' ', code('/license optimize'), ' asks the optimizer now.']),
  ]);
}

function listMessage(
  { items, page, pages, total }: Page<FollowedRecommendation>,
  shown: number,
  { accountNames, savings }: RecommendationsAnswer,
): Message {
  const text = `${openSavingsText(savings)} ${plural(total, 'recommendation')} in all.`;
  const first = (page - 1) * PAGE_SIZE + 1;
  const title = `${figure(first)} to ${figure(first + items.length - 1)} of ${figure(total)}`;
  const entries = items
    .slice(0, shown)
    .map(({ recommendation, status }) => recommendationLine(recommendation, status, accountNames));
  const hidden = items.length - shown;
  const more = hidden > 0 ? [[`and ${figure(hidden)} more on this page that do not fit`]] : [];
  return message(mrkdwn`${text}`, [
    header('Recommendations'),
    lines([text]),
    ...bullets(title, [...entries, ...more]),
    actions([
      openSelect(
        ACTION.openRecommendation,
        items.map(({ recommendation }) => recommendation),
      ),
      ...(page > 1 ? [turn(ACTION.savingsPrevious, 'Previous', page - 1)] : []),
      ...(page < pages ? [turn(ACTION.savingsNext, 'Next', page + 1)] : []),
    ]),
  ]);
}

function turn(actionId: string, text: string, to: number) {
  return button(actionId, text, { value: String(to), label: `Page ${to} of the recommendations` });
}

/** `7,300 USD a month in 12 recommendations.` */
export function openSavingsText({ count, monthly }: OpenSavings): string {
  if (count === 0) return 'No recommendation is open.';
  const many = plural(count, 'open recommendation');
  return monthly === null || monthly.micros <= 0
    ? `${many}, without a known price.`
    : `${roundPrice(monthly)} a month in ${many}.`;
}
