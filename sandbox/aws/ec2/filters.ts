import type { Filter, Tag } from '@aws-sdk/client-ec2';
import { AwsError } from '../wire/service.ts';
import { invalidParameterValue } from './errors.ts';

/** What a filter compares: one value, several of which one must match, or nothing. */
type Comparable = string | number | boolean | Date | undefined;

/** By filter name, the values of a resource that it is compared with. */
export type FilterFields<Resource> = Readonly<
  Record<string, (resource: Resource) => Comparable | readonly Comparable[]>
>;

type ReadTags<Resource> = (resource: Resource) => readonly Tag[] | undefined;

/** How resources that have tags of their own are filtered by them. */
export const byTags: ReadTags<{ Tags?: Tag[] | undefined }> = ({ Tags }) => Tags;

/**
 * The resources that pass every filter, as EC2 filters: any value of a filter suffices, `*` and `?` are wildcards, case matters.
 *
 * @throws InvalidParameterValue for a filter that the sandbox does not know, FilterLimitExceeded beyond 200 values.
 */
export function filtered<Resource>(
  resources: Iterable<Resource>,
  filters: readonly Filter[] | undefined,
  fields: FilterFields<Resource>,
  tagsOf?: ReadTags<Resource>,
): Resource[] {
  const tests = (filters ?? []).map(({ Name = '', Values = [] }) => {
    const read = tagField(Name, tagsOf) ?? plainField(Name, fields);
    const passes = valueTest(Values);
    return (resource: Resource) => [read(resource)].flat().some(passes);
  });
  return [...resources].filter((resource) => tests.every((test) => test(resource)));
}

type ReadField<Resource> = FilterFields<Resource>[string];

function tagField<Resource>(
  name: string,
  tagsOf: ReadTags<Resource> | undefined,
): ReadField<Resource> | null {
  if (tagsOf === undefined) return null;
  if (name === 'tag-key') return (resource) => (tagsOf(resource) ?? []).map(({ Key }) => Key);
  if (!name.startsWith('tag:')) return null;
  const key = name.slice('tag:'.length);
  return (resource) =>
    (tagsOf(resource) ?? []).filter(({ Key }) => Key === key).map(({ Value }) => Value);
}

function plainField<Resource>(name: string, fields: FilterFields<Resource>): ReadField<Resource> {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) throw invalidParameterValue(`The filter '${name}' is invalid`);
  return field;
}

function valueTest(values: readonly string[]): (value: Comparable) => boolean {
  if (values.length > 200) {
    throw new AwsError('FilterLimitExceeded', 'The maximum number of filter values is 200.');
  }
  const patterns = values.map(pattern);
  return (value) => {
    if (value === undefined) return false;
    const text = value instanceof Date ? value.toISOString() : String(value);
    return patterns.some((expected) => expected.test(text));
  };
}

/** A backslash makes the next character literal. */
function pattern(value: string): RegExp {
  const source = value.replace(/\\?./gs, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return (part.length > 1 ? part.slice(1) : part).replace(/\W/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 's');
}
