import type { MachineKind } from '#domain/optimization/kind.ts';
import { paidAs, paymentOf } from '#domain/optimization/kinds/conversions.ts';
import { gateCheck, stated } from '#domain/optimization/kinds/evidence-items.ts';
import { SQL_DEVELOPER } from '#domain/vendors/microsoft-rules.ts';

/**
 * SQL Server Developer, which is free and has what Enterprise has, where a tag says that it is not
 * production. Whoever owns it says whether the tag is right.
 */
export const developerEdition: MachineKind = {
  kind: 'developer-edition',
  changes(machine, setup) {
    const now = paymentOf(setup);
    const known = now.edition !== null && now.edition !== 'developer' && now.edition !== 'express';
    if (machine.environment !== 'non-production' || now.sqlServer === null || !known) return [];
    const paid = paidAs(setup, { ...now, sqlServer: 'byol' }, setup.tenancy);
    if (paid === null) return [];
    const products = paid.products.map((one) =>
      one.product === 'sql-server'
        ? { ...one, edition: 'developer', licensing: 'free' as const }
        : one,
    );
    return [
      {
        kind: 'developer-edition',
        to: { ...paid, products },
        evidence: [stated('instances', 'environment', 'non-production')],
        gate: [gateCheck('non-production', true, SQL_DEVELOPER)],
        risk: 'low',
        effort: 'migration',
        ownerMustValidate: true,
      },
    ];
  },
};
