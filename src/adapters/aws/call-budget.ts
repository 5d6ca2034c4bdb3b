import { dayOf } from '#domain/calendar-date.ts';
import { BotError } from '#src/errors.ts';

/** The calls of a day that somebody pays for are spent. */
export class CallBudgetSpent extends BotError {
  override readonly name = 'CallBudgetSpent';
  readonly code = 'call-budget-spent';
  readonly retryable = false;
  readonly userMessage = 'That would cost more calls than I may make in a day.';
}

/** Counts calls that cost money, by UTC day. @throws {CallBudgetSpent} from the call that would be one too many */
export function callBudget(callsADay: number, now: () => Date): () => void {
  let day = '';
  let left = 0;
  return () => {
    const today = dayOf(now());
    if (today !== day) [day, left] = [today, callsADay];
    if (left === 0) throw new CallBudgetSpent(`${callsADay} calls were made today`);
    left -= 1;
  };
}
