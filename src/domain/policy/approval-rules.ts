import type { Draw } from '#domain/launch/launch-evaluation.ts';
import { reachesUsd } from '#domain/launch/monthly-cost.ts';
import type { Money } from '#domain/money.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { Person } from '#domain/person.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { ApprovalLevel, ApprovalRule } from '#domain/policy/policy-approvals.ts';
import type { Operation } from '#domain/policy/policy-launches.ts';
import type { Members } from '#domain/policy/policy-people.ts';
import { isMember } from '#domain/policy/roles.ts';
import { canFill } from '#domain/policy/seats.ts';
import { isMoreSpecific, patternSpecificity } from '#domain/policy/specificity.ts';
import type { Gate, GateLevel, LaunchRequest } from '#domain/requests/launch-request.ts';

/** What approval rules look at. Pool names are by the ledgers or configurations of the moment. */
export interface ApprovalSubject {
  readonly operation: Operation;
  readonly account: string;
  /** As policy describes the account; `null` for an account that it does not. */
  readonly environment: string | null;
  readonly pools: readonly { readonly poolId: string; readonly name: string }[];
  readonly draws: readonly Draw[];
  /** `null` where no price is known: then every cost tier matches. */
  readonly monthlyCost: Money | null;
}

/** The people who may not approve a request: whoever made it, edited it or benefits from it. */
export type Interested = Pick<LaunchRequest, 'requestedBy' | 'for' | 'editors'>;

/** Slack user ids of the members of each user group; a group that is absent has none. */
export type GroupMembers = ReadonlyMap<string, readonly string[]>;

/** The rule that counts, or why none does: both refuse. */
export type RuleChoice =
  | { readonly kind: 'rule'; readonly rule: ApprovalRule }
  | { readonly kind: 'none' }
  /** Names of those that match, and of which none is the most specific. */
  | { readonly kind: 'conflict'; readonly rules: readonly string[] };

/** The most specific of the rules that match, whatever their order. @see docs/adr/0019 */
export function approvalRuleFor(policy: Policy, subject: ApprovalSubject): RuleChoice {
  const matching = policy.approvals.filter((rule) => matchesRule(rule, subject));
  const [first, ...others] = matching.filter(
    (rule) => !matching.some((other) => isMoreSpecific(other, rule, subject)),
  );
  if (first === undefined) return { kind: 'none' };
  if (others.length === 0) return { kind: 'rule', rule: first };
  return { kind: 'conflict', rules: [first, ...others].map(({ name }) => name).toSorted() };
}

/** Whether a rule is for this at all. */
export function matchesRule(rule: ApprovalRule, subject: ApprovalSubject): boolean {
  const { account, environment, operation, draws } = subject;
  return (
    (rule.accounts?.includes(account) ?? true) &&
    (rule.environments === undefined ||
      (environment !== null && rule.environments.includes(environment))) &&
    (rule.operations?.includes(operation) ?? true) &&
    matchesPools(rule, subject) &&
    mostLicenses(draws) >= rule.minimumLicenses &&
    reachesUsd(subject.monthlyCost, rule.minimumMonthlyUsd)
  );
}

/** What draws on no pool is matched by rules for any pool only. */
function matchesPools(rule: ApprovalRule, { pools }: ApprovalSubject): boolean {
  return (
    rule.pools.some((pattern) => patternSpecificity(pattern) === 0) ||
    pools.some(({ poolId, name }) => matchesAny(rule.pools, poolId, name))
  );
}

/** The most licenses that a launch takes of one pool: units of different pools do not add up. */
export function mostLicenses(draws: readonly Draw[]): number {
  return Math.max(0, ...draws.map(({ licenses }) => licenses));
}

/** What a request must pass by the rule that counts; `null` where none does. */
export function gateFor(policy: Policy, subject: ApprovalSubject): Gate | null {
  const choice = approvalRuleFor(policy, subject);
  return choice.kind === 'rule' ? gateOf(policy, choice.rule) : null;
}

/** A rule as a request keeps it: roles are the people who have them now. */
export function gateOf(policy: Policy, rule: ApprovalRule): Gate {
  const { name, levels, stepUp, channel, reminders, escalation } = rule;
  return {
    rule: name,
    levels: levels.map((level) => ({
      approvers: approversOf(policy, level),
      silent: level.silent,
      quorum: level.quorum,
    })),
    stepUp,
    channel,
    reminders,
    escalation: escalation ?? null,
  };
}

/** The people and user groups who may approve at a level. */
export function approversOf(policy: Policy, { approvers }: ApprovalLevel): Members {
  return typeof approvers === 'string' ? policy.roles[approvers] : approvers;
}

/** True for those who made, edited or benefit from a request, administrators included. */
export function isInterested(request: Interested, personId: string): boolean {
  return [request.requestedBy, request.for, ...request.editors].includes(personId);
}

/** Whether this person is among the approvers; being interested is another question. */
export function isApprover(policy: Policy, subject: ApprovalSubject, person: Person): boolean {
  const gate = gateFor(policy, subject);
  return gate?.levels.some((level) => mayFill(gate, level, person)) ?? false;
}

function mayFill({ escalation }: Gate, level: GateLevel, person: Person): boolean {
  return [level.approvers, level.silent, ...(escalation === null ? [] : [escalation.to])].some(
    (members) => isMember(members, person),
  );
}

/**
 * Whether every seat of a gate could be filled by people who are not interested, each filling one.
 *
 * @param userGroups `null` where their members are not known: then each counts as enough people
 */
export function canAnybodyApprove(
  gate: Gate,
  request: Interested,
  userGroups: GroupMembers | null,
): boolean {
  const escalated = gate.escalation === null ? [] : [gate.escalation.to];
  const seats = gate.levels.flatMap(({ approvers, silent, quorum }) => {
    const members = [approvers, silent, ...escalated];
    const groups = members.flatMap((each) => each.userGroups);
    if (userGroups === null && groups.length > 0) return [];
    const people = [
      ...members.flatMap(({ users }) => users),
      ...groups.flatMap((group) => userGroups?.get(group) ?? []),
    ];
    const candidates = new Set(people.filter((id) => !isInterested(request, id)));
    return [{ count: quorum, candidates }];
  });
  return canFill(seats);
}
