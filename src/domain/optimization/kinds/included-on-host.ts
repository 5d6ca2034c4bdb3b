import type { MachineKind } from '#domain/optimization/kind.ts';
import { includedTo, offHost } from '#domain/optimization/kinds/byol-to-included.ts';
import { paidAs, paymentOf } from '#domain/optimization/kinds/conversions.ts';
import { broughtTo } from '#domain/optimization/kinds/included-to-byol.ts';

/**
 * Licenses in the hourly price on a Dedicated Host: SQL Server's may never be there, and Windows is paid
 * for beside a host that could be licensed. Back to shared hardware as it is, or to licenses of one's own.
 *
 * @see aws-samples, technical notes for Microsoft workloads on AWS (2026-07-24)
 */
export const includedOnHost: MachineKind = {
  kind: 'included-on-host',
  changes(machine, setup, context) {
    const now = paymentOf(setup);
    const included = now.windows === 'license-included' || now.sqlServer === 'license-included';
    if (setup.tenancy !== 'host' || !included) return [];
    const tenancy = offHost(setup);
    const back = tenancy === null ? null : { ...setup, tenancy };
    const sqlServer = now.sqlServer === null ? null : ('byol' as const);
    const brought =
      now.windows === 'license-included'
        ? paidAs(setup, { ...now, windows: 'byol', sqlServer }, 'host')
        : null;
    return [
      ...(back === null ? [] : includedTo('included-on-host', machine, back, context)),
      ...(brought === null ? [] : broughtTo('included-on-host', machine, brought, context)),
    ];
  },
};
