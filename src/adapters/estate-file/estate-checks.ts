import type { EstateFile } from '#adapters/estate-file/estate-file.ts';
import type { EstateScope } from '#adapters/estate-file/estate-scope.ts';
import { licenseArn } from '#adapters/estate-file/estate-shard.ts';
import { type InstanceType, instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventorySource } from '#domain/estate/inventory.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';
import { scopeKey } from '#domain/scope.ts';

type Host = NonNullable<EstateScope['hosts']>[number];
type Instance = NonNullable<EstateScope['instances']>[number];

/** What contradicts itself in a file whose fields are all well formed. */
export function contradictions(file: EstateFile): readonly PolicyProblem[] {
  const licenses = describedLicenses(file);
  return [
    ...repeated('scopes', file.scopes, (scope) => scopeKey(scope), null),
    ...file.scopes.flatMap((scope, index) => scopeProblems(scope, `scopes[${index}]`, licenses)),
  ];
}

function scopeProblems(
  scope: EstateScope,
  path: string,
  licenses: DescribedLicenses,
): readonly PolicyProblem[] {
  const { configurations = [], instances = [], hosts = [], databases = [] } = scope;
  const hostsById = new Map(hosts.map((host) => [host.hostId, host]));
  const types = new Map((scope.instanceTypes ?? []).map((type) => [type.name, type]));
  const taken = takenVcpus(instances, types);
  const described = new Set([...types.keys(), ...scope.undescribedTypes]);
  return [
    ...repeated(`${path}.configurations`, configurations, ({ id, arn }) => arn ?? id, 'id'),
    ...repeated(`${path}.instances`, instances, ({ instanceId }) => instanceId, 'instanceId'),
    ...repeated(`${path}.hosts`, hosts, ({ hostId }) => hostId, 'hostId'),
    ...repeated(`${path}.databases`, databases, ({ id }) => id, 'id'),
    ...hosts.flatMap((host, index) => [
      ...hostProblems(host, taken.get(host.hostId) ?? 0, `${path}.hosts[${index}]`),
      ...unknownLicenses(scope, host.licenses, `${path}.hosts[${index}].licenses`, licenses),
    ]),
    ...instances.flatMap((instance, index) => [
      ...typeProblem(instance, described, `${path}.instances[${index}].instanceType`),
      ...(isUnread(scope, 'hosts')
        ? []
        : placementProblems(instance, hostsById, `${path}.instances[${index}]`)),
      ...unknownLicenses(
        scope,
        instance.licenses,
        `${path}.instances[${index}].licenses`,
        licenses,
      ),
    ]),
    ...(scope.usage ?? []).flatMap(({ configuration }, index) =>
      unknownLicenses(scope, [configuration], `${path}.usage[${index}].configuration`, licenses),
    ),
  ];
}

/** Whether a license is described, by its ARN; what was not looked at need not be. */
type DescribedLicenses = (arn: string) => boolean;

function describedLicenses({ scopes }: EstateFile): DescribedLicenses {
  const described = new Set(
    scopes.flatMap((scope) =>
      (scope.configurations ?? []).map(({ arn, id }) => arn ?? licenseArn(scope, id)),
    ),
  );
  const read = new Set(
    scopes.filter((scope) => !isUnread(scope, 'license-configurations')).map(scopeKey),
  );
  return (arn) => {
    const [, , , region = '', account = ''] = arn.split(':');
    return described.has(arn) || !read.has(scopeKey({ account, region }));
  };
}

/** Whether a list lacks what AWS did not tell. */
function isUnread({ sources }: EstateScope, source: InventorySource): boolean {
  const state = sources[source]?.state ?? 'read';
  return state !== 'read';
}

function typeProblem(
  { instanceType }: Instance,
  described: ReadonlySet<string>,
  path: string,
): readonly PolicyProblem[] {
  if (described.has(instanceType)) return [];
  const message = `Describe ${instanceType} under instanceTypes, or name it under undescribedTypes: its vCPUs are not known`;
  return [{ path, message }];
}

function placementProblems(
  { tenancy, hostId, instanceType }: Instance,
  hosts: ReadonlyMap<string, Host>,
  path: string,
): readonly PolicyProblem[] {
  if (hostId === null) return [];
  if (tenancy !== 'host') {
    return [
      { path: `${path}.tenancy`, message: `Write host: the instance names the host ${hostId}` },
    ];
  }
  const host = hosts.get(hostId);
  if (host === undefined) {
    return [
      { path: `${path}.hostId`, message: `Describe ${hostId} under hosts of the same scope` },
    ];
  }
  if (host.instanceFamily === instanceFamily(instanceType)) return [];
  const message = `${hostId} is a host for ${host.instanceFamily}: ${instanceType} cannot run on it`;
  return [{ path: `${path}.instanceType`, message }];
}

/** vCPUs of what runs on each host, by the types as sold. */
function takenVcpus(
  instances: readonly Instance[],
  types: ReadonlyMap<string, InstanceType>,
): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const { hostId, state, instanceType } of instances) {
    if (hostId === null || state !== 'running') continue;
    const vcpus = types.get(instanceType)?.defaultVcpus ?? 0;
    taken.set(hostId, (taken.get(hostId) ?? 0) + vcpus);
  }
  return taken;
}

/** A host that holds more than it has. */
function hostProblems(
  { hostId, sockets, cores, totalVcpus }: Host,
  taken: number,
  path: string,
): readonly PolicyProblem[] {
  if (cores < sockets) {
    const message = `Write all cores of the host: at least ${sockets}, one a socket`;
    return [{ path: `${path}.cores`, message }];
  }
  if (taken <= totalVcpus) return [];
  const message = `Write at least ${taken}: the running instances on ${hostId} have so many vCPUs together`;
  return [{ path: `${path}.totalVcpus`, message }];
}

function unknownLicenses(
  scope: EstateScope,
  named: readonly string[],
  path: string,
  isDescribed: DescribedLicenses,
): readonly PolicyProblem[] {
  return named
    .filter((license) => !isDescribed(licenseArn(scope, license)))
    .map((license) => ({ path, message: `Describe ${license} under configurations` }));
}

function repeated<Entry>(
  path: string,
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
  field: string | null,
): readonly PolicyProblem[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    const key = keyOf(entry);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, index);
      return [];
    }
    const where = `${path}[${index}]${field === null ? '' : `.${field}`}`;
    return [
      {
        path: where,
        message: `Remove it or write another: ${key} is at ${path}[${before}] already`,
      },
    ];
  });
}
