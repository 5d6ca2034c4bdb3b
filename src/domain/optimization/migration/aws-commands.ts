import { comment, quoted } from '#domain/optimization/migration/shell.ts';
import { isHostId } from '#domain/optimization/migration/sights.ts';
import type { Step } from '#domain/optimization/recommendation.ts';

/** How a step is written: for a machine that runs, with hosts by the shell variables that hold their ids. */
export interface Writing {
  /** False: the machine is stopped already, and stays so. */
  readonly running: boolean;
  /** Variables by `ref`. */
  readonly hosts: ReadonlyMap<string, string>;
}

type StepOf<Do extends Step['do']> = Extract<Step, { readonly do: Do }>;

/** What AWS calls things. Whatever looks otherwise came from somewhere else, and is not written. */
const NAMES = {
  instance: /^i-[0-9a-f]{8,17}$/,
  type: /^[a-z0-9-]{1,30}\.[a-z0-9-]{1,30}$/,
  family: /^[a-z0-9-]{1,30}$/,
  zone: /^[a-z]{2}(-[a-z0-9]+){2,6}$/,
  region: /^[a-z]{2}(-[a-z]+)+-\d$/,
  account: /^\d{12}$/,
  arn: /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:[\w:/-]{1,200}$/,
  usage: /^RunInstances(:[0-9A-Za-z]{2,8})?$/,
} as const;

/**
 * A step as commands of the AWS CLI, with waits; it stops the machine where it has to and starts it again
 * where it ran. What is done by hand, and what names something as AWS does not, are comments.
 */
export function awsCommands(step: Step, writing: Writing): readonly string[] {
  const unknown = strangeNames(step, writing);
  return unknown.length > 0
    ? [comment(`Not written as a command: ${step.do} of ${unknown.join(', ')}`)]
    : commandsOf(step, writing);
}

/** Names in a step that are not what AWS calls anything. */
function strangeNames(step: Step, { hosts }: Writing): readonly string[] {
  const named = namesIn(step).filter(([kind, name]) =>
    kind === 'host' ? !isHostId(name) && !hosts.has(name) : !NAMES[kind].test(name),
  );
  return named.map(([, name]) => name);
}

/** The hosts that a step names: ids, or what hosts are called until they have one. */
export function hostsIn(step: Step): readonly string[] {
  return namesIn(step).flatMap(([kind, name]) => (kind === 'host' ? [name] : []));
}

type Named = readonly [keyof typeof NAMES | 'host', string];

function namesIn(step: Step): readonly Named[] {
  const place: readonly Named[] = [
    ['account', step.account],
    ['region', step.region],
  ];
  switch (step.do) {
    case 'stop':
    case 'start':
      return [...place, ['instance', step.instanceId]];
    case 'resize':
      return [...place, ['instance', step.instanceId], ['type', step.instanceType]];
    case 'move': {
      const host: readonly Named[] = step.hostId === null ? [] : [['host', step.hostId]];
      return [...place, ['instance', step.instanceId], ...host];
    }
    case 'associate': {
      const arns = [step.resourceArn, ...step.add, ...step.remove];
      return [...place, ...arns.map((arn): Named => ['arn', arn])];
    }
    case 'convert':
      return [...place, ['instance', step.instanceId], ['usage', step.from], ['usage', step.to]];
    case 'allocate-host':
      return [
        ...place,
        ['host', step.ref],
        ['family', step.instanceFamily],
        ['zone', step.availabilityZone],
      ];
    case 'release-host':
      return [...place, ['host', step.hostId]];
    case 'by-hand':
      return [];
  }
}

function commandsOf(step: Step, writing: Writing): readonly string[] {
  switch (step.do) {
    case 'stop':
      return stopping(step);
    case 'start':
      return starting(step);
    case 'resize':
      return standingStill(step, writing, resizing(step));
    case 'move':
      return standingStill(step, writing, [moving(step, writing)]);
    case 'convert':
      return standingStill(step, writing, converting(step));
    case 'associate':
      return [associating(step)];
    case 'allocate-host':
      return allocating(step, writing);
    case 'release-host':
      return releasing(step, writing);
    case 'by-hand':
      return [
        comment(`By hand: ${step.task} on ${step.on}${step.to === null ? '' : ` to ${step.to}`}`),
      ];
  }
}

/** A command with its options, each value quoted. */
function aws(
  service: string,
  operation: string,
  region: string,
  options: Readonly<Record<string, string | readonly string[]>>,
): string {
  const words = Object.entries({ region, ...options }).map(([name, value]) => {
    const values = typeof value === 'string' ? [value] : value;
    return `--${name} ${values.map(quoted).join(' ')}`;
  });
  return ['aws', service, operation, ...words].join(' ');
}

