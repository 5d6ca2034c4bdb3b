import { AwsError } from '../wire/service.ts';
import { missingParameter } from './errors.ts';

interface Kind {
  readonly prefix: string;
  /** What EC2's error codes for the kind start with. */
  readonly code: string;
  readonly notFound: (ids: string) => string;
}

/** EC2's words for an unknown id, which differ from kind to kind. */
const KINDS = {
  instance: {
    prefix: 'i',
    code: 'InvalidInstanceID',
    notFound: (ids) => `The instance ID '${ids}' does not exist`,
  },
  image: {
    prefix: 'ami',
    code: 'InvalidAMIID',
    notFound: (ids) => `The image id '[${ids}]' does not exist`,
  },
  host: {
    prefix: 'h',
    code: 'InvalidHostID',
    notFound: (ids) => `The specified Dedicated Host ID '${ids}' does not exist.`,
  },
  subnet: {
    prefix: 'subnet',
    code: 'InvalidSubnetID',
    notFound: (ids) => `The subnet ID '${ids}' does not exist`,
  },
  'security group': {
    prefix: 'sg',
    code: 'InvalidGroup',
    notFound: (ids) => `The security group '${ids}' does not exist`,
  },
  'launch template': {
    prefix: 'lt',
    code: 'InvalidLaunchTemplateId',
    notFound: (ids) => `The specified launch template, with template ID ${ids}, does not exist.`,
  },
} satisfies Record<string, Kind>;

/** The resource with this id. @throws EC2's `….Malformed` or `….NotFound`. */
export function resource<Resource>(
  kind: keyof typeof KINDS,
  resources: ReadonlyMap<string, Resource>,
  id: string | undefined,
): Resource {
  const { prefix, code, notFound } = KINDS[kind];
  if (id === undefined) throw missingParameter(`${kind} ID`);
  if (!new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(id)) {
    throw new AwsError(`${code}.Malformed`, `Invalid id: "${id}" (expecting "${prefix}-...")`);
  }
  const found = resources.get(id);
  if (found === undefined) throw new AwsError(`${code}.NotFound`, notFound(id));
  return found;
}

/** The resources with these ids, in the order asked for and each once; all when no id is given. */
export function resourcesOf<Resource>(
  kind: keyof typeof KINDS,
  resources: ReadonlyMap<string, Resource>,
  ids: readonly string[] | undefined,
): Resource[] {
  if (ids === undefined || ids.length === 0) return [...resources.values()];
  return [...new Set(ids)].map((id) => resource(kind, resources, id));
}
