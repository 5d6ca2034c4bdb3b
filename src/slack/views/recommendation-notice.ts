import type { RecommendationAction } from '#domain/optimization/follow/recommendation-command.ts';
import type { RecommendationNotice } from '#domain/optimization/follow/recommendation-notice.ts';
import { statusText } from '#slack/views/recommendation-words.ts';
import { code, type Line, person } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

type Did = RecommendationAction['do'];

const DONE = {
  accept: 'You accepted this. Nothing is changed yet: request its steps one by one.',
  dismiss: 'Dismissed. It comes back only when it would save much more.',
  snooze: 'Snoozed until then.',
  reopen: 'It is open again.',
  'confirm-step': 'Noted that this step is done.',
  'link-request': 'This step is requested: its request is decided like any other.',
} as const satisfies Record<Did, string>;

const NOT_DONE = {
  accept: 'Nothing was accepted.',
  dismiss: 'Nothing was dismissed.',
  snooze: 'It is not snoozed.',
  reopen: 'It stays as it was.',
  'confirm-step': 'Nothing was noted.',
  'link-request': 'Nothing was requested.',
} as const satisfies Record<Did, string>;

/** What one person is told of what they did with a recommendation. */
export function recommendationNoticeLine(notice: RecommendationNotice): Line {
  switch (notice.kind) {
    case 'done':
      return ['✅ ', DONE[notice.action.do]];
    case 'repeated':
      return ['You had already done that.'];
    case 'refused':
      return ['⚠️ ', ...refusalLine(notice), ` ${NOT_DONE[notice.action.do]}`];
    case 'no-request':
      return [NO_REQUEST];
  }
}

const NO_REQUEST =
  '⚠️ No request can ask for that step as things are: what it is about is gone, or is associated with no license configuration. Nothing was requested. The commands are in the exported plan.';

type Refused = Extract<RecommendationNotice, { readonly kind: 'refused' }>;
type Why = Refused['why'];
type Told = Extract<Why, { readonly code: keyof typeof WORDS }>;

/** Refusals that are always the same words. */
const WORDS = {
  'not-found': 'Nobody follows this recommendation: it answers what would be if, or is gone since.',
  outsider: 'Guests and people of other organizations have no part in this.',
  'shared-channel':
    'People of another organization are in this channel, so nothing is decided here. Please use your Home tab.',
  'policy-missing': 'No policy is published yet, so nobody decides anything.',
  'not-yours':
    'Policy lets administrators decide this, and those who may ask for changes in that account and Region. Please ask one of them.',
  'reason-missing': 'That takes a reason, and there was none.',
  'bad-date': 'Choose a day after today, at most a year from now.',
  begun: 'Some of its steps are requested or done, so it cannot be undone by a click.',
  'unknown-step': 'There is no such step any more. Please use the newest card.',
  'not-by-hand': 'That step is requested, not confirmed.',
  'by-hand': 'No call does that step: it is done by hand, then confirmed.',
  'step-done': 'That step is done already.',
  'step-requested': 'A request for that step is under way already.',
  'unknown-request':
    'The request for this step was not made; what was said of it before or after this says why.',
} as const;

function refusalLine({ why }: Refused): Line {
  if (isTold(why)) return [WORDS[why.code]];
  switch (why.code) {
    case 'already-decided':
      return why.by === null
        ? [`This is already ${statusText(why.status).toLowerCase()}.`]
        : [
            `This is already ${statusText(why.status).toLowerCase()}; decided by `,
            person(why.by),
            '.',
          ];
    case 'not-accepted':
      return [`Nobody accepted it: it is ${statusText(why.status).toLowerCase()}.`];
    case 'not-allowed':
      return [
        'A condition of bringing licenses does not hold: ',
        code(nameText(why.gate, 60)),
        '.',
      ];
    case 'steps-before':
      return [`It waits for ${stepNumbers(why.steps)}.`];
  }
}

function isTold(why: Why): why is Told {
  return why.code in WORDS;
}

/** So many are named. */
const NAMED = 5;

/** `step 1`, `steps 1, 2 and 14 more`: by their places, from 0. */
export function stepNumbers(steps: readonly number[]): string {
  const shown = steps.slice(0, NAMED).map((step) => step + 1);
  const hidden = steps.length - shown.length;
  const more = hidden > 0 ? ` and ${hidden} more` : '';
  return `${steps.length === 1 ? 'step' : 'steps'} ${shown.join(', ')}${more}`;
}
