import { describe, expect, it } from 'vitest';
import type { EstateRights } from '#domain/optimization/estate-rights.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { reversed, stepsOf, type Transition } from '#domain/optimization/steps.ts';
import {
  ALL_BROUGHT,
  aMachine,
  BYOL_WINDOWS,
  LI_ENTERPRISE,
  LI_STANDARD,
  LI_WINDOWS,
} from './kinds/machine-builders.ts';

const machine = aMachine({ products: ALL_BROUGHT, instance: { usageOperation: BYOL_WINDOWS } });

/** Each product and edition has a configuration of its own. */
const rights: Pick<EstateRights, 'configurationsFor'> = {
  configurationsFor: (_machine, product, edition) => [`arn:${product}/${edition}`],
};

function steps(to: Partial<Setup>, changes: Partial<Transition> = {}, from = machine.setup) {
  const transition = { machine, from, to: { ...from, ...to }, fromHost: null, toHost: null };
  return stepsOf({ ...transition, ...changes }, rights);
}

const products = (edition: string, licensing: 'byol' | 'license-included' = 'byol') =>
  machine.setup.products.map((one) =>
    one.product === 'sql-server' ? { ...one, edition, licensing } : one,
  );

describe('stepsOf', () => {
  it('stops what is to be stopped, and starts it again on the way back', () => {
    expect(steps({ running: false })).toMatchObject([{ do: 'stop' }]);
    const there = { machine, from: machine.setup, to: { ...machine.setup, running: false } };
    const back = stepsOf(reversed({ ...there, fromHost: null, toHost: null }), rights);
    expect(back).toMatchObject([{ do: 'start', instanceId: machine.instance.instanceId }]);
  });

  it('changes type and CPU options at once', () => {
    const cpuOptions = { coreCount: 2, threadsPerCore: 2 };
    expect(steps({ instanceType: 'r6i.2xlarge', cpuOptions })).toMatchObject([
      { do: 'resize', instanceType: 'r6i.2xlarge', cpuOptions },
    ]);
  });

  it('moves to a host and off it', () => {
    expect(steps({ tenancy: 'host' }, { toHost: 'h-1' })).toMatchObject([
      { do: 'move', tenancy: 'host', hostId: 'h-1' },
    ]);
    const onHost = { ...machine.setup, tenancy: 'host' as const };
    const off = steps({ tenancy: 'default' }, { fromHost: 'h-1' }, onHost);
    expect(off).toMatchObject([{ do: 'move', tenancy: 'default', hostId: null }]);
  });

  it('leaves another edition to people, and moves its licenses', () => {
    expect(steps({ products: products('standard') })).toMatchObject([
      { do: 'by-hand', task: 'change-edition', to: 'sql-server/standard' },
      {
        do: 'associate',
        add: ['arn:sql-server/standard'],
        remove: ['arn:sql-server/enterprise'],
      },
    ]);
  });

  it('has a product that is given up uninstalled', () => {
    const without = machine.setup.products.filter(({ product }) => product !== 'sql-server');
    expect(steps({ products: without })).toMatchObject([
      { do: 'by-hand', task: 'uninstall-product', to: 'sql-server' },
      { do: 'associate', add: [], remove: ['arn:sql-server/enterprise'] },
    ]);
  });

  it('takes licenses into the price by a conversion', () => {
    const to = { usageOperation: LI_WINDOWS };
    expect(steps(to)).toMatchObject([{ do: 'convert', from: BYOL_WINDOWS, to: LI_WINDOWS }]);
  });

  it('does not convert between two editions in the price, which AWS does not', () => {
    const from = { ...machine.setup, usageOperation: LI_ENTERPRISE };
    const to = { usageOperation: LI_STANDARD, products: products('standard', 'license-included') };
    expect(steps(to, {}, from).map((step) => step.do)).not.toContain('convert');
  });

  it('names an edition that is not known as none', () => {
    const unknown = machine.setup.products.map((one) => ({ ...one, edition: null }));
    expect(steps({ products: unknown })).toContainEqual(
      expect.objectContaining({ task: 'change-edition', to: 'sql-server/' }),
    );
  });

  it('has nothing to do where nothing changes', () => {
    expect(steps({})).toEqual([]);
  });
});
