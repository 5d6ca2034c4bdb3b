import type { Refusal } from '#domain/notice.ts';
import type { CommandOutcome } from '#domain/requests/command-outcome.ts';

/** Why a command changed nothing, in plain words; Slack says the same with more detail. */
const WHY: Readonly<Partial<Record<Refusal['code'], string>>> = {
  'not-found': 'there is no such request',
  'already-decided': 'it is decided already',
  expired: 'it expired before',
  'plan-changed': 'the plan changed since; look at it again',
  'own-request': 'nobody may approve what they requested, edited or benefit from',
  'not-an-approver': 'policy does not make you an approver of it',
  'not-your-level': 'another level is open; yours comes later',
  'needs-step-up': 'policy asks for an approval that is signed by the person’s own AWS identity',
  'may-not-override': 'policy does not let you launch past its approvers',
  'no-counter-offer': 'there is no offer to answer',
  'not-your-request': 'only its requester and administrators may do that',
  outsider: 'guests and people of other organizations have no part in this',
  'too-late-to-cancel': 'it is being launched already',
  'does-not-fit': 'the licenses do not fit any more; it stays pending',
  'cannot-launch': 'it cannot be launched; Slack tells you why',
  'policy-missing': 'no policy is published',
  'pool-busy': 'many decide about these licenses right now; try again in a minute',
};

const DONE: Readonly<Record<string, string>> = {
  submit: 'Requested',
  approve: 'Approved',
  deny: 'Denied',
  cancel: 'Cancelled',
};

/** What became of a command, in a line. */
export function outcomeText(kind: string, { outcome, why }: CommandOutcome): string {
  switch (outcome) {
    case 'done':
      return `${DONE[kind] ?? 'Done'}.`;
    case 'repeated':
      return `${DONE[kind] ?? 'Done'} before by you. Nothing changed.`;
    case 'refused':
      return `Refused: ${whyText(why)}.`;
    case 'pending':
      return 'Queued, and not decided yet. Look at it with quartermaster status.';
  }
}

function whyText(code: string | null): string {
  const words = Object.entries(WHY).find(([known]) => known === code);
  return words?.[1] ?? `${code ?? 'unknown'}`;
}
