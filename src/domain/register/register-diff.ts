import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import type { RegisterFile } from '#domain/register/column.ts';
import { ENTITLEMENT_FILE } from '#domain/register/entitlement-file.ts';
import type { RegisterChange, RegisterDiff } from '#domain/register/register-change.ts';
import { SERVER_FILE } from '#domain/register/server-file.ts';

/** Line by line: a line is the same one while what identifies it stays. */
export function registerDiff(before: LicenseRegister, after: LicenseRegister): RegisterDiff {
  const diffs = [
    diffOf(ENTITLEMENT_FILE, before.entitlements, after.entitlements),
    diffOf(SERVER_FILE, before.servers, after.servers),
  ];
  return {
    changes: diffs.flatMap(({ changes }) => changes),
    unchanged: diffs.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}

function diffOf<Item>(
  file: RegisterFile<Item>,
  before: readonly Item[],
  after: readonly Item[],
): RegisterDiff {
  const left = new Map(before.map((item) => [file.keyOf(item), item]));
  const changes: RegisterChange[] = [];
  for (const item of after) {
    const key = file.keyOf(item);
    const old = left.get(key);
    left.delete(key);
    if (old === undefined) changes.push(change(file, 'added', item, []));
    else changes.push(...changesOf(file, old, item));
  }
  const unchanged = after.length - changes.length;
  const removed = [...left.values()].map((item) => change(file, 'removed', item, []));
  return { changes: [...changes, ...removed], unchanged };
}

function changesOf<Item>(
  file: RegisterFile<Item>,
  before: Item,
  after: Item,
): readonly RegisterChange[] {
  const fields = file.columns
    .map(({ header, write }) => ({ field: header, before: write(before), after: write(after) }))
    .filter((field) => field.before !== field.after);
  return fields.length === 0 ? [] : [change(file, 'changed', after, fields)];
}

function change<Item>(
  file: RegisterFile<Item>,
  kind: RegisterChange['kind'],
  item: Item,
  fields: RegisterChange['fields'],
): RegisterChange {
  const [what, which, amount] = file.describe(item);
  return { kind, what, which, amount, fields };
}
