import type { Members } from '#domain/policy/policy-people.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { gateState, type LevelState } from '#domain/requests/request-gate.ts';
import { plural } from '#slack/views/figures.ts';
import type { MessageBlock } from '#slack/views/message.ts';
import { approveCommand } from '#slack/views/refusal.ts';
import {
  bullets,
  code,
  type Inline,
  type Line,
  moment,
  person,
  userGroup,
} from '#slack/views/rich-text.ts';

/** Who approved, who is waited for, and what else an approval takes. */
export function approvalBlocks(request: LaunchRequest): MessageBlock[] {
  const state = gateState(request);
  if (state === null) return [];
  const pending = request.status === 'pending';
  const taken = state.levels.some(({ seats }) => seats.length > 0);
  if (!pending && !taken) return [];
  const several = state.levels.length > 1;
  return bullets('Approvals', [
    ...state.levels.map((level) => levelLine(level, state.open, { pending, several })),
    ...(pending && state.escalatedAt !== null
      ? [['Escalated ', moment(state.escalatedAt), ': the deputies may approve too']]
      : []),
    ...(pending && state.stepUp
      ? [['Counts only with AWS credentials. Run ', code(approveCommand(request.id))]]
      : []),
  ]);
}

function levelLine(
  { level, quorum, seats, seatsLeft, pending: waited }: LevelState,
  open: number | null,
  { pending, several }: { readonly pending: boolean; readonly several: boolean },
): Line {
  const name = several ? `Level ${level + 1}: ` : '';
  const filled = `${seats.length} of ${plural(quorum, 'approval')}`;
  const by = seats.flatMap(({ by: id, at }): Inline[] => [', ', person(id), ' ', moment(at)]);
  return [`${name}${filled}`, ...by, ...(pending ? waiting(level, open, seatsLeft, waited) : [])];
}

function waiting(level: number, open: number | null, seatsLeft: number, waited: Members): Inline[] {
  if (seatsLeft === 0) return [' ✅'];
  if (level !== open) return [` · opens after level ${level}`];
  const names = membersPieces(waited);
  return names.length === 0 ? [] : [' · waiting for ', ...names];
}

/** At most so many are named. */
const NAMED = 8;

/** People and user groups by name, each mentioned. */
export function membersPieces({ users, userGroups }: Members): Inline[] {
  const all = [...users.map(person), ...userGroups.map(userGroup)];
  const hidden = all.length - NAMED;
  return [
    ...all.slice(0, NAMED).flatMap((one, index) => (index === 0 ? [one] : [', ', one])),
    ...(hidden > 0 ? [` and ${hidden} more`] : []),
  ];
}
