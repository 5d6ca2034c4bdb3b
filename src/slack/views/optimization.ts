import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import type { OptimizationAnswer } from '#ports/optimization-answers.ts';
import {
  context,
  fitted,
  header,
  type Message,
  type MessageBlock,
  message,
} from '#slack/views/message.ts';
import { fixedText, noPlanLine, refusalLine } from '#slack/views/no-plan-words.ts';
import {
  actions,
  compareBlock,
  openBlock,
  scenarioButtons,
  showAloneButtons,
} from '#slack/views/optimization-buttons.ts';
import { compareMessage } from '#slack/views/optimization-compare.ts';
import { boundText, headline, unitValueText } from '#slack/views/optimization-headline.ts';
import { hostBlocks } from '#slack/views/optimization-hosts.ts';
import { pageOf, recommendationBlocks, recommendationsOf } from '#slack/views/optimization-list.ts';
import { ageLine, refiningText } from '#slack/views/optimization-notes.ts';
import { beforeAfterTable } from '#slack/views/optimization-table.ts';
import { bold, code, type Line, lines, spoken } from '#slack/views/rich-text.ts';
import { scenarioText } from '#slack/views/scenario-words.ts';
import { joined, mention, mrkdwn } from '#slack/views/text.ts';

/** The answer to `/license optimize`: one scenario in full, or two side by side. */
export function optimizationMessage(answer: OptimizationAnswer, shareable: boolean): Message {
  const { run, scenario } = answer;
  if (run === null) return said(GONE);
  if (run.refusal !== null) return said(refusalLine(run.refusal));
  const index = run.results.length === 1 ? 0 : scenario;
  if (index === null) return compareMessage(run, answer, shareable);
  const result = run.results[index];
  if (result === undefined) return said(GONE);
  const shown = { run, result, index };
  const { items } = pageOf(recommendationsOf(result), answer.page);
  return fitted(items.length, (fit) => resultMessage(shown, answer, fit, shareable));
}

/** The same answer for a whole channel, with who shared it; what can be pressed is for one person. */
export function sharedOptimizationMessage(answer: OptimizationAnswer, sharedBy: string): Message {
  const { text, blocks } = optimizationMessage(answer, false);
  const visible = blocks.filter(({ type }) => type !== 'actions');
  const by = mrkdwn`Shared by ${mention(sharedBy)}`;
  return message({ markup: `${by.markup}. ${text}` }, [...visible, context(by)]);
}

const GONE: Line = [
  'That answer is no longer there, or what you may see has changed. Please ask again: ',
  code('/license optimize'),
  '.',
];

function said(line: Line): Message {
  return message(spoken(line), [lines(line)]);
}

interface Shown {
  readonly run: OptimizationRun;
  readonly result: OptimizationResult;
  /** Of the scenario. */
  readonly index: number;
}

function resultMessage(
  { run, result, index }: Shown,
  answer: OptimizationAnswer,
  fit: number,
  shareable: boolean,
): Message {
  const page = pageOf(recommendationsOf(result), answer.page);
  const target = {
    runId: run.id,
    scenario: run.results.length === 1 ? null : index,
    page: page.page,
  };
  const first = headline(result);
  const second = `${boundText(result)}${refiningText(run)}`.trim();
  const why = result.noPlan === null ? [] : [noPlanLine(result.noPlan)];
  const text = joined(
    [mrkdwn`${first}`, ...(second === '' ? [] : [mrkdwn`${second}`]), ...why.map(spoken)],
    ' ',
  );
  return message(text, [
    header('Savings'),
    lines([bold(first), second === '' ? '' : ` ${second}`], ...why, [
      `Asked for: ${scenarioText(result.scenario, answer.accountNames)}.`,
    ]),
    ...(result.after === null ? [] : [beforeAfterTable(result)]),
    ...hostBlocks(result, answer.accountNames),
    ...recommendationBlocks(page, fit, result, answer),
    ...nothingFound(result),
    ...notes(result),
    ageLine(result),
    ...openBlock(page, target),
    ...(run.results.length === 1
      ? compareBlock(result.scenario)
      : [actions(showAloneButtons(run))]),
    scenarioButtons(result.scenario, target, { shareable, hasPlan: result.plan.length > 0 }),
  ]);
}

function nothingFound({ plan, beside }: OptimizationResult): MessageBlock[] {
  return plan.length + beside.length > 0 ? [] : [lines(['Nothing is recommended.'])];
}

function notes(result: OptimizationResult): MessageBlock[] {
  const texts = [fixedText(result), unitValueText(result)].filter((text) => text !== '');
  return texts.map((text) => context(mrkdwn`${text}`));
}
