import type { CpuOptions, InstanceType } from '#domain/estate/instance-type.ts';
import { optimizeCpusFindings, RESERVED_INSTANCES } from '#domain/launch/license-included.ts';
import type { KindContext, MachineKind } from '#domain/optimization/kind.ts';
import { ruleEvidence } from '#domain/optimization/kinds/evidence-items.ts';
import {
  isIncluded,
  leastVcpus,
  licenseNeeds,
  takesLess,
  takesNoMore,
} from '#domain/optimization/kinds/license-needs.ts';
import { carries, type Load, loadOf, threadEvidence } from '#domain/optimization/kinds/load.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { EvidenceItem, Setup } from '#domain/optimization/recommendation.ts';

/**
 * Fewer vCPUs switched on at the same memory: the fewest that carry the load, and more of them where the
 * licenses cost the same. What the vendor counts decides whether it helps at all.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-optimize-cpu.html
 */
export const optimizeCpus: MachineKind = {
  kind: 'optimize-cpus',
  changes(machine, setup, context) {
    const type = context.types.get(setup.instanceType);
    const load = loadOf(machine, context);
    if (type === undefined || load === null) return [];
    if (!setup.running || !takesCpuOptions(type) || isHostLicensed(machine, setup)) return [];
    const to = fewestLicenses(machine, setup, context, { type, load });
    if (to === null) return [];
    return [
      {
        kind: 'optimize-cpus',
        to,
        evidence: [
          ...load.evidence,
          ...threadEvidence(load, type, to.cpuOptions),
          ...discountEvidence(setup),
        ],
        gate: [],
        risk: isBilledByVcpu(setup) ? 'medium' : 'low',
        effort: 'restart',
        ownerMustValidate: false,
      },
    ];
  },
};

/** False for burstable and bare-metal types, and for those that name no valid cores. */
export function takesCpuOptions(type: InstanceType): boolean {
  const [found] = optimizeCpusFindings(type, false);
  return found === undefined && type.validCores.length > 0;
}

/** Every pair that CPU options may be set to. */
export function validCpuOptions({
  validCores,
  validThreadsPerCore,
  defaultThreadsPerCore,
}: InstanceType): readonly CpuOptions[] {
  const threads = validThreadsPerCore.length > 0 ? validThreadsPerCore : [defaultThreadsPerCore];
  return validCores.flatMap((coreCount) =>
    threads.map((threadsPerCore) => ({ coreCount, threadsPerCore })),
  );
}

export function isValidFor(options: CpuOptions, type: InstanceType): boolean {
  return (
    takesCpuOptions(type) &&
    validCpuOptions(type).some(
      ({ coreCount, threadsPerCore }) =>
        coreCount === options.coreCount && threadsPerCore === options.threadsPerCore,
    )
  );
}

/** The cores of a host with license configurations of its own are licensed whatever its instances use. */
function isHostLicensed({ host }: Machine, { tenancy }: Setup): boolean {
  return tenancy === 'host' && host !== null && host.licenseConfigurationArns.length > 0;
}

function fewestLicenses(
  machine: Machine,
  setup: Setup,
  context: KindContext,
  { type, load }: { readonly type: InstanceType; readonly load: Load },
): Setup | null {
  const least = leastVcpus(setup);
  const fitting = validCpuOptions(type)
    .filter((options) => vcpusOf(options) >= least && vcpusOf(options) <= type.defaultVcpus)
    .filter((options) => carries(load, type, options))
    .toSorted((a, b) => vcpusOf(a) - vcpusOf(b) || a.coreCount - b.coreCount)
    .map((cpuOptions) => setupWith(cpuOptions));
  const now = setupWith(setup.cpuOptions);
  const best = fitting.reduce(
    (one, other) => (takesNoMore(other.needs, one.needs) ? other : one),
    now,
  );
  return takesLess(best.needs, now.needs) ? best.to : null;

  function setupWith(cpuOptions: CpuOptions | null) {
    const to = { ...setup, cpuOptions };
    return { to, needs: licenseNeeds(machine, to, context) };
  }
}

function vcpusOf({ coreCount, threadsPerCore }: CpuOptions): number {
  return coreCount * threadsPerCore;
}

function isBilledByVcpu(setup: Setup): boolean {
  return isIncluded(setup, 'windows-server') || isIncluded(setup, 'sql-server');
}

/** Savings Plans keep their discount, Reserved Instances may not, in all accounts of the payer. */
function discountEvidence(setup: Setup): readonly EvidenceItem[] {
  return isBilledByVcpu(setup)
    ? [ruleEvidence('reserved-instance-discounts', RESERVED_INSTANCES)]
    : [];
}
