import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { EstateKind, MachineKind } from '#domain/optimization/kind.ts';
import { byolToIncluded } from '#domain/optimization/kinds/byol-to-included.ts';
import { changeFamily } from '#domain/optimization/kinds/change-family.ts';
import { cpuOptionsLost } from '#domain/optimization/kinds/cpu-options-lost.ts';
import { developerEdition } from '#domain/optimization/kinds/developer-edition.ts';
import { downgradeEdition } from '#domain/optimization/kinds/downgrade-edition.ts';
import { expiringAgreement } from '#domain/optimization/kinds/expiring-agreement.ts';
import { hostRecoveryBlocked } from '#domain/optimization/kinds/host-recovery-blocked.ts';
import { idle } from '#domain/optimization/kinds/idle.ts';
import { includedOnHost } from '#domain/optimization/kinds/included-on-host.ts';
import { includedToByol } from '#domain/optimization/kinds/included-to-byol.ts';
import { missingData } from '#domain/optimization/kinds/missing-data.ts';
import { optimizeCpus } from '#domain/optimization/kinds/optimize-cpus.ts';
import { refillHost } from '#domain/optimization/kinds/refill-host.ts';
import { releaseHost } from '#domain/optimization/kinds/release-host.ts';
import { rightsize } from '#domain/optimization/kinds/rightsize.ts';
import { shortfall } from '#domain/optimization/kinds/shortfall.ts';
import { spareEntitlement } from '#domain/optimization/kinds/spare-entitlement.ts';
import { standbyWaiver } from '#domain/optimization/kinds/standby-waiver.ts';
import { vendorMinimum } from '#domain/optimization/kinds/vendor-minimum.ts';

/** In the order in which they build on each other: what is left of a machine, its size, what is licensed, its cores. */
export function machineKinds(shards: readonly InventoryShard[]): readonly MachineKind[] {
  return [
    idle,
    includedOnHost,
    cpuOptionsLost(shards),
    changeFamily,
    rightsize,
    downgradeEdition,
    developerEdition,
    includedToByol,
    byolToIncluded,
    optimizeCpus,
  ];
}

/** Those beside the choice of setups and hosts. */
export const ESTATE_KINDS: readonly EstateKind[] = [
  releaseHost,
  refillHost,
  vendorMinimum,
  standbyWaiver,
  spareEntitlement,
  shortfall,
  hostRecoveryBlocked,
  expiringAgreement,
  missingData,
];
