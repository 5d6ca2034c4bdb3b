import { extensionState } from '#domain/follow-ups/extension.ts';
import type { TimeBox } from '#domain/follow-ups/follow-up.ts';
import { plural } from '#slack/views/figures.ts';
import { membersPieces } from '#slack/views/request-approvals.ts';
import { bold, type Inline, type Line, moment, person } from '#slack/views/rich-text.ts';

/** A later end that some have agreed to: until when, who, and how many are missing. */
export function extensionLines(box: TimeBox): readonly Line[] {
  const state = extensionState(box);
  if (state === null) return [];
  const { agreed, until, seatsLeft, waitedFor } = state;
  const by = agreed.flatMap(({ by: id, at }, index): Inline[] => [
    index === 0 ? ' by ' : ', ',
    person(id),
    ' ',
    moment(at),
  ]);
  const names = membersPieces(waitedFor);
  return [
    [bold('Longer, to: '), moment(until), ', once all have agreed'],
    [bold('Agreed: '), `${agreed.length} of ${agreed.length + seatsLeft}`, ...by],
    [
      bold('Missing: '),
      plural(seatsLeft, 'approval'),
      ...(names.length === 0 ? [] : [', waiting for ', ...names]),
      '. To agree, press Extend… and choose a day; the earliest counts',
    ],
  ];
}
