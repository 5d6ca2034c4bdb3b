import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { idle } from '#domain/optimization/kinds/idle.ts';
import { ACCOUNT, NOW, REGION } from '../../../builders.ts';
import {
  ALL_BROUGHT,
  aContext,
  aMachine,
  installed,
  LINUX,
  measured,
  proposed,
} from './machine-builders.ts';

const MONEY = { micros: 1_000_000, currency: 'USD' };
const SLEEPING = { utilization: measured(2.9) };

describe('idle', () => {
  it('stops what does nothing, as its owner says', () => {
    const machine = aMachine({ evidence: SLEEPING });

    expect(idle.changes(machine, machine.setup, aContext())).toMatchObject([
      {
        kind: 'idle',
        to: { ...machine.setup, running: false },
        gate: [],
        risk: 'medium',
        effort: 'decision',
        ownerMustValidate: true,
        evidence: [
          { measure: 'cpu-p995', value: 2.9, lookBackDays: 14, asOf: NOW },
          { measure: 'cpu-maximum', value: 2.9 },
          { measure: 'days-measured', value: 14, unit: 'day' },
        ],
      },
    ]);
  });

  it('risks less where it is not production', () => {
    const machine = aMachine({ evidence: SLEEPING, environment: 'non-production' });

    expect(idle.changes(machine, machine.setup, aContext())[0]?.risk).toBe('low');
  });

  it.each`
    changes                                                                              | why
    ${{ evidence: { utilization: measured(3) } }}                                        | ${'it does something'}
    ${{ evidence: { utilization: null } }}                                               | ${'nobody measured it'}
    ${{ evidence: { utilization: measured(1, 1, { days: 13 }) } }}                       | ${'too few days were measured'}
    ${{ evidence: { utilization: measured(1, 1, { asOf: later(NOW, -15 * DAY_MS) }) } }} | ${'the figures are old'}
    ${{ evidence: SLEEPING, products: installed('sql-server', { role: 'passive' }) }}    | ${'it stands by for another'}
  `('stops nothing where $why', ({ changes }) => {
    expect(proposed(idle, aMachine(changes))).toBeNull();
  });

  it('stops nothing twice', () => {
    const machine = aMachine({ evidence: SLEEPING });

    expect(idle.changes(machine, { ...machine.setup, running: false }, aContext())).toEqual([]);
  });

  it.each`
    action         | hub            | sources
    ${'terminate'} | ${'Stop'}      | ${['cost-explorer', 'cost-optimization-hub']}
    ${'modify'}    | ${'Delete'}    | ${['cost-optimization-hub']}
    ${'modify'}    | ${'Rightsize'} | ${[]}
  `('names where AWS says $action and $hub', ({ action, hub, sources }) => {
    const said = { instanceId: 'i-1', account: ACCOUNT, lookBackDays: 14, asOf: NOW };
    const machine = aMachine({
      evidence: {
        ...SLEEPING,
        rightsizing: { ...said, action, targets: [], monthlySavings: MONEY },
        hub: {
          ...said,
          region: REGION,
          resourceId: 'i-1',
          action: hub,
          recommended: null,
          monthlySavings: MONEY,
        },
      },
    });

    const [change] = idle.changes(machine, machine.setup, aContext());

    expect(change?.evidence.slice(3).map(({ source }) => source)).toEqual(sources);
  });
});

describe('idle, of machines that are stopped', () => {
  const ORACLE = [{ product: 'oracle-database' }] as const;
  const since = (days: number) => ({
    state: 'stopped' as const,
    stoppedAt: later(NOW, -days * DAY_MS),
    usageOperation: LINUX,
  });

  it('gives up what counts while it is only installed', () => {
    const machine = aMachine({ products: ORACLE, instance: since(20.5) });

    const [change] = idle.changes(machine, machine.setup, aContext());

    expect(change?.to).toEqual({ ...machine.setup, products: [] });
    expect(change).toMatchObject({ kind: 'idle', effort: 'decision', ownerMustValidate: true });
    expect(change?.evidence).toMatchObject([
      { source: 'instances', measure: 'stopped-days', value: 20, unit: 'day' },
      { source: 'position', measure: 'counted-while-stopped', value: 'oracle-database' },
    ]);
  });

  it('keeps what does not count', () => {
    const machine = aMachine({ products: ALL_BROUGHT, instance: since(20) });
    const requiredUnits = (_machine: unknown, _setup: unknown, product: string) =>
      product === 'sql-server' ? 16 : 0;

    expect(proposed(idle, machine, aContext({ requiredUnits }))?.products).toEqual([
      { product: 'windows-server', edition: 'datacenter', licensing: 'byol' },
    ]);
  });

  it.each`
    instance                             | products     | units   | why
    ${since(13)}                         | ${ORACLE}    | ${4}    | ${'it was stopped lately'}
    ${{ ...since(20), stoppedAt: null }} | ${ORACLE}    | ${4}    | ${'nobody knows since when it is stopped'}
    ${since(20)}                         | ${ORACLE}    | ${0}    | ${'stopped machines do not count'}
    ${since(20)}                         | ${ORACLE}    | ${null} | ${'nobody knows whether they count'}
    ${since(20)}                         | ${undefined} | ${4}    | ${'the hourly price has the licenses'}
  `('proposes nothing where $why', ({ instance, products, units }) => {
    const machine = aMachine({ instance, products });

    expect(proposed(idle, machine, aContext({ requiredUnits: () => units }))).toBeNull();
  });

  it('says nothing of a setup in which it would run', () => {
    const machine = aMachine({ products: ORACLE, instance: since(20) });

    expect(idle.changes(machine, { ...machine.setup, running: true }, aContext())).toEqual([]);
  });
});
