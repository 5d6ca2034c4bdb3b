import type { Compute } from '#domain/estate/deployment.ts';
import type { CustomProduct } from '#domain/estate/licensing-settings.ts';
import type { RequirementRule, TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';
import { requirementFor } from '#domain/vendors/machine-requirement.ts';
import { type Group, hostsOf, type Machine, machinesOf } from '#domain/vendors/machines.ts';
import { convert, coresOf, sumKnown, whole } from '#domain/vendors/units.ts';

/**
 * The rule of a product that the settings describe. Sockets and hosts are counted once for everything
 * on them, the rest on each machine.
 */
export function customRequirement(product: CustomProduct): RequirementRule {
  const rule = ruleOf(product);
  return (deployments) =>
    sitesOf(product, machinesOf(deployments)).map((machines) => {
      const all = machines.all.flatMap((machine) => machine.all);
      return requirementFor(
        { first: machines.first.first, all },
        {
          metric: product.counts,
          units: unitsOf(product, machines),
          rule,
          findings: machines.all.some(({ first }) => !isAllowed(product, first.on.compute))
            ? [placementNotAllowed(product, rule)]
            : [],
        },
      );
    });
}

/** Machines that are counted or rounded up together. */
function sitesOf(
  { counts, roundedPer }: CustomProduct,
  machines: readonly Machine[],
): readonly Group<Machine>[] {
  const together = counts === 'socket' || counts === 'host' || roundedPer === 'host';
  return together ? hostsOf(machines) : machines.map((first) => ({ first, all: [first] }));
}

function unitsOf(product: CustomProduct, { first, all }: Group<Machine>): number | null {
  const { counts, minimum, unitsPerLicense: per, roundedPer } = product;
  const counted = counts === 'socket' || counts === 'host' ? [first] : all;
  const units = sumKnown(
    counted.map((machine) => {
      const quantity = quantityOf(product, machine.first.on.compute);
      return quantity === null ? null : convert(quantity, { minimum, per });
    }),
  );
  return units === null || roundedPer === 'pool' ? units : whole(units);
}

function quantityOf({ counts, honorsCpuOptions }: CustomProduct, compute: Compute): number | null {
  const { activeVcpus, maximumVcpus, defaultThreadsPerCore, memoryMib, host } = compute;
  switch (counts) {
    case 'vcpu':
      return honorsCpuOptions ? activeVcpus : maximumVcpus;
    case 'core':
      return coresOf(
        honorsCpuOptions
          ? compute
          : { ...compute, activeVcpus: maximumVcpus, activeThreadsPerCore: defaultThreadsPerCore },
      );
    case 'socket':
      return host?.sockets ?? null;
    case 'host':
      return host && 1;
    case 'instance':
      return 1;
    case 'memory-gib':
      return memoryMib && memoryMib / 1024;
  }
}

function isAllowed({ placements }: CustomProduct, { placement }: Compute): boolean {
  return placements.includes(placement);
}

function ruleOf({ id, name, source, asOf, ...terms }: CustomProduct): TermsRule {
  const { counts, minimum, unitsPerLicense, roundedPer, packSize } = terms;
  return {
    id: `custom/${id}`,
    text: `${name}: at least ${minimum} by ${counts} on each machine, ${unitsPerLicense} to a license, rounded up by ${roundedPer}, in packs of ${packSize}.`,
    source,
    asOf,
    confidence: 'primary',
  };
}

function placementNotAllowed({ placements }: CustomProduct, rule: TermsRule): TermsFinding {
  return {
    code: 'placement-not-allowed',
    severity: 'violation',
    text: `By its contract it may run only here: ${placements.join(', ')}.`,
    rule,
  };
}
