import { describe, expect, it } from 'vitest';
import {
  activeVcpus,
  deploymentsIn,
  isSameSetup,
  setupKey,
  setupOf,
} from '#domain/optimization/setup.ts';
import { anInstance } from '../../builders.ts';
import { aMachine, BYOL_WINDOWS, TYPES } from './kinds/machine-builders.ts';

describe('setupOf', () => {
  it('says how an instance runs, with each product once', () => {
    const { deployments } = aMachine();
    const setup = setupOf(anInstance({ state: 'running' }), [...deployments, ...deployments]);
    expect(setup.running).toBe(true);
    expect(setup.products.map(({ product }) => product)).toEqual(['windows-server', 'sql-server']);
  });

  it.each([
    ['pending', true],
    ['running', true],
    ['stopped', false],
    ['stopping', false],
  ] as const)('%s counts as running: %s', (state, running) => {
    expect(setupOf(anInstance({ state }), []).running).toBe(running);
  });
});

describe('activeVcpus', () => {
  it('is what CPU options leave on, else the default of the type, else not known', () => {
    const size = { instanceType: 'r6i.4xlarge', cpuOptions: { coreCount: 3, threadsPerCore: 1 } };
    expect(activeVcpus(size, TYPES)).toBe(3);
    expect(activeVcpus({ ...size, cpuOptions: null }, TYPES)).toBe(16);
    expect(activeVcpus({ instanceType: 'x9.huge', cpuOptions: null }, TYPES)).toBeNull();
  });
});

describe('deploymentsIn', () => {
  const machine = aMachine();
  const host = { id: 'h-1', sockets: 2, cores: 64 };

  it('puts the software on the machine of the setup', () => {
    const setup = { ...machine.setup, instanceType: 'r6i.2xlarge', tenancy: 'host' as const };
    const [windows] = deploymentsIn(machine, setup, TYPES, host);
    expect(windows?.on.compute).toMatchObject({
      placement: 'dedicated-host',
      activeVcpus: 8,
      host,
    });
  });

  it('takes editions, payment and whether it runs from the setup, and leaves out what it gives up', () => {
    const products = [{ product: 'sql-server', edition: 'standard', licensing: 'byol' as const }];
    const found = deploymentsIn(
      machine,
      { ...machine.setup, running: false, products },
      TYPES,
      null,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      product: 'sql-server',
      edition: 'standard',
      licensing: 'byol',
      on: { running: false },
    });
  });
});

describe('setupKey', () => {
  const { setup } = aMachine();

  it('takes CPU options that say the default for none', () => {
    const said = { ...setup, cpuOptions: { coreCount: 8, threadsPerCore: 2 } };
    expect(isSameSetup(setup, said, TYPES)).toBe(true);
  });

  it('does not mind the order of products', () => {
    const turned = { ...setup, products: setup.products.toReversed() };
    expect(setupKey(turned, TYPES)).toBe(setupKey(setup, TYPES));
  });

  it.each([
    { running: false },
    { instanceType: 'r6i.2xlarge' },
    { cpuOptions: { coreCount: 2, threadsPerCore: 2 } },
    { tenancy: 'host' as const },
    { usageOperation: BYOL_WINDOWS },
    { products: [] },
  ])('tells %o apart', (changes) => {
    expect(isSameSetup(setup, { ...setup, ...changes }, TYPES)).toBe(false);
  });

  it('is a text for a type that nobody described', () => {
    expect(setupKey({ ...setup, instanceType: 'x9.huge' }, TYPES)).toContain('x9.huge');
  });
});
