import { SQL_NOT_ON_HOST } from '#domain/launch/license-included.ts';
import type { Change, KindContext, MachineKind } from '#domain/optimization/kind.ts';
import { CONVERSION_INVENTORY, eligibilityChecks } from '#domain/optimization/kinds/byol-gate.ts';
import { paidAs, paymentOf } from '#domain/optimization/kinds/conversions.ts';
import { mayPass, ruleEvidence, stated } from '#domain/optimization/kinds/evidence-items.ts';
import { isBurstable } from '#domain/optimization/kinds/instance-families.ts';
import { leastVcpus } from '#domain/optimization/kinds/license-needs.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { activeVcpus } from '#domain/optimization/setup.ts';

/**
 * Licenses in the hourly price instead of those of one's own, off Dedicated Hosts: for machines that run
 * part of the time, and for licenses that are worth more elsewhere.
 *
 * @see License Manager User Guide, Eligible license types for Windows and SQL Server
 */
export const byolToIncluded: MachineKind = {
  kind: 'byol-to-included',
  changes(machine, setup, context) {
    const now = paymentOf(setup);
    const tenancy = offHost(setup);
    if (now.windows === null || tenancy === null) return [];
    const windows = 'license-included';
    const onlyWindows = now.windows === 'byol' ? paidAs(setup, { ...now, windows }, tenancy) : null;
    const all =
      now.sqlServer === 'byol' && hasEnoughVcpus(setup, context)
        ? paidAs(setup, { ...now, windows, sqlServer: 'license-included' }, tenancy)
        : null;
    return [onlyWindows, all].flatMap((to) =>
      to === null ? [] : includedTo('byol-to-included', machine, to, context),
    );
  },
};

/** Where it may run that a host was not asked for: `null` for what cannot leave its host. */
export function offHost({ tenancy, instanceType }: Setup): Setup['tenancy'] | null {
  if (tenancy !== 'host') return tenancy;
  return isBurstable(instanceType) ? null : 'default';
}

/** The change to licenses in the hourly price; what is still brought has to be allowed where it goes. */
export function includedTo(
  kind: 'byol-to-included' | 'included-on-host',
  machine: Machine,
  to: Setup,
  context: KindContext,
): readonly Change[] {
  const { sqlServer } = paymentOf(to);
  const moves = to.tenancy !== machine.setup.tenancy;
  const gate =
    sqlServer === 'byol' && moves ? eligibilityChecks(machine, to, ['sql-server'], context) : [];
  if (!mayPass(gate)) return [];
  const converts = to.usageOperation !== machine.setup.usageOperation;
  return [
    {
      kind,
      to,
      evidence: [
        stated('instances', 'usage-operation', machine.setup.usageOperation),
        ...(converts ? [ruleEvidence('conversion', CONVERSION_INVENTORY)] : []),
        ...(sqlServer === 'license-included' && moves
          ? [ruleEvidence('placement', SQL_NOT_ON_HOST)]
          : []),
      ],
      gate,
      risk: 'low',
      effort: converts && sqlServer === 'license-included' ? 'migration' : 'restart',
      ownerMustValidate: false,
    },
  ];
}

function hasEnoughVcpus(setup: Setup, { types }: KindContext): boolean {
  return (activeVcpus(setup, types) ?? 0) >= leastVcpus(setup);
}
