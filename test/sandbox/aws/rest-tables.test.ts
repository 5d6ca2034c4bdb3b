import { describe, expect, it } from 'vitest';
import { OPERATIONS as LINUX } from '../../../sandbox/aws/license-manager-linux-subscriptions/api.ts';
import { OPERATIONS as USERS } from '../../../sandbox/aws/license-manager-user-subscriptions/api.ts';
import type { RestOperations } from '../../../sandbox/aws/wire/rest-api.ts';
import type { Shape } from '../../../sandbox/aws/wire/shape.ts';
import { type DescribedShape, modelled, modelsPresent } from './conformance.ts';

const TABLES: Readonly<Record<string, RestOperations>> = {
  'license-manager-linux-subscriptions': LINUX,
  'license-manager-user-subscriptions': USERS,
};
const operations = Object.entries(TABLES).flatMap(([service, table]) =>
  Object.entries(table).map(([name, operation]) => [service, name, operation] as const),
);

/** What AWS's model has against a shape of ours: members that it lacks, other types, other requirements. */
function differences(ours: Shape, theirs: DescribedShape | undefined, path = '$'): string[] {
  if (theirs === undefined) return [`${path}: not in the model`];
  if (ours.kind !== theirs.type) return [`${path}: ${ours.kind}, not ${theirs.type}`];
  if (ours.kind === 'list') return differences(ours.element.shape, theirs.element, `${path}[]`);
  if (ours.kind !== 'structure') return [];
  const members = [...ours.members];
  const required = members.flatMap(([name, member]) => (member.required ? [name] : [])).sort();
  return [
    ...(required.join() === theirs.required?.join() ? [] : [`${path}: requires ${required}`]),
    ...members.flatMap(([name, { shape }]) =>
      differences(shape, theirs.members?.[name], `${path}.${name}`),
    ),
  ];
}

describe.skipIf(!modelsPresent)('an operation written down by hand', () => {
  it.each(operations)("%s %s is as AWS's model says", (service, name, operation) => {
    const input = modelled(service, name, 'input');
    const output = modelled(service, name, 'output');

    expect(operation.path).toBe(input.path);
    expect(differences(operation.input.shape, input.shape)).toEqual([]);
    expect(differences(operation.output.shape, output.shape)).toEqual([]);
  });

  it.each(operations)('%s %s takes everything that the model lets callers ask', (service, name) => {
    const ours = TABLES[service]?.[name]?.input.shape.members.keys() ?? [];
    const theirs = modelled(service, name, 'input').shape?.members ?? {};

    expect([...ours].sort()).toEqual(Object.keys(theirs).sort());
  });
});
