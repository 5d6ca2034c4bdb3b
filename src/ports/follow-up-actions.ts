import type { Effect } from '#domain/follow-ups/unrequested.ts';
import type { Scope } from '#domain/scope.ts';

/** `not-yet`: AWS takes the call in a moment, when the instance has finished starting. */
export type EffectOutcome = Effect | { readonly kind: 'not-yet' };

/**
 * What is done in an account because a person decided a follow-up, in a session that may do nothing
 * else. Both may be repeated. What AWS does not answer clearly throws, and returns to the queue.
 */
export interface FollowUpActions {
  /** Stop instances. `done` when all of them are stopped or gone. */
  stop(scope: Scope, instanceIds: readonly string[], followUpId: string): Promise<EffectOutcome>;
  /** Associate resources with a license configuration. */
  associate(
    scope: Scope,
    resourceArns: readonly string[],
    configurationArn: string,
    followUpId: string,
  ): Promise<EffectOutcome>;
}
