import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { Queues } from '#ports/queues.ts';
import { BotError } from '#src/errors.ts';

interface Ports {
  readonly queues: Pick<Queues, 'answer'>;
}

/** Which delivery of a command this is; the first is attempt 1. */
export interface Attempt {
  readonly messageId: string;
  readonly attempt: number;
}

/** The queue delivers a command this often, then sets it aside. */
export const LAST_ATTEMPT = 5;

/** Tell the person whose command failed: at first, and when it is given up. */
export async function tellWhenStuck(
  { queues }: Ports,
  command: DecisionCommand,
  { messageId, attempt }: Attempt,
  error: unknown,
): Promise<void> {
  const futile = error instanceof BotError && !error.retryable;
  const givenUp = futile || attempt >= LAST_ATTEMPT;
  if (!('replyTo' in command) || (attempt > 1 && !givenUp)) return;
  const { key, replyTo } = command;
  const reference = messageId.slice(0, 8);
  await queues.answer({ kind: 'stuck', key, givenUp, reference, replyTo });
}