type OnInstance = Pick<StepOf<'stop'>, 'region' | 'instanceId'>;

function stopping({ region, instanceId }: OnInstance): readonly string[] {
  const on = { 'instance-ids': instanceId };
  return [
    aws('ec2', 'stop-instances', region, on),
    aws('ec2', 'wait instance-stopped', region, on),
  ];
}

function starting({ region, instanceId }: OnInstance): readonly string[] {
  const on = { 'instance-ids': instanceId };
  return [
    aws('ec2', 'start-instances', region, on),
    aws('ec2', 'wait instance-running', region, on),
  ];
}

function standingStill(
  step: OnInstance,
  { running }: Writing,
  commands: readonly string[],
): readonly string[] {
  return running ? [...stopping(step), ...commands, ...starting(step)] : commands;
}

function resizing({
  region,
  instanceId,
  instanceType,
  cpuOptions,
}: StepOf<'resize'>): readonly string[] {
  const on = { 'instance-id': instanceId };
  const type = aws('ec2', 'modify-instance-attribute', region, {
    ...on,
    'instance-type': `Value=${instanceType}`,
  });
  if (cpuOptions === null) return [type, comment('CPU options: as the type has them by default')];
  const cpus = aws('ec2', 'modify-instance-cpu-options', region, {
    ...on,
    'core-count': String(cpuOptions.coreCount),
    'threads-per-core': String(cpuOptions.threadsPerCore),
  });
  return [type, cpus];
}

function moving({ region, instanceId, tenancy, hostId }: StepOf<'move'>, writing: Writing): string {
  const placed = aws('ec2', 'modify-instance-placement', region, {
    'instance-id': instanceId,
    tenancy,
  });
  return hostId === null ? placed : `${placed} --host-id ${hostOf(hostId, writing)}`;
}

/** A host's id, or the variable that holds it; of a host that may have come back as another, either. */
function hostOf(ref: string, { hosts }: Writing): string {
  const variable = hosts.get(ref);
  if (variable === undefined) return quoted(ref);
  return isHostId(ref) ? `"\${${variable}:-${ref}}"` : `"$${variable}"`;
}

function associating({ region, resourceArn, add, remove }: StepOf<'associate'>): string {
  const listed = (arns: readonly string[]) => arns.map((arn) => `LicenseConfigurationArn=${arn}`);
  return aws('license-manager', 'update-license-specifications-for-resource', region, {
    'resource-arn': resourceArn,
    ...(add.length === 0 ? {} : { 'add-license-specifications': listed(add) }),
    ...(remove.length === 0 ? {} : { 'remove-license-specifications': listed(remove) }),
  });
}

function converting({
  account,
  region,
  instanceId,
  from,
  to,
}: StepOf<'convert'>): readonly string[] {
  const create = aws('license-manager', 'create-license-conversion-task-for-resource', region, {
    'resource-arn': `arn:${partitionOf(region)}:ec2:${region}:${account}:instance/${instanceId}`,
    'source-license-context': `UsageOperation=${from}`,
    'destination-license-context': `UsageOperation=${to}`,
    query: 'LicenseConversionTaskId',
    output: 'text',
  });
  const show = aws('license-manager', 'get-license-conversion-task', region, {
    query: 'Status',
    output: 'text',
  });
  const status = `"$(${show} --license-conversion-task-id "$TASK")"`;
  return [
    `TASK=$(${create})`,
    `while [ ${status} = IN_PROGRESS ]; do sleep 30; done`,
    `[ ${status} = SUCCEEDED ]`,
  ];
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function allocating(
  { region, ref, instanceFamily, availabilityZone }: StepOf<'allocate-host'>,
  { hosts }: Writing,
): readonly string[] {
  const allocate = aws('ec2', 'allocate-hosts', region, {
    'instance-family': instanceFamily,
    'availability-zone': availabilityZone,
    quantity: '1',
    'auto-placement': 'off',
    query: 'HostIds[0]',
    output: 'text',
  });
  const variable = hosts.get(ref) ?? 'HOST';
  return [`${variable}=$(${allocate})`, `echo "${variable}=$${variable}"`];
}

/** EC2 answers with what it did not release, and does not fail for it. */
function releasing(
  { region, hostId }: StepOf<'release-host'>,
  writing: Writing,
): readonly string[] {
  const release = aws('ec2', 'release-hosts', region, {
    query: 'length(Unsuccessful)',
    output: 'text',
  });
  return [`[ "$(${release} --host-ids ${hostOf(hostId, writing)})" = 0 ]`];
}
