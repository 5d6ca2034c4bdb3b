import * as z from 'zod';
import { Duration } from '#domain/duration.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/instant.ts';
import type { Policy } from '#domain/policy.ts';

/** What leaves a field and what comes into it; for a single value the old one and the new one. */
export interface FieldChange {
  readonly field: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** One entry of one section of the policy that is not what it was. */
export interface PolicyChange {
  readonly section: keyof Omit<Policy, 'version'>;
  /** A role, an account id, a profile's name, or a rule's place in its list; `null` for the section itself. */
  readonly name: string | null;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly fields: readonly FieldChange[];
}

/** What one policy says otherwise than another, section by section; `null` for no policy. */
export function policyChanges(before: Policy | null, after: Policy): readonly PolicyChange[] {
  const old = before === null ? [] : entriesOf(before);
  const next = entriesOf(after);
  return [
    ...next.flatMap((entry) => change(entry, old.find(sameAs(entry))?.fields, entry.fields)),
    ...old
      .filter((entry) => !next.some(sameAs(entry)))
      .flatMap((entry) => change(entry, entry.fields, undefined)),
  ];
}

type Fields = ReadonlyMap<string, readonly string[]>;

interface Entry extends Pick<PolicyChange, 'section' | 'name'> {
  readonly fields: Fields;
}

function entriesOf(policy: Policy): readonly Entry[] {
  const { roles, accounts, launchProfiles, approvals, autoApproval } = policy;
  const { expiry, limits, thresholds } = policy;
  return [
    ...Object.entries(roles).map(([name, role]) => entry('roles', name, role)),
    ...accounts.map(({ id, ...account }) => entry('accounts', id, account)),
    ...(policy.organization === undefined
      ? []
      : [entry('organization', null, policy.organization)]),
    ...launchProfiles.map(({ name, ...profile }) =>
      entry('launchProfiles', name, { regions: EVERY, ...profile }),
    ),
    ...approvals.map((rule, index) =>
      entry('approvals', String(index + 1), { accounts: EVERY, ...rule }),
    ),
    ...autoApproval.map((rule, index) =>
      entry('autoApproval', String(index + 1), { profiles: EVERY, ...rule }),
    ),
    entry('expiry', null, {
      pending: durationText(expiry.pending),
      approved: durationText(expiry.approved),
    }),
    entry('limits', null, limits),
    entry('thresholds', null, {
      ...thresholds,
      figuresOldAfter: durationText(thresholds.figuresOldAfter),
    }),
  ];
}

/** What a field that is left out stands for: removing a list of names widens what is allowed. */
const EVERY = ['(every)'];

function durationText(ms: number): string {
  if (ms % HOUR_MS === 0) return `PT${ms / HOUR_MS}H`;
  return ms % MINUTE_MS === 0 ? `PT${ms / MINUTE_MS}M` : z.encode(Duration, ms);
}

function entry(section: Entry['section'], name: string | null, fields: object): Entry {
  const texts = Object.entries(fields).map(([field, value]) => [field, textsOf(value)] as const);
  return { section, name, fields: new Map(texts) };
}

/** A list, a group of lists or a single value, as texts. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsOf);
  return [String(value)];
}

const sameAs =
  ({ section, name }: Entry) =>
  (other: Entry): boolean =>
    other.section === section && other.name === name;

function change(
  { section, name }: Entry,
  before: Fields | undefined,
  after: Fields | undefined,
): PolicyChange[] {
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  const fields = [...names].flatMap((field) =>
    fieldChange(field, before?.get(field) ?? [], after?.get(field) ?? []),
  );
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return fields.length === 0 ? [] : [{ section, name, kind, fields }];
}

/** Lists are sets here: order within one field says nothing. */
function fieldChange(
  field: string,
  before: readonly string[],
  after: readonly string[],
): FieldChange[] {
  const removed = before.filter((text) => !after.includes(text));
  const added = after.filter((text) => !before.includes(text));
  return removed.length + added.length === 0 ? [] : [{ field, removed, added }];
}
