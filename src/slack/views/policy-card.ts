import type { Button } from '@slack/types';
import type { FieldChange, PolicyChange } from '#domain/policy/policy-changes.ts';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { PolicyCard } from '#ports/notifier.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { figure } from '#slack/views/figures.ts';
import {
  context,
  fitted,
  header,
  type Message,
  type MessageBlock,
  message,
} from '#slack/views/message.ts';
import {
  bold,
  bullets,
  code,
  type Inline,
  type Line,
  lines,
  moment,
  person,
  spoken,
} from '#slack/views/rich-text.ts';
import { dateToken, mrkdwn, nameText } from '#slack/views/text.ts';

/** A policy proposal through its life: who proposes what, what it changes, where it stands. */
export function policyCard(card: PolicyCard): Message {
  return fitted(card.changes.length, (shown) => cardWith(card, shown));
}

function cardWith({ proposal, changes, warnings, alone }: PolicyCard, shown: number): Message {
  const { id, hash, expected, proposedBy, principal, expiresAt } = proposal;
  const status = statusLine(proposal, alone);
  const title = titleOf(proposal);
  const blocks: MessageBlock[] = [
    header(title),
    lines(
      [bold('Proposed by: '), person(proposedBy), ', in AWS ', code(nameText(principal, 200))],
      [
        bold('Document: '),
        code(hash.slice(0, SHORT)),
        ...(expected === null ? [] : [' instead of ', code(expected.slice(0, SHORT))]),
      ],
    ),
    ...changeBlocks(changes, shown),
    ...bullets(
      'Good to know',
      warnings.map(({ path, message: text }) => [code(path), `: ${text}`]),
    ),
    lines(status),
    ...(proposal.status === 'open'
      ? [
          context(mrkdwn`Expires ${dateToken(expiresAt)}`, mrkdwn`Proposal ${id}`),
          { type: 'actions' as const, elements: buttons(id) },
        ]
      : [context(mrkdwn`Proposal ${id}`)]),
  ];
  return message(mrkdwn`${title}, proposed by ${spoken([person(proposedBy)])}. ${spoken(status)}`, [
    ...blocks,
  ]);
}

function titleOf({ expected, rollBack }: PolicyProposal): string {
  if (rollBack) return 'Roll back to an earlier policy';
  return expected === null ? 'The first policy' : 'A new policy';
}

/** Enough of a hash to compare by eye with what the command printed. */
const SHORT = 12;

function buttons(id: string): Button[] {
  return [
    button(ACTION.confirmPolicy, 'Confirm', {
      value: id,
      style: 'primary',
      label: `Confirm policy proposal ${id}`,
    }),
    button(ACTION.rejectPolicy, 'Reject', {
      value: id,
      style: 'danger',
      label: `Reject policy proposal ${id}`,
    }),
  ];
}

function statusLine({ status, decision, proposedBy }: PolicyProposal, alone: boolean): Line {
  const decided = decision === null ? [] : [person(decision.by), ', ', moment(decision.at)];
  switch (status) {
    case 'open':
      return alone
        ? ['⏳ ', person(proposedBy), ' is the only first administrator, and may confirm it alone']
        : ['⏳ Waiting for an administrator other than ', person(proposedBy), ' to confirm it'];
    case 'confirmed':
      return ['✅ Confirmed by ', ...decided, ' · in force'];
    case 'rejected':
      return ['⛔ Rejected by ', ...decided, ' · nothing changed'];
    case 'expired':
      return ['⌛ Expired before it was confirmed · nothing changed'];
    case 'superseded':
      return ['🚫 Another policy was published meanwhile · nothing changed'];
  }
}

function changeBlocks(changes: readonly PolicyChange[], shown: number): MessageBlock[] {
  if (changes.length === 0)
    return [lines(['It allows and forbids exactly what the policy in force does.'])];
  const left = changes.length - shown;
  const visible = changes.slice(0, shown).map(changeLine);
  const more = `and ${figure(left)} more: compare the documents before you confirm`;
  return bullets('What changes', left > 0 ? [...visible, [more]] : visible);
}

const SECTION = {
  roles: 'Role',
  accounts: 'Account',
  organization: 'Organization',
  launchProfiles: 'Launch profile',
  changes: 'Changes',
  approvals: 'Approval rule',
  autoApproval: 'Auto-approval rule',
  override: 'Override',
  quietHours: 'Quiet hours',
  identities: 'AWS identity',
  budgets: 'Budget',
  commands: 'Command',
  expiry: 'Expiry',
  limits: 'Limits',
  thresholds: 'Thresholds',
  licensing: 'Licensing',
  optimization: 'Optimization',
} as const satisfies Record<PolicyChange['section'], string>;

function changeLine({ section, name, kind, fields }: PolicyChange): Line {
  const what = `${SECTION[section]}${name === null ? '' : ` ${nameText(name)}`}`;
  if (kind === 'removed') return [bold(what), ' is removed'];
  const details = fields.flatMap((field, index) => [
    ...(index === 0 ? [] : ['; ']),
    ...fieldPieces(field, kind === 'added'),
  ]);
  return [bold(what), kind === 'added' ? ' is new: ' : ': ', ...details];
}

function fieldPieces({ field, removed, added }: FieldChange, isNew: boolean): Inline[] {
  const before = values(field, removed);
  const after = values(field, added);
  if (isNew) return [`${field} `, ...after];
  if (removed.length === 1 && added.length === 1) return [`${field} `, ...before, ' → ', ...after];
  return [
    `${field} `,
    ...(removed.length === 0 ? [] : ['without ', ...before]),
    ...(removed.length > 0 && added.length > 0 ? [', ' as const] : []),
    ...(added.length === 0 ? [] : ['with ', ...after]),
  ];
}

/** Names of people are shown as such, so that a reader sees who is meant. */
function values(field: string, texts: readonly string[]): Inline[] {
  const isPerson = PEOPLE.has(field.split('.').at(-1) ?? '');
  const shown = texts.slice(0, SHOWN_VALUES);
  const more = texts.length - shown.length;
  return [
    ...shown.flatMap((text, index) => [
      ...(index === 0 ? [] : [', ']),
      isPerson ? person(text) : nameText(text),
    ]),
    ...(more > 0 ? [` and ${figure(more)} more`] : []),
  ];
}

const SHOWN_VALUES = 30;
const PEOPLE: ReadonlySet<string> = new Set(['users', 'person']);
