import type { CpuOptions } from '#domain/estate/instance-type.ts';
import type { Setup, Step } from '#domain/optimization/recommendation.ts';
import { productText } from '#slack/views/product-words.ts';
import { code, type Inline } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** What a step does, in words around AWS's own. */
export function stepPieces(step: Step): Inline[] {
  switch (step.do) {
    case 'stop':
      return ['Stop ', code(step.instanceId)];
    case 'start':
      return ['Start ', code(step.instanceId)];
    case 'resize':
      return [
        'Resize ',
        code(step.instanceId),
        ' to ',
        code(step.instanceType),
        cpuText(step.cpuOptions),
        '; it is stopped for that, and started again where it ran',
      ];
    case 'convert':
      return ['Convert ', code(step.instanceId), ' from ', code(step.from), ' to ', code(step.to)];
    case 'allocate-host':
      return [
        'Allocate a Dedicated Host for ',
        code(step.instanceFamily),
        ` in ${nameText(step.availabilityZone, 30)}: `,
        code(step.ref),
      ];
    case 'release-host':
      return ['Release the Dedicated Host ', code(step.hostId)];
    case 'move':
      return [
        'Move ',
        code(step.instanceId),
        ...(step.hostId === null
          ? [` to ${TENANCIES[step.tenancy]}`]
          : [' onto ', code(step.hostId)]),
      ];
    case 'associate':
      return [
        'Associate ',
        code(lastPart(step.resourceArn, '/')),
        ...step.add.flatMap((arn) => ['; gets ', code(lastPart(arn, ':'))]),
        ...step.remove.flatMap((arn) => ['; loses ', code(lastPart(arn, ':'))]),
      ];
    case 'by-hand':
      return byHand(step);
  }
}

const TENANCIES = {
  default: 'shared hardware',
  dedicated: 'hardware of its own',
  host: 'a Dedicated Host',
} as const;

type ByHand = Extract<Step, { readonly do: 'by-hand' }>;

const TASKS = {
  'change-edition': 'Change the edition on',
  'uninstall-product': 'Uninstall a product from',
  'merge-instances': 'Merge instances on',
  'enable-standby-waiver': 'Have AWS waive the licenses of the standby',
  'enable-source': 'Switch on',
  'assign-entitlement': 'Assign the entitlement to',
  'buy-licenses': 'Buy licenses of',
  'decide-renewal': 'Decide about the renewal of',
  'raise-limit': 'Raise the limit of',
  'reinstall-sql-server': 'Install SQL Server anew on',
} as const satisfies Record<ByHand['task'], string>;

function byHand({ task, on, to }: ByHand): Inline[] {
  const target = to === null ? [] : [': ', code(to)];
  return ['By hand: ', TASKS[task], ' ', code(on), ...target];
}

function cpuText(cpuOptions: CpuOptions | null): string {
  if (cpuOptions === null) return '';
  const { coreCount, threadsPerCore } = cpuOptions;
  return ` with ${coreCount} × ${threadsPerCore} vCPUs (cores × threads)`;
}

/** The id at the end of an ARN. */
function lastPart(arn: string, separator: string): string {
  return nameText(arn.split(separator).at(-1) ?? arn, 60);
}

const LICENSING = {
  byol: 'own licenses',
  'license-included': 'in the price',
  marketplace: 'from the marketplace',
  free: 'free',
  unknown: 'not known how paid',
} as const;

/** `r6i.2xlarge, running, on shared hardware, SQL Server Enterprise (own licenses)`. */
export function setupText(setup: Setup): string {
  const { instanceType, cpuOptions, running, tenancy, usageOperation, products } = setup;
  const named = products.map(
    ({ product, edition, licensing }) =>
      `${productText(product, edition)} (${LICENSING[licensing]})`,
  );
  return [
    `${nameText(instanceType, 30)}${cpuText(cpuOptions)}`,
    running ? 'running' : 'stopped',
    `on ${TENANCIES[tenancy]}`,
    nameText(usageOperation, 30),
    ...named,
  ].join(', ');
}
