import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { Recommendation, Savings } from '#domain/optimization/recommendation.ts';
import type { RecommendationAnswer } from '#ports/optimization-answers.ts';
import { evidenceLine, gateLine } from '#slack/views/evidence-words.ts';
import { figure } from '#slack/views/figures.ts';
import {
  context,
  fitted,
  header,
  type Message,
  type MessageBlock,
  message,
} from '#slack/views/message.ts';
import { roundPrice } from '#slack/views/money-words.ts';
import { recommendationActions } from '#slack/views/recommendation-buttons.ts';
import { recommendationNoticeLine } from '#slack/views/recommendation-notice.ts';
import { stepBlocks, stepsInView } from '#slack/views/recommendation-steps.ts';
import {
  basisText,
  burdenText,
  kindText,
  savingsText,
  statusText,
  subjectsText,
} from '#slack/views/recommendation-words.ts';
import {
  bold,
  bullets,
  code,
  type Line,
  lines,
  moment,
  person,
  quote,
  spoken,
} from '#slack/views/rich-text.ts';
import { accountText } from '#slack/views/scenario-words.ts';
import { setupText, stepPieces } from '#slack/views/step-words.ts';
import { dateToken, joined, mrkdwn } from '#slack/views/text.ts';

/** One recommendation in full: what it rests on, what it saves and risks, how it is done and undone. */
export function recommendationMessage(answer: RecommendationAnswer): Message {
  const { recommendation, notice } = answer;
  if (recommendation === null) return gone(answer);
  const told = notice === null ? [] : [recommendationNoticeLine(notice)];
  const most = Math.min(LISTED, longestList(recommendation));
  const steps = stepsInView({ ...answer, recommendation });
  return fitted(most, (fit) => card({ recommendation, steps, told }, answer, fit));
}

/** Of each list on the card. */
const LISTED = 12;

function longestList({ evidence, gate, steps, rollback }: Recommendation): number {
  return Math.max(1, ...[evidence, gate, steps, rollback].map(({ length }) => length));
}

function gone({ notice }: RecommendationAnswer): Message {
  const line: Line =
    notice === null
      ? [
          'There is no such recommendation any more, or none that you may see. ',
          code('/license optimize'),
          ' shows those that there are.',
        ]
      : recommendationNoticeLine(notice);
  return message(spoken(line), [lines(line)]);
}

interface Card {
  readonly recommendation: Recommendation;
  readonly steps: ReturnType<typeof stepsInView>;
  /** Said first. */
  readonly told: readonly Line[];
}

function card(
  { recommendation, steps, told }: Card,
  answer: RecommendationAnswer,
  fit: number,
): Message {
  const { kind, subjects, account, region, savings } = recommendation;
  const { followed, requests, accountNames } = answer;
  const what = `${kindText(kind)}: ${subjectsText(subjects)} in ${accountText(account, accountNames)}, ${region}.`;
  const gains = `It ${savingsText(savings)} (${basisText(savings.basis)}).`;
  const text = joined([...told.map(spoken), mrkdwn`${what} ${gains}`], ' ');
  return message(text, [
    ...(told.length === 0 ? [] : [lines(...told)]),
    header(kindText(kind)),
    lines(
      [what],
      [bold(gains), ` ${burdenText(recommendation)}.`],
      ...factLines(recommendation),
      ...(followed === null ? [NOT_FOLLOWED] : statusLines(followed)),
    ),
    ...reason(followed),
    ...list('What it rests on', recommendation.evidence, evidenceLine, fit),
    ...list('Conditions of bringing licenses', recommendation.gate, gateLine, fit),
    ...stepBlocks(steps, { recommendation, followed, requests }, fit),
    ...list('To undo it', recommendation.rollback, stepPieces, Math.min(fit, ROLLBACK_LISTED)),
    ...savingsBlocks(followed),
    context(mrkdwn`Recommendation ${recommendation.id} · as of ${dateToken(recommendation.asOf)}`),
    ...recommendationActions(recommendation, steps, answer),
  ]);
}

const ROLLBACK_LISTED = 6;

const NOT_FOLLOWED: Line = [
  'This answers a question, and is not among those that are followed yet: it can be accepted once it is. The list is brought up to date every night.',
];

function list<Item>(
  title: string,
  all: readonly Item[],
  lineOf: (item: Item) => Line,
  fit: number,
): MessageBlock[] {
  const hidden = all.length - fit;
  const more = hidden > 0 ? [[`and ${figure(hidden)} more`]] : [];
  return bullets(title, [...all.slice(0, fit).map(lineOf), ...more]);
}

function factLines(recommendation: Recommendation): Line[] {
  const { change, downtime, ownerMustValidate, atMostBetter, savings } = recommendation;
  return [
    ...(change === null
      ? []
      : [[`Now: ${setupText(change.from)}.`], [`Then: ${setupText(change.to)}.`]]),
    ...(savings.afterCommitments === null
      ? []
      : [
          [
            `After Savings Plans and reservations: ${roundPrice(savings.afterCommitments)} a month, where AWS says so.`,
          ],
        ]),
    [downtime ? 'Something stands still while it is done.' : 'Nothing stands still for it.'],
    ...(ownerMustValidate
      ? [['⚠️ Whoever answers for it must look at it first: an approval alone is not enough.']]
      : []),
    ...(atMostBetter === null
      ? []
      : [
          [
            `Any other plan could save at most ${roundPrice(atMostBetter)} a month beyond it: proven.`,
          ],
        ]),
  ];
}

function statusLines(followed: FollowedRecommendation): Line[] {
  const { status, decided, snoozedUntil } = followed;
  const by: Line = decided === null ? [] : [' by ', person(decided.by), ', ', moment(decided.at)];
  const until: Line = snoozedUntil === null ? [] : [', until ', moment(snoozedUntil)];
  return [[bold('Status: '), statusText(status), ...by, ...until]];
}

function reason(followed: FollowedRecommendation | null): MessageBlock[] {
  const decided = followed?.decided ?? null;
  if (decided === null || decided.reason === null) return [];
  return [quote(['Reason given by ', person(decided.by)], decided.reason, REASON_SHOWN)];
}

const REASON_SHOWN = 600;

/** What was promised beside what was measured: never added up. */
function savingsBlocks(followed: FollowedRecommendation | null): MessageBlock[] {
  if (followed === null || followed.promised === null) return [];
  return bullets('Promised and measured', [
    [`Promised: ${amountText(followed.promised)}`],
    ...followed.realized.map(
      ({ days, monthly, licenses, otherwise }): Line => [
        `Measured ${days} days after: ${amountText({ monthly, licenses, basis: 'observed' })}`,
        otherwise.length === 0
          ? ''
          : `; ${figure(otherwise.length)} of its machines are gone or otherwise, and not counted`,
      ],
    ),
  ]);
}

function amountText(savings: Pick<Savings, 'monthly' | 'licenses' | 'basis'>): string {
  return savingsText({ afterCommitments: null, ...savings });
}
