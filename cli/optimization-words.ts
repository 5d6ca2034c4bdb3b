import type { WhyFixed } from '#domain/optimization/estate-choices.ts';
import type { Gap } from '#domain/optimization/kinds/data-gap.ts';
import type { NoPlan } from '#domain/optimization/optimization-result.ts';
import type { RecommendationKind, Step } from '#domain/optimization/recommendation.ts';
import type { OptimizationGoal } from '#domain/optimization/scenario.ts';

/** Kinds of recommendations in at most 24 letters: what to do. */
export const KIND_WORDS: Readonly<Record<RecommendationKind, string>> = {
  'consolidate-hosts': 'Put on fewer hosts',
  'release-host': 'Release an empty host',
  'refill-host': 'Fill a host up',
  'included-on-host': 'Paid twice on a host',
  'optimize-cpus': 'Switch CPUs off',
  rightsize: 'Smaller machine',
  'change-family': 'Another family',
  'downgrade-edition': 'Lower edition',
  'developer-edition': 'Developer edition',
  'included-to-byol': 'Bring own licenses',
  'byol-to-included': 'Pay licenses by the hour',
  'vendor-minimum': 'Below vendor’s minimum',
  idle: 'Stop what is idle',
  'standby-waiver': 'Free standby',
  'spare-entitlement': 'Use spare licenses',
  shortfall: 'Cover a shortfall',
  'cpu-options-lost': 'Restore CPU options',
  'host-recovery-blocked': 'Let hosts recover',
  'expiring-agreement': 'Agreement that ends',
  'missing-data': 'See more',
};

/** What an optimization aims for. */
export const GOAL_WORDS: Readonly<Record<OptimizationGoal, string>> = {
  'least-cost': 'least cost',
  'fewest-licenses': 'fewest licenses',
  'least-change': 'least change',
  'own-only': 'nothing bought',
};

/** Why machines stay as they are. */
export const FIXED_WORDS: Readonly<Record<string, string>> = {
  'price-unknown': 'no price or size is known of them as they are',
  'host-shared': 'something on their host cannot be moved or counted',
  'stopped-on-host': 'they are stopped, and must find their host free when they start',
  affinity: 'their licenses stay on their host for so many days',
} satisfies Record<WhyFixed, string>;

/** What is wrong with a source of figures. */
export const GAP_WORDS: Readonly<Record<string, string>> = {
  off: 'is switched off',
  refused: 'may not be read',
  failed: 'could not be read',
  never: 'was never read',
  partial: 'is missing of some machines',
} satisfies Record<Gap['state'], string>;

/** Why there is no plan. */
export const NO_PLAN_WORDS: Readonly<Record<NoPlan['code'], string>> = {
  'no-option': 'there is no way to run it that keeps to the terms',
  'too-large': 'no Dedicated Host takes it',
  'right-short': 'more licenses are needed than are owned and can be bought',
  'apart-short': 'more machines must stay apart than there can be hosts',
  'hosts-short': 'too few Dedicated Hosts can be allocated',
  'check-failed': 'the plan that was found did not pass its check, so that it is not shown',
  'out-of-time': 'nothing was found in time; write more --seconds',
};

type ByHand = Extract<Step, { readonly do: 'by-hand' }>['task'];

/** Work that no call can do. */
export const TASK_WORDS: Readonly<Record<ByHand, string>> = {
  'change-edition': 'change the edition of',
  'merge-instances': 'merge the instances of',
  'enable-standby-waiver': 'enable the standby waiver for',
  'enable-source': 'let us read',
  'assign-entitlement': 'assign the entitlement',
  'buy-licenses': 'buy licenses of',
  'decide-renewal': 'decide about renewing',
  'raise-limit': 'raise the limit of',
  'reinstall-sql-server': 'reinstall SQL Server on',
  'uninstall-product': 'uninstall from',
};
