import * as z from 'zod';
import { Duration } from '#domain/duration.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/instant.ts';
import type { Policy } from '#domain/policy/policy.ts';

/** What an entry says, by the path of each field: `levels[0].approvers.users`. Single values are lists of one. */
export type PolicyFields = ReadonlyMap<string, readonly string[]>;

/** One entry of one section of a policy, as texts that can be compared. */
export interface PolicyEntry {
  readonly section: keyof Omit<Policy, 'version'>;
  /** Its name, id or place in the list; `null` for a section that is no list. */
  readonly name: string | null;
  readonly fields: PolicyFields;
}

/** Everything that a policy says. */
export function entriesOf(policy: Policy): readonly PolicyEntry[] {
  const { products, ...licensing } = policy.licensing;
  return [
    ...rolesOf(policy),
    ...policy.accounts.map(({ id, ...account }) => entry('accounts', id, account)),
    ...single('organization', policy.organization),
    ...policy.launchProfiles.map(({ name, ...profile }) =>
      entry('launchProfiles', name, {
        regions: EVERY,
        requesters: EVERY,
        operations: EVERY,
        ...profile,
      }),
    ),
    ...policy.changes.map(({ name, ...change }) =>
      entry('changes', name, { regions: EVERY, requesters: EVERY, ...change }),
    ),
    ...policy.approvals.map(({ name, ...rule }) =>
      entry('approvals', name, {
        accounts: EVERY,
        environments: EVERY,
        operations: EVERY,
        ...rule,
      }),
    ),
    ...policy.autoApproval.map((rule, index) =>
      entry('autoApproval', place(index), {
        profiles: EVERY,
        upToCount: UNLIMITED,
        upToMonthlyUsd: UNLIMITED,
        ...rule,
      }),
    ),
    ...single('override', policy.override && { accounts: EVERY, ...policy.override }),
    ...single('quietHours', policy.quietHours),
    ...policy.identities.map(({ principal, ...rest }) => entry('identities', principal, rest)),
    ...policy.budgets.map((budget, index) =>
      entry('budgets', place(index), { accounts: EVERY, ...budget }),
    ),
    ...Object.entries(policy.commands).map(([name, roles]) => entry('commands', name, { roles })),
    entry('expiry', null, policy.expiry),
    entry('limits', null, { longestDays: UNLIMITED, ...policy.limits }),
    entry('thresholds', null, policy.thresholds),
    entry('licensing', null, licensing),
    ...products.map(({ id, ...product }) => entry('licensing', id, product)),
  ];
}

/** What a list that is left out stands for: removing one widens what is allowed. */
const EVERY = ['(every)'];
/** The same of a number. */
const UNLIMITED = ['(unlimited)'];

function rolesOf({ roles: { viewer, ...others } }: Policy): readonly PolicyEntry[] {
  return [
    entry('roles', 'viewer', { accounts: EVERY, regions: EVERY, ...viewer }),
    ...Object.entries(others).map(([name, role]) => entry('roles', name, role)),
  ];
}

function place(index: number): string {
  return String(index + 1);
}

function single(
  section: PolicyEntry['section'],
  fields: object | undefined,
): readonly PolicyEntry[] {
  return fields === undefined ? [] : [entry(section, null, fields)];
}

function entry(section: PolicyEntry['section'], name: string | null, fields: object): PolicyEntry {
  return { section, name, fields: new Map(textsOf('', fields)) };
}

type Texts = readonly [string, readonly string[]];

function textsOf(path: string, value: unknown): readonly Texts[] {
  if (Array.isArray(value)) return listTexts(path, value);
  if (typeof value !== 'object' || value === null) return [[path, [valueText(path, value)]]];
  return Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .flatMap(([name, field]) => textsOf(path === '' ? name : `${path}.${name}`, field));
}

/** Names are one field, sections in a list have their places in it. */
function listTexts(path: string, values: readonly unknown[]): readonly Texts[] {
  return values.some((value) => typeof value === 'object')
    ? values.flatMap((value, index) => textsOf(`${path}[${index}]`, value))
    : [[path, values.map(String)]];
}

const DURATIONS = /(?:^|\.)(?:pending|approved|figuresOldAfter|after|reviewWithin)$/;

function valueText(path: string, value: unknown): string {
  if (typeof value !== 'number' || !DURATIONS.test(path)) return String(value);
  if (value % HOUR_MS === 0) return `PT${value / HOUR_MS}H`;
  return value % MINUTE_MS === 0 ? `PT${value / MINUTE_MS}M` : z.encode(Duration, value);
}
