import type { Change, KindContext, MachineKind } from '#domain/optimization/kind.ts';
import { conversionChecks, eligibilityChecks } from '#domain/optimization/kinds/byol-gate.ts';
import { paidAs, paymentOf } from '#domain/optimization/kinds/conversions.ts';
import { mayPass, stated } from '#domain/optimization/kinds/evidence-items.ts';
import { isBurstable } from '#domain/optimization/kinds/instance-families.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';

/**
 * Licenses of one's own instead of those in the hourly price: for SQL Server where it runs, for Windows
 * Server on a Dedicated Host. What pays twice on a host already is another kind's.
 *
 * @see License Manager User Guide, Eligible license types for Windows and SQL Server
 */
export const includedToByol: MachineKind = {
  kind: 'included-to-byol',
  changes(machine, setup, context) {
    const now = paymentOf(setup);
    if (!setup.running || setup.tenancy === 'host' || now.windows !== 'license-included') return [];
    const brought = now.sqlServer === null ? null : ('byol' as const);
    const onlySql =
      now.sqlServer === 'license-included'
        ? paidAs(setup, { ...now, sqlServer: 'byol' }, setup.tenancy)
        : null;
    const all = mayMoveToHost(setup, context)
      ? paidAs(setup, { ...now, windows: 'byol', sqlServer: brought }, 'host')
      : null;
    return [onlySql, all].flatMap((to) =>
      to === null ? [] : broughtTo('included-to-byol', machine, to, context),
    );
  },
};

/** The change to licenses of one's own, unless some condition is known not to hold. */
export function broughtTo(
  kind: 'included-to-byol' | 'included-on-host',
  machine: Machine,
  to: Setup,
  context: KindContext,
): readonly Change[] {
  const { windows, sqlServer } = paymentOf(to);
  const brought = [
    ...(windows === 'byol' ? ['windows-server'] : []),
    ...(sqlServer === 'byol' ? ['sql-server'] : []),
  ];
  const gate = [...eligibilityChecks(machine, to, brought, context), ...conversionChecks(machine)];
  if (!mayPass(gate)) return [];
  const moves = to.tenancy !== machine.setup.tenancy;
  return [
    {
      kind,
      to,
      evidence: [stated('instances', 'usage-operation', machine.setup.usageOperation)],
      gate,
      risk: moves ? 'medium' : 'low',
      effort: moves || sqlServer === 'byol' ? 'migration' : 'restart',
      ownerMustValidate: false,
    },
  ];
}

/** Burstable instances go to a host when they are launched, and not later. */
function mayMoveToHost({ instanceType }: Setup, { types }: KindContext): boolean {
  return types.get(instanceType)?.dedicatedHostsSupported === true && !isBurstable(instanceType);
}
