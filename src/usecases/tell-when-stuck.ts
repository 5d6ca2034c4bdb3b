import type { DecisionCommand } from '#domain/job.ts';
import type { Queues } from '#ports/queues.ts';
import type { Within } from '#ports/within.ts';

interface Ports {
  readonly queues: Pick<Queues, 'answer'>;
  readonly within: Within;
}

/** Which delivery of a command this is: the queue delivers five times, then sets it aside. */
export interface Attempt {
  readonly messageId: string;
  readonly attempt: number;
}

const LAST_ATTEMPT = 5;

/** The function may take 20 s; telling the person needs some of them. */
const WORK_MS = 15_000;

/**
 * Do a command; when that fails, tell the person who gave it, at first and when it is given up, and
 * leave it to the queue to try again.
 */
export async function tellWhenStuck(
  { queues, within }: Ports,
  command: DecisionCommand,
  { messageId, attempt }: Attempt,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await within(WORK_MS, work());
  } catch (error) {
    const givenUp = attempt >= LAST_ATTEMPT;
    if ('replyTo' in command && (attempt === 1 || givenUp)) {
      const { key, replyTo } = command;
      const reference = messageId.slice(0, 8);
      await queues.answer({ kind: 'stuck', key, givenUp, reference, replyTo });
    }
    throw error;
  }
}
