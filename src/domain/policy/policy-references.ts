import type { Policy } from '#domain/policy/policy.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';

/** Names that are used and not described, and names that are given twice. */
export function policyReferenceProblems(policy: Policy): PolicyProblem[] {
  const { accounts, launchProfiles, changes, approvals, autoApproval, budgets, override } = policy;
  const ids = accounts.map(({ id }) => id);
  const environments = accounts.map(({ environment }) => environment);
  const profiles = launchProfiles.map(({ name }) => name);
  return [
    ...unknown(launchProfiles, 'launchProfiles', 'accounts', ids),
    ...unknown(changes, 'changes', 'accounts', ids),
    ...unknown(approvals, 'approvals', 'accounts', ids),
    ...unknown(approvals, 'approvals', 'environments', environments),
    ...unknown(autoApproval, 'autoApproval', 'profiles', profiles),
    ...unknown(budgets, 'budgets', 'accounts', ids),
    ...unknownIn(override?.accounts, 'override.accounts', DESCRIBED.accounts, ids),
    ...repeated(ids, 'accounts', 'id'),
    ...repeated(profiles, 'launchProfiles', 'name'),
    ...repeated(
      changes.map(({ name }) => name),
      'changes',
      'name',
    ),
    ...repeated(
      approvals.map(({ name }) => name),
      'approvals',
      'name',
    ),
    ...repeated(
      policy.identities.map(({ principal }) => principal),
      'identities',
      'principal',
    ),
    ...overrideProblems(policy),
    ...quietHoursProblems(policy),
  ];
}

/** Where what a field names is described. */
const DESCRIBED = {
  accounts: 'under accounts',
  environments: 'as an environment under accounts',
  profiles: 'under launchProfiles',
} as const;

function unknown<Field extends keyof typeof DESCRIBED>(
  entries: readonly { readonly [name in Field]?: readonly string[] | undefined }[],
  section: string,
  field: Field,
  known: readonly string[],
): PolicyProblem[] {
  return entries.flatMap((entry, index) =>
    unknownIn(entry[field], `${section}[${index}].${field}`, DESCRIBED[field], known),
  );
}

function unknownIn(
  names: readonly string[] | undefined,
  path: string,
  where: string,
  known: readonly string[],
): PolicyProblem[] {
  return (names ?? []).flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          {
            path: `${path}[${index}]`,
            message: `Describe ${name} ${where}, or remove it here`,
          },
        ],
  );
}

function repeated(names: readonly string[], section: string, field: string): PolicyProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: `${section}[${index}].${field}`,
            message: `Write another: ${name} is there already`,
          },
        ],
  );
}

function overrideProblems({ override }: Policy): PolicyProblem[] {
  if (override === undefined) return [];
  const { users, userGroups } = override.people;
  if (users.length + userGroups.length > 0) return [];
  const message = 'Write at least one person or user group, or remove override';
  return [{ path: 'override.people', message }];
}

const WEEK_DAYS = 7;

function quietHoursProblems({ quietHours }: Policy): PolicyProblem[] {
  if (quietHours === undefined) return [];
  const { from, to, days } = quietHours;
  return [
    ...(from === to
      ? [{ path: 'quietHours.to', message: 'Write another time than from: they are the same' }]
      : []),
    ...(new Set(days).size === WEEK_DAYS
      ? [{ path: 'quietHours.days', message: 'Remove a day: nobody would ever be reminded' }]
      : []),
  ];
}
