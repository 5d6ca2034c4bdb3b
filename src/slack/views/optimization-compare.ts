import type { DataTableBlock } from '@slack/types';
import { isInstanceId, targetOf } from '#domain/optimization/follow/step-order.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import type { OptimizationAnswer } from '#ports/optimization-answers.ts';
import { header, type Message, type MessageBlock, message } from '#slack/views/message.ts';
import { differenceOf, roundPrice, shareText } from '#slack/views/money-words.ts';
import { noPlanLine } from '#slack/views/no-plan-words.ts';
import { actions, shareButton, showAloneButtons } from '#slack/views/optimization-buttons.ts';
import { ageLine, refiningText } from '#slack/views/optimization-notes.ts';
import { productText } from '#slack/views/product-words.ts';
import { lines } from '#slack/views/rich-text.ts';
import { goalText, scenarioText } from '#slack/views/scenario-words.ts';
import { numberCell, table, textCell } from '#slack/views/table.ts';
import { mrkdwn } from '#slack/views/text.ts';

type Cell = DataTableBlock['rows'][number][number];

/** Two scenarios side by side: money, licenses, hosts, machines that are touched, and how sure it is. */
export function compareMessage(
  run: OptimizationRun,
  { accountNames }: OptimizationAnswer,
  shareable: boolean,
): Message {
  const { results } = run;
  const best = cheapest(results);
  const text = `${results.map(resultText).join('; ')}.${best}${refiningText(run)}`;
  return message(mrkdwn`${text}`, [
    header('Two scenarios side by side'),
    lines(
      [text],
      ...results.map(({ scenario }, index) => [
        `Scenario ${index + 1}: ${scenarioText(scenario, accountNames)}.`,
      ]),
      ...results.flatMap(({ noPlan }) => (noPlan === null ? [] : [noPlanLine(noPlan)])),
    ),
    compareTable(results),
    ...results.slice(0, 1).map(ageLine),
    ...buttons(run, shareable),
  ]);
}

function buttons(run: OptimizationRun, shareable: boolean): MessageBlock[] {
  const target = { runId: run.id, scenario: null, page: 1 };
  return [actions([...showAloneButtons(run), ...(shareable ? [shareButton(target)] : [])])];
}

function resultText({ scenario, before, after }: OptimizationResult): string {
  const goal = goalText(scenario.goal);
  if (after === null) return `${goal}: no plan`;
  return `${goal}: ${roundPrice(after.monthly)} a month instead of ${roundPrice(before.monthly)}`;
}

function cheapest([first, second]: readonly OptimizationResult[]): string {
  const [one, other] = [first?.after ?? null, second?.after ?? null];
  if (one === null || other === null || first === undefined || second === undefined) return '';
  const difference = differenceOf(one.monthly, other.monthly);
  if (difference === null || difference.micros === 0) return ' Both cost the same.';
  const less = difference.micros > 0 ? second : first;
  const amount = roundPrice({ ...difference, micros: Math.abs(difference.micros) });
  return ` ${goalText(less.scenario.goal)} costs ${amount} a month less than the other.`;
}

/** So many products have lines. */
const PRODUCTS_SHOWN = 8;

function compareTable(results: readonly OptimizationResult[]): DataTableBlock {
  const money = (what: string, of: (result: OptimizationResult) => string | null): Cell[] => [
    textCell(what),
    ...results.map((result) => textCell(of(result))),
  ];
  const count = (what: string, of: (result: OptimizationResult) => number | null): Cell[] => [
    textCell(what),
    ...results.map((result) => numberCell(of(result))),
  ];
  const heads = results.map(({ scenario }, index) => `${index + 1}: ${goalText(scenario.goal)}`);
  return table(
    'Two scenarios',
    ['What', ...heads],
    [
      money('Cost a month', ({ after }) => after && roundPrice(after.monthly)),
      money('Less than now', ({ before, after }) => {
        const saved = after && differenceOf(before.monthly, after.monthly);
        return saved && roundPrice(saved);
      }),
      count('Dedicated Hosts', ({ after }) => after?.hosts.length ?? null),
      count('Machines touched', ({ after, ...result }) =>
        after === null ? null : touched(result),
      ),
      ...productsOf(results).map(({ product, edition }) =>
        count(`Licenses: ${productText(product, edition)}`, ({ after }) =>
          unitsOf(after?.licenses, { product, edition }),
        ),
      ),
      count('Licenses missing', ({ after }) =>
        after === null ? null : after.licenses.reduce((sum, { missing }) => sum + missing, 0),
      ),
      money('Could be better by at most', ({ after, gap, proven }) => {
        if (after === null) return null;
        return proven ? 'nothing: proven' : shareText(gap);
      }),
    ],
  );
}

/** Machines that some step of the plan is done to. */
function touched({ plan }: Pick<OptimizationResult, 'plan'>): number {
  return new Set(plan.flatMap(({ steps }) => steps.map(targetOf)).filter(isInstanceId)).size;
}

type Licenses = NonNullable<OptimizationResult['after']>['licenses'];
type Named = Pick<Licenses[number], 'product' | 'edition'>;

function productsOf(results: readonly OptimizationResult[]): readonly Named[] {
  const all = results.flatMap(({ after }) => after?.licenses ?? []);
  const byKey = new Map(all.map((one) => [`${one.product}/${one.edition ?? ''}`, one]));
  return [...byKey.values()].slice(0, PRODUCTS_SHOWN);
}

function unitsOf(licenses: Licenses | undefined, { product, edition }: Named): number | null {
  if (licenses === undefined) return null;
  return licenses
    .filter((one) => one.product === product && one.edition === edition)
    .reduce((sum, { units }) => sum + units, 0);
}
