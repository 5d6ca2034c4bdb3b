import type { ProductId } from '#domain/licenses/product.ts';
import type { Machine } from '#domain/optimization/machine.ts';

/** A machine's hourly price when Windows Server, or SQL Server, is no longer in it. */
const WITHOUT: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  'windows-server': new Map([
    ['RunInstances:0002', 'RunInstances'],
    ['RunInstances:0800', 'RunInstances'],
    ['RunInstances:0006', 'RunInstances:0004'],
    ['RunInstances:0102', 'RunInstances:0100'],
    ['RunInstances:0202', 'RunInstances:0200'],
  ]),
  'sql-server': new Map([
    ['RunInstances:0006', 'RunInstances:0002'],
    ['RunInstances:0102', 'RunInstances:0002'],
    ['RunInstances:0202', 'RunInstances:0002'],
    ['RunInstances:0004', 'RunInstances'],
    ['RunInstances:0100', 'RunInstances'],
    ['RunInstances:0200', 'RunInstances'],
  ]),
};

/** A machine as it would be if the company gave up some products: what they cost is gone, nothing else. */
export function givingUp(machine: Machine, products: readonly ProductId[]): Machine {
  if (products.length === 0) return machine;
  const { setup, deployments } = machine;
  const usageOperation = products.reduce(
    (code, product) => WITHOUT[product]?.get(code) ?? code,
    setup.usageOperation,
  );
  const isKept = ({ product }: { readonly product: ProductId }) => !products.includes(product);
  return {
    ...machine,
    deployments: deployments.filter(isKept),
    setup: { ...setup, usageOperation, products: setup.products.filter(isKept) },
  };
}
