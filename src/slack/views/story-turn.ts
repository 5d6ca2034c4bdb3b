import type { StoryLine, Turn } from '#domain/audit/request-story.ts';
import { decider } from '#slack/views/decider.ts';
import { plural } from '#slack/views/figures.ts';
import type { Line } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** After who it was: what they did. */
const SAID: Readonly<Record<Turn, (line: StoryLine) => Line>> = {
  submitted: ({ details }) => ['asked for it', ...standing(details)],
  edited: ({ details }) => ['changed it, and earlier approvals are void', ...standing(details)],
  'asked-again': ({ details }) => [
    `asked for approvals anew, because ${WHY_ANEW[String(details['why'])] ?? 'it changed'}`,
    ...standing(details),
  ],
  held: () => ['set its licenses aside: some became free'],
  'seat-filled': ({ details }) => ['approved', ...atLevel(details), ...signed(details)],
  'seats-reopened': ({ details }) => [
    `opened seats again, because policy no longer lets them approve: ${nameText(String(details['people']), 200)}`,
  ],
  approved: ({ details }) => [
    'approved',
    ...atLevel(details),
    ...signed(details),
    ': every seat is filled',
  ],
  'auto-approved': () => ['approved it at once'],
  overridden: ({ details }) => ['launched it past its approvers', ...signed(details)],
  denied: ({ details }) => ['denied it', ...signed(details)],
  cancelled: () => ['cancelled it'],
  expired: () => ['ended it: nobody decided or launched it in time'],
  reminded: ({ details }) => [
    `reminded those who are waited for (${ordinal(details['reminded'])})`,
  ],
  'reminder-put-off': () => ['put a reminder off until quiet hours end'],
  escalated: () => ['called in the people of the escalation'],
  countered: ({ details }) => ['offered something else', ...signed(details)],
  'counter-accepted': ({ by, details }) => [
    'took the offer',
    ...(typeof details['approver'] === 'string' && details['approver'] !== by
      ? [', which is the approval of ', decider(details['approver'])]
      : []),
  ],
  'counter-declined': () => ['declined the offer'],
  noted: () => ['noted'],
  launching: () => ['began the launch'],
  launched: ({ details }) => [`launched ${plural(Number(details['instances'] ?? 0), 'instance')}`],
  failed: ({ details }) => ['found the launch failed', ...code(details)],
  undoing: ({ details }) => ['began to put back what failed half-way', ...code(details)],
  unknown: ({ details }) => [
    'got no clear answer from AWS, and looks what became of it',
    ...code(details),
  ],
  confirmed: () => ['found it listed by License Manager: its licenses are counted there now'],
  unlisted: () => [
    'found it not listed by License Manager after a day: it is counted all the same',
  ],
  erased: () => ['erased a person’s words'],
  refused: ({ what, details }) => [
    `tried to ${VERB[what ?? ''] ?? nameText(what, 30)} and was refused (${nameText(String(details['why']), 40)})`,
  ],
  repeated: ({ what }) => [`repeated: ${VERB[what ?? ''] ?? nameText(what, 30)}`],
  other: ({ what }) => [nameText(String(what).replaceAll(/[.-]/g, ' '), 60)],
};

/** What a turn of a story reads like, after whoever it was. */
export function turnLine(line: StoryLine): Line {
  return SAID[line.turn](line);
}

const VERB: Readonly<Record<string, string>> = {
  submit: 'ask for it',
  approve: 'approve',
  deny: 'deny it',
  cancel: 'cancel it',
  override: 'launch past the approvers',
  edit: 'change it',
  counter: 'offer something else',
  accept: 'take the offer',
  decline: 'decline the offer',
  note: 'note something',
};

const WHY_ANEW: Readonly<Record<string, string>> = {
  edited: 'its requester changed it',
  'policy-changed': 'policy changed',
  'verdict-changed': 'the licenses or their rules changed',
  'price-changed': 'its price changed',
  'counter-accepted': 'a counter-offer was taken',
};

type Details = StoryLine['details'];

function standing({ verdict, standing: stands }: Details): Line {
  if (verdict === 'refuse') return [': refused by policy'];
  if (stands === 'held') return [': its licenses are set aside'];
  return stands === 'waiting' ? [': in line for licenses'] : [];
}

function atLevel({ level }: Details): Line {
  return typeof level === 'number' ? [` at level ${level + 1}`] : [];
}

function signed({ principal }: Details): Line {
  return typeof principal === 'string' ? [`, signed as ${nameText(principal, 160)}`] : [];
}

function code({ code: why }: Details): Line {
  return typeof why === 'string' ? [`: ${nameText(why, 60)}`] : [];
}

function ordinal(count: Details[string] | undefined): string {
  return `reminder ${Number(count ?? 0)}`;
}
