import type { Instance } from '#domain/estate/instance.ts';
import type { CpuOptions } from '#domain/estate/instance-type.ts';
import type { Step } from '#domain/optimization/recommendation.ts';

/** Something that must be seen in EC2 or License Manager: of what, which attribute, and what it says. */
export interface Sight {
  readonly see:
    | 'state'
    | 'instance-type'
    | 'cpu-options'
    | 'tenancy'
    | 'host'
    | 'usage-operation'
    | 'license-configuration'
    | 'no-license-configuration'
    | 'host-state'
    | 'instances-on-host'
    | 'done-by-hand';
  /** An instance's or host's id, a host's `ref`, an ARN, or what people work on. */
  readonly of: string;
  readonly is: string;
}

/** What must be seen before a step, and after it. */
export function sightsOf(step: Step): {
  readonly before: readonly Sight[];
  readonly after: readonly Sight[];
} {
  switch (step.do) {
    case 'stop':
      return turned(step.instanceId, 'state', 'running', 'stopped');
    case 'start':
      return turned(step.instanceId, 'state', 'stopped', 'running');
    case 'convert':
      return turned(step.instanceId, 'usage-operation', step.from, step.to);
    case 'resize':
      return { before: [], after: resized(step) };
    case 'move':
      return moved(step);
    case 'associate':
      return associated(step);
    case 'allocate-host':
      return { before: [], after: [{ see: 'host-state', of: step.ref, is: 'available' }] };
    case 'release-host':
      return {
        before: [{ see: 'instances-on-host', of: step.hostId, is: '0' }],
        after: [{ see: 'host-state', of: step.hostId, is: 'released' }],
      };
    case 'by-hand':
      return {
        before: [],
        after: [{ see: 'done-by-hand', of: step.on, is: step.to ?? step.task }],
      };
  }
}

function turned(of: string, see: Sight['see'], from: string, to: string) {
  return { before: [{ see, of, is: from }], after: [{ see, of, is: to }] };
}

type StepOf<Do extends Step['do']> = Extract<Step, { readonly do: Do }>;

function resized({ instanceId: of, instanceType, cpuOptions }: StepOf<'resize'>): readonly Sight[] {
  const type = { see: 'instance-type', of, is: instanceType } as const;
  return cpuOptions === null
    ? [type]
    : [type, { see: 'cpu-options', of, is: cpuOptionsText(cpuOptions) }];
}

function moved({ instanceId: of, tenancy, hostId }: StepOf<'move'>) {
  const after: Sight[] = [{ see: 'tenancy', of, is: tenancy }];
  if (hostId === null) return { before: [], after };
  return {
    before: [{ see: 'host-state', of: hostId, is: 'available' } as const],
    after: [...after, { see: 'host', of, is: hostId } as const],
  };
}

function associated({ resourceArn: of, add, remove }: StepOf<'associate'>) {
  const has = add.map((is): Sight => ({ see: 'license-configuration', of, is }));
  const hasNot = remove.map((is): Sight => ({ see: 'no-license-configuration', of, is }));
  return { before: [], after: [...has, ...hasNot] };
}

/** `8 cores, 2 threads each`. */
function cpuOptionsText({ coreCount, threadsPerCore }: CpuOptions): string {
  return `${coreCount} cores, ${threadsPerCore} threads each`;
}

/** What an instance shows of an attribute; `null` where that is not read from the instance itself. */
export function shownBy(instance: Instance, see: Sight['see']): string | null {
  switch (see) {
    case 'state':
      return instance.state;
    case 'instance-type':
      return instance.instanceType;
    case 'cpu-options':
      return instance.cpuOptions && cpuOptionsText(instance.cpuOptions);
    case 'tenancy':
      return instance.tenancy;
    case 'host':
      return instance.hostId;
    case 'usage-operation':
      return instance.usageOperation;
    case 'license-configuration':
    case 'no-license-configuration':
    case 'host-state':
    case 'instances-on-host':
    case 'done-by-hand':
      return null;
  }
}

/** The attributes that the machine itself shows: what was set must be so until somebody sets it again. */
const LASTING: ReadonlySet<Sight['see']> = new Set([
  'state',
  'instance-type',
  'cpu-options',
  'tenancy',
  'host',
  'usage-operation',
]);

/**
 * What must be seen of instances once all steps are done: of each attribute the last. A host that had no
 * id when the steps were written is not looked for.
 */
export function lastSights(steps: readonly Step[]): readonly Sight[] {
  const last = new Map<string, Sight>();
  for (const sight of steps.flatMap((step) => sightsOf(step).after)) {
    if (LASTING.has(sight.see)) last.set(`${sight.of} ${sight.see}`, sight);
  }
  return [...last.values()].filter(({ see, is }) => see !== 'host' || isHostId(is));
}

/** True for the id of a host that is there, and not for what one is called until it has an id. */
export function isHostId(ref: string): boolean {
  return /^h-[0-9a-f]{8,17}$/.test(ref);
}
