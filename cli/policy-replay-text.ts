import type { PolicyAnswer } from '#domain/policy/policy-replay.ts';
import type { Replay } from '#usecases/replay-policy.ts';

/** What a replay found, as lines of text: one for each request that comes out otherwise. */
export function replayLines({ against, requests, changed }: Replay): readonly string[] {
  const compared = `Against the policy in force (${against.slice(0, 12)}), of ${requests} past ${requests === 1 ? 'request' : 'requests'}`;
  if (changed.length === 0) return [`${compared} none would come out otherwise.`];
  return [
    `${compared} ${changed.length} would come out otherwise:`,
    ...changed.map(({ id, requestedBy, submittedAt, before, after }) =>
      [
        `  ${id} of ${requestedBy}, ${submittedAt.toISOString().slice(0, 10)}:`,
        answerText(before),
        '→',
        answerText(after),
      ].join(' '),
    ),
  ];
}

function answerText({ verdict, reasons, rule, approvers, stepUp }: PolicyAnswer): string {
  switch (verdict) {
    case 'allow':
      return 'approved automatically';
    case 'refuse':
      return `refused (${reasons.join(', ')})`;
    case 'ask':
      return `approved by ${approvers.join(', then ')} under ${rule ?? 'no rule'}${stepUp ? ', with AWS credentials' : ''}`;
  }
}
