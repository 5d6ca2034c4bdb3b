import {
  type ApprovalSubject,
  approvalRuleFor,
  matchesRule,
} from '#domain/policy/approval-rules.ts';
import { whyNotAutomatic } from '#domain/policy/auto-approval.ts';
import type { NamedPool } from '#domain/policy/launch-profiles.ts';
import { commonText } from '#domain/policy/pattern-overlap.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { ApprovalRule } from '#domain/policy/policy-approvals.ts';
import {
  type AllowedChange,
  LaunchOperation,
  type LaunchProfile,
  type Operation,
} from '#domain/policy/policy-launches.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';

/**
 * What launch profiles let through and approval rules do not settle: rules that no launch comes to,
 * rules that conflict, launches that none is for. Found by putting launches to the rules that are as
 * open as profiles and rules leave them.
 */
export function ruleWarnings(policy: Policy): PolicyProblem[] {
  const launches = policy.launchProfiles.map((profile) => launchesOf(policy, profile));
  const changes = policy.changes.map((change) => changesOf(policy, change));
  const all = distinct([...launches, ...changes].flat(), ({ operation, account, pools }) =>
    [operation, account.id, ...pools.flatMap(({ poolId, name }) => [poolId, name])].join('\n'),
  );
  return [
    ...unreachable(policy, all),
    ...conflicts(policy, all),
    ...launches.flatMap((of, index) => withoutRule(policy, of, `launchProfiles[${index}]`)),
    ...changes.flatMap((of, index) => withoutRule(policy, of, `changes[${index}]`)),
  ];
}

/** Launches, or changes, that are alike to every rule: one operation in one account, on these pools. */
interface Launch {
  /** `null`: a change of what is there, which is never approved automatically. */
  readonly profile: LaunchProfile | null;
  readonly operation: Operation;
  readonly account: Policy['accounts'][number];
  readonly pools: readonly NamedPool[];
}

function launchesOf(policy: Policy, profile: LaunchProfile): readonly Launch[] {
  const { operations = LaunchOperation.options, pools } = profile;
  return everywhere(policy, { ...profile, operations }, poolsOf(policy, pools), profile);
}

/** Of none, or of whatever pools. */
function changesOf(policy: Policy, change: AllowedChange): readonly Launch[] {
  return everywhere(policy, change, [[], ...poolsOf(policy, ['*'])], null);
}

function everywhere(
  policy: Policy,
  allowed: { readonly accounts: readonly string[]; readonly operations: readonly Operation[] },
  together: readonly (readonly NamedPool[])[],
  profile: LaunchProfile | null,
): readonly Launch[] {
  const accounts = distinct(
    policy.accounts.filter(({ id }) => allowed.accounts.includes(id)),
    (account) => policy.approvals.map((rule) => isThere(rule, account)).join(),
  );
  const operations = distinct(allowed.operations, (operation) =>
    policy.approvals.map((rule) => rule.operations?.includes(operation) ?? true).join(),
  );
  return accounts.flatMap((account) =>
    operations.flatMap((operation) =>
      together.map((pools) => ({ profile, operation, account, pools })),
    ),
  );
}

/** Pools as open as a profile leaves them: alone, with what rules name, and two of them at once. */
function poolsOf(
  { approvals }: Policy,
  patterns: readonly string[],
): readonly (readonly NamedPool[])[] {
  const named = [...new Set(approvals.flatMap((rule) => rule.pools))];
  const alone = patterns.map((pattern) =>
    poolsIn([[pattern], ...named.map((name) => [pattern, name])]),
  );
  const between = named.flatMap((one, index) =>
    named.slice(index + 1).map((other) => [one, other]),
  );
  const both = patterns.flatMap((pattern) => poolsIn(between.map((names) => [pattern, ...names])));
  const pairs = alone.flatMap((ones, index) =>
    alone
      .slice(index + 1)
      .flatMap((others) => ones.flatMap((one) => others.map((other) => [one, other]))),
  );
  return [...[...alone.flat(), ...both].map((pool) => [pool]), ...pairs];
}

/** A pool for each group of patterns that may mean the same one, by its name or by its id. */
function poolsIn(groups: readonly (readonly string[])[]): readonly NamedPool[] {
  const pools = groups.flatMap((patterns) => {
    const ids = patterns.filter((pattern) => pattern.includes('/lic-'));
    const poolId = commonText(...ids);
    const name = commonText(...patterns.filter((pattern) => !ids.includes(pattern)));
    if (poolId === null || name === null) return [];
    return [{ poolId: ids.length === 0 ? name : poolId, name }];
  });
  return distinct(pools, ({ poolId, name }) => `${poolId}\n${name}`);
}

