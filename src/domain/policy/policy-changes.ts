import type { Policy } from '#domain/policy/policy.ts';
import { entriesOf, type PolicyEntry, type PolicyFields } from '#domain/policy/policy-entries.ts';

/** What leaves a field and what comes into it; for a single value the old one and the new one. */
export interface FieldChange {
  /** Fields within fields have a path: `levels[0].approvers.users`. */
  readonly field: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** One entry of one section of the policy that is not what it was. */
export interface PolicyChange extends Pick<PolicyEntry, 'section' | 'name'> {
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

const sameAs =
  ({ section, name }: PolicyEntry) =>
  (other: PolicyEntry): boolean =>
    other.section === section && other.name === name;

function change(
  { section, name }: PolicyEntry,
  before: PolicyFields | undefined,
  after: PolicyFields | undefined,
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
