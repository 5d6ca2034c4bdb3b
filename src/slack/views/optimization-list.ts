import type { RecommendationStatus } from '#domain/optimization/followed-recommendation.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import type { AccountNames, OptimizationAnswer } from '#ports/optimization-answers.ts';
import { figure } from '#slack/views/figures.ts';
import type { MessageBlock } from '#slack/views/message.ts';
import {
  burdenText,
  kindText,
  savingsText,
  statusText,
  subjectsText,
} from '#slack/views/recommendation-words.ts';
import { bold, bullets, type Line } from '#slack/views/rich-text.ts';
import { accountText } from '#slack/views/scenario-words.ts';

/** So many recommendations are on a page. */
export const PAGE_SIZE = 6;

/** A page of recommendations, and which one it is. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly page: number;
  readonly pages: number;
  /** On all pages. */
  readonly total: number;
}

/** The page that is meant, or the last one there is. */
export function pageOf<Item>(all: readonly Item[], wanted: number): Page<Item> {
  const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE));
  const page = Math.min(wanted, pages);
  const items = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  return { items, page, pages, total: all.length };
}

/** Those of the plan, then those beside it. */
export function recommendationsOf({ plan, beside }: OptimizationResult): readonly Recommendation[] {
  return [...plan, ...beside];
}

/** The recommendations of a page, each in a few lines; `shown` of them fit. */
export function recommendationBlocks(
  { items, page, pages, total }: Page<Recommendation>,
  shown: number,
  { plan }: OptimizationResult,
  answer: Pick<OptimizationAnswer, 'accountNames' | 'statuses'>,
): MessageBlock[] {
  const inPlan = new Set(plan);
  const first = (page - 1) * PAGE_SIZE + 1;
  const title = `Recommendations ${figure(first)} to ${figure(first + items.length - 1)} of ${figure(total)}`;
  const lines = items.slice(0, shown).map((recommendation): Line => {
    const { id } = recommendation;
    const beside = inPlan.has(recommendation) ? '' : ' · not counted in the plan';
    return [
      ...recommendationLine(recommendation, answer.statuses.get(id) ?? null, answer.accountNames),
      beside,
    ];
  });
  const hidden = items.length - lines.length;
  const more = hidden > 0 ? [[`and ${figure(hidden)} more on this page that do not fit`]] : [];
  return bullets(pages > 1 ? title : 'Recommendations', [...lines, ...more]);
}

/** What, on what, where, and what it saves and takes. */
export function recommendationLine(
  recommendation: Recommendation,
  status: RecommendationStatus | null,
  names: AccountNames,
): Line {
  const { kind, subjects, account, region, savings } = recommendation;
  const standing = status === null || status === 'new' ? '' : ` · ${statusText(status)}`;
  return [
    bold(kindText(kind)),
    `: ${subjectsText(subjects)} in ${accountText(account, names)}, ${region}: `,
    `${savingsText(savings)} · ${burdenText(recommendation)}${standing}`,
  ];
}