function isThere({ accounts, environments }: ApprovalRule, { id, environment }: Launch['account']) {
  return (accounts?.includes(id) ?? true) && (environments?.includes(environment) ?? true);
}

interface Size {
  readonly licenses: number;
  readonly dollars: number;
}

/** The smallest launch that comes to these rules, and so to as few others as may be. */
function sizeFor(...rules: readonly ApprovalRule[]): Size {
  return {
    licenses: Math.max(1, ...rules.map(({ minimumLicenses }) => minimumLicenses)),
    dollars: Math.max(0, ...rules.map(({ minimumMonthlyUsd }) => minimumMonthlyUsd)),
  };
}

function subjectOf(
  { operation, account, pools }: Launch,
  { licenses, dollars }: Size,
): ApprovalSubject {
  return {
    operation,
    account: account.id,
    environment: account.environment,
    pools,
    draws: pools.map(({ poolId }) => ({ ...DRAW, poolId, licenses })),
    monthlyCost: { micros: dollars * 1_000_000, currency: 'USD' },
  };
}

const DRAW = { configurationArn: '', countingType: 'unknown', consumer: '' } as const;

function unreachable(policy: Policy, launches: readonly Launch[]): PolicyProblem[] {
  return policy.approvals.flatMap((rule, index) => {
    const path = `approvals[${index}]`;
    const coming = launches
      .map((launch) => subjectOf(launch, sizeFor(rule)))
      .filter((subject) => matchesRule(rule, subject));
    if (coming.length === 0) {
      const message =
        'Change or remove this rule: neither launch profiles nor changes allow anything that it is for';
      return [{ path, message }];
    }
    const closer = coming.map((subject) => approvalRuleFor(policy, subject));
    const names = closer.flatMap((choice) =>
      choice.kind === 'rule' && choice.rule !== rule ? [choice.rule.name] : [],
    );
    if (names.length < coming.length) return [];
    const message = `Change or remove this rule: it never counts, because ${list(names)} is always more specific`;
    return [{ path, message }];
  });
}

function conflicts(policy: Policy, launches: readonly Launch[]): PolicyProblem[] {
  const found = new Map<string, PolicyProblem>();
  for (const [index, rule] of policy.approvals.entries()) {
    for (const other of policy.approvals.slice(index + 1)) {
      const launch = launches.find((each) => inConflict(policy, each, rule, other));
      if (launch === undefined) continue;
      const message = `Write a rule that is more specific than both: ${rule.name} and ${other.name} match alike, and refuse, ${example(launch)}`;
      found.set([rule.name, other.name].join('\n'), { path: `approvals[${index}]`, message });
    }
  }
  return [...found.values()];
}

function inConflict(
  policy: Policy,
  launch: Launch,
  one: ApprovalRule,
  other: ApprovalRule,
): boolean {
  const subject = subjectOf(launch, sizeFor(one, other));
  if (!matchesRule(one, subject) || !matchesRule(other, subject)) return false;
  const choice = approvalRuleFor(policy, subject);
  return (
    choice.kind === 'conflict' &&
    choice.rules.includes(one.name) &&
    choice.rules.includes(other.name)
  );
}

/** Launches that a profile allows, that are not approved automatically, and that no rule is for. */
function withoutRule(policy: Policy, launches: readonly Launch[], path: string): PolicyProblem[] {
  const sizes = [1, ...policy.autoApproval.map(({ upToLicenses }) => upToLicenses + 1)];
  const launch = launches.find((each) =>
    sizes.some((licenses) => {
      const subject = subjectOf(each, { licenses, dollars: 0 });
      const { profile } = each;
      const automatic = profile && { ...subject, profiles: [profile], count: 1 };
      return (
        approvalRuleFor(policy, subject).kind === 'none' &&
        (automatic === null || whyNotAutomatic(policy, automatic) !== null)
      );
    }),
  );
  if (launch === undefined) return [];
  const message = `Write an approval rule for it: none is for ${example(launch)}, and it is refused`;
  return [{ path, message }];
}

function example({ profile, operation, account, pools }: Launch): string {
  const on = pools.length === 0 ? 'without a pool' : `on ${list(pools.map(({ name }) => name))}`;
  return `a ${profile === null ? 'request to ' : ''}${operation} in ${account.name} ${on}`;
}

function list(names: readonly string[]): string {
  return [...new Set(names)].join(' and ');
}

/** The first of those that have the same key. */
function distinct<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const first = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    if (!first.has(key)) first.set(key, value);
  }
  return [...first.values()];
}
