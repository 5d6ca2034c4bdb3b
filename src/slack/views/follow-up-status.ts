import type {
  FollowUp,
  OverrideReview,
  TimeBox,
  Unrequested,
} from '#domain/follow-ups/follow-up.ts';
import { type Line, moment, person } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** Where a follow-up stands, in one line. */
export function followUpStatus(followUp: FollowUp): Line {
  switch (followUp.kind) {
    case 'time-box':
      return timeBoxStatus(followUp);
    case 'override-review':
      return reviewStatus(followUp);
    case 'unrequested':
      return statusOfUse(followUp);
  }
}

function timeBoxStatus(timeBox: TimeBox): Line {
  const { status, failure, until } = timeBox;
  switch (status) {
    case 'running':
      return ['▶️ Running'];
    case 'warned':
      return ['⏰ Will be stopped on ', moment(until), ', and its licenses returned'];
    case 'stopping':
      return failure === null
        ? ['⏳ Its time is over · being stopped']
        : ['⚠️ Could not be stopped: ', nameText(failure.message, 300)];
    case 'stopped':
      return ['⏹️ Stopped · its licenses are returned'];
    case 'gone':
      return ['⏹️ Stopped or ended by somebody else'];
  }
}

function reviewStatus(review: OverrideReview): Line {
  switch (review.status) {
    case 'open':
      return ['⏳ Waiting for somebody else to review it'];
    case 'overdue':
      return ['⏰ Nobody has reviewed it in time'];
    case 'accepted':
      return ['✅ Accepted', ...byWhom(review)];
    case 'objected':
      return ['⛔ Objected to', ...byWhom(review)];
  }
}

function statusOfUse(use: Unrequested): Line {
  switch (use.status) {
    case 'open':
      return use.failure === null
        ? ['⚠️ Nobody has decided about it yet']
        : ['⚠️ That did not work. AWS says: ', nameText(use.failure.message, 300)];
    case 'approved':
      return ['✅ Approved after the fact', ...byWhom(use)];
    case 'stopping':
      return ['⏳ Being stopped; decided', ...byWhom(use)];
    case 'stopped':
      return ['⏹️ Stopped', ...byWhom(use)];
    case 'associating':
      return ['⏳ Being associated; decided', ...byWhom(use)];
    case 'associated':
      return ['✅ Associated, so that License Manager counts it', ...byWhom(use)];
    case 'ignored':
      return [
        '🔕 Ignored until ',
        ...(use.ignoredUntil === null ? [] : [moment(use.ignoredUntil)]),
        ...byWhom(use),
      ];
    case 'gone':
      return ['⏹️ Stopped or gone before anybody decided'];
  }
}

function byWhom({ decisions }: FollowUp): Line {
  const last = decisions.at(-1);
  return last === undefined ? [] : [' by ', person(last.by), ', ', moment(last.at)];
}
