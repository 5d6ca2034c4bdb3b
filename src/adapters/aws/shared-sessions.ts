import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { MINUTE_MS } from '#domain/instant.ts';

/** Of fifteen minutes, so that what is left is more than the five before which the SDK asks for another. */
const SHARED_MS = 5 * MINUTE_MS;

/**
 * One session of an account for the clients of all services, instead of one for each. A refusal is
 * shared too: each of them would get the same. The last account's is kept, a job works on one.
 */
export function sharedSessions(assume: AssumeRole, now: () => Date): AssumeRole {
  let last: {
    readonly account: string;
    readonly from: Date;
    readonly session: ReturnType<AssumeRole>;
  } | null = null;
  return (account, purpose) => {
    const at = now();
    const age = last === null ? 0 : Math.abs(at.getTime() - last.from.getTime());
    if (last?.account === account && age < SHARED_MS) return last.session;
    const session = assume(account, purpose);
    const ours = { account, from: at, session };
    last = ours;
    session.catch((error: unknown) => {
      if (last === ours && failureOf(error).state !== 'refused') last = null;
    });
    return session;
  };
}
