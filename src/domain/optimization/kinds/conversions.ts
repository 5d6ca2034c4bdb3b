import type { Licensing } from '#domain/estate/deployment.ts';
import { paidSqlServer } from '#domain/optimization/kinds/license-needs.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import {
  operationWith,
  type UsageOperation,
  usageOperation,
} from '#domain/software/usage-operation.ts';

type Paid = 'license-included' | 'byol';
type IncludedEdition = NonNullable<UsageOperation['sqlServer']>;

/** How a setup's Windows and SQL Server are paid for; `null`: it has none, or nobody knows. */
export interface Payment {
  readonly windows: Paid | null;
  readonly sqlServer: Paid | null;
  /** The edition of SQL Server that is paid for. */
  readonly edition: string | null;
}

export function paymentOf(setup: Setup): Payment {
  const operation = usageOperation(setup.usageOperation, '');
  const sql = paidSqlServer(setup);
  const included = operation?.sqlServer ?? null;
  return {
    windows: operation?.windows ?? null,
    sqlServer: included === null ? paidBy(sql?.licensing) : 'license-included',
    edition: included ?? sql?.edition ?? null,
  };
}

/** What nobody is known to pay for counts as brought. */
function paidBy(licensing: Licensing | undefined): Paid | null {
  return licensing === 'byol' || licensing === 'unknown' ? 'byol' : null;
}

/** The setup with Windows and SQL Server paid for like this; `null` where AWS sells no such thing. */
export function paidAs(
  setup: Setup,
  { windows, sqlServer, edition }: Payment,
  tenancy: Setup['tenancy'],
): Setup | null {
  const included = sqlServer === 'license-included' ? includedEdition(edition) : null;
  if (sqlServer === 'license-included' && included === null) return null;
  const code = operationWith(setup.usageOperation, { windows, sqlServer: included });
  if (code === null) return null;
  const paid = new Map([
    ['windows-server', windows],
    ['sql-server', sqlServer],
  ]);
  const products = setup.products.map((one) => {
    const licensing = one.licensing === 'free' ? null : (paid.get(one.product) ?? null);
    return licensing === null ? one : { ...one, licensing };
  });
  return { ...setup, tenancy, usageOperation: code, products };
}

function includedEdition(edition: string | null): IncludedEdition | null {
  return edition === 'enterprise' || edition === 'standard' || edition === 'web' ? edition : null;
}
