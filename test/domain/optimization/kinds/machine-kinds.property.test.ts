import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, KindContext, MachineKind } from '#domain/optimization/kind.ts';
import { byolToIncluded } from '#domain/optimization/kinds/byol-to-included.ts';
import { changeFamily } from '#domain/optimization/kinds/change-family.ts';
import { cpuOptionsLost } from '#domain/optimization/kinds/cpu-options-lost.ts';
import { developerEdition } from '#domain/optimization/kinds/developer-edition.ts';
import { downgradeEdition } from '#domain/optimization/kinds/downgrade-edition.ts';
import { idle } from '#domain/optimization/kinds/idle.ts';
import { includedOnHost } from '#domain/optimization/kinds/included-on-host.ts';
import { includedToByol } from '#domain/optimization/kinds/included-to-byol.ts';
import { optimizeCpus, validCpuOptions } from '#domain/optimization/kinds/optimize-cpus.ts';
import { rightsize } from '#domain/optimization/kinds/rightsize.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';
import { ACCOUNT, aHost, anImage, aShard, aTemplate } from '../../../builders.ts';
import { underTerms } from '../../vendors/deployed.ts';
import {
  ALL_BROUGHT,
  aContext,
  advised,
  aLicenseFinding,
  aMachine,
  BYOL_WINDOWS,
  installed,
  LI_ENTERPRISE,
  LI_WINDOWS,
  LINUX,
  measured,
  SQL_BROUGHT,
  SQL_IN_PRICE,
  TYPES,
  typeNamed,
} from './machine-builders.ts';

const FEWER = { coreCount: 1, threadsPerCore: 1 };
const TAGS = { 'aws:ec2launchtemplate:id': 'lt-1', 'aws:ec2launchtemplate:version': '1' };
const TEMPLATE = aTemplate({ launchTemplateId: 'lt-1', version: 1, cpuOptions: FEWER });

const KINDS: readonly MachineKind[] = [
  optimizeCpus,
  rightsize,
  changeFamily,
  downgradeEdition,
  developerEdition,
  includedToByol,
  byolToIncluded,
  includedOnHost,
  idle,
  cpuOptionsLost([aShard({ launchTemplates: [TEMPLATE] })]),
];

const SOFTWARE = [
  { products: SQL_IN_PRICE, usageOperation: LI_ENTERPRISE },
  { products: SQL_BROUGHT, usageOperation: LI_WINDOWS },
  { products: ALL_BROUGHT, usageOperation: BYOL_WINDOWS },
  { products: installed('sql-server', { version: '2025' }), usageOperation: 'RunInstances:0100' },
  { products: [{ product: 'oracle-database' }], usageOperation: LINUX },
  { products: [{ product: 'windows-server' }], usageOperation: 'nobody knows' },
];

const sizes = [...TYPES.keys()].filter((name) => !name.endsWith('.metal'));
const percent = fc.double({ min: 0, max: 130, noNaN: true });

const machines: fc.Arbitrary<Machine> = fc
  .record({
    instanceType: fc.constantFrom(...sizes),
    software: fc.constantFrom(...SOFTWARE),
    tenancy: fc.constantFrom('default', 'dedicated', 'host'),
    state: fc.constantFrom('running', 'running', 'running', 'stopped'),
    options: fc.nat(),
    cpu: percent,
    memory: fc.option(percent),
    advice: fc.option(fc.constantFrom(...sizes)),
    tags: fc.constantFrom({}, TAGS),
    image: fc.constantFrom(null, anImage({ owner: ACCOUNT }), anImage({ owner: 'amazon' })),
    environment: fc.constantFrom('production', 'non-production', null),
  })
  .map(
    ({ instanceType, software, tenancy, state, options, cpu, memory, advice, tags, ...rest }) => {
      const valid = [null, null, ...validCpuOptions(typeNamed(instanceType))];
      const cpuOptions = valid[options % valid.length] ?? null;
      const { products, usageOperation: operation } = software;
      return aMachine({
        ...rest,
        products,
        instance: { instanceType, cpuOptions, tenancy, state, tags, usageOperation: operation },
        host: tenancy === 'host' ? aHost() : null,
        evidence: {
          utilization: measured(cpu, memory),
          compute: advice === null ? null : advised(advice),
          license: aLicenseFinding(),
        },
      });
    },
  );

const contexts: fc.Arbitrary<KindContext> = fc
  .record({
    softwareAssurance: fc.constantFrom(true, false, null),
    purchasedOn: fc.constantFrom('2019-01-01', '2023-01-01', null),
    subscription: fc.constantFrom(false, true, null),
    honors: fc.boolean(),
    priced: fc.boolean(),
  })
  .map(({ honors, priced, ...rights }) =>
    aContext({
      priced,
      terms: underTerms({ ...rights, switches: { oracleHonorsCpuOptions: honors } }),
    }),
  );

/** Three changes on top of each other, each picked by a number among all that there are. */
function chain(machine: Machine, context: KindContext, picks: readonly number[]) {
  const steps: { readonly from: Setup; readonly change: Change }[] = [];
  let setup = machine.setup;
  for (const pick of picks) {
    const changes = KINDS.flatMap((kind) => kind.changes(machine, setup, context));
    const change = changes[pick % Math.max(1, changes.length)];
    if (change === undefined) break;
    steps.push({ from: setup, change });
    setup = change.to;
  }
  return steps;
}

/** In threads of a core with two, the most that was used and the least that there is: reckoned anew. */
function threads({ instanceType, cpuOptions }: Setup, worth: number): number {
  const type = typeNamed(instanceType);
  const cores = cpuOptions?.coreCount ?? type.defaultCores;
  const perCore = cpuOptions?.threadsPerCore ?? type.defaultThreadsPerCore;
  return perCore === 2 ? cores * 2 : cores * worth;
}

function threadsOf({ instanceType, cpuOptions }: Setup): number {
  return cpuOptions?.threadsPerCore ?? typeNamed(instanceType).defaultThreadsPerCore;
}

function isSameSize(one: Setup, other: Setup): boolean {
  return one.instanceType === other.instanceType && one.cpuOptions === other.cpuOptions;
}

function each(check: (machine: Machine, from: Setup, change: Change) => void): void {
  let changes = 0;
  fc.assert(
    fc.property(
      machines,
      contexts,
      fc.tuple(fc.nat(), fc.nat(), fc.nat()),
      (machine, context, picks) => {
        for (const { from, change } of chain(machine, context, picks)) {
          changes += 1;
          check(machine, from, change);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(changes).toBeGreaterThan(100);
}

describe('kinds of recommendations about one machine, on top of each other', () => {
  it('never have less memory than the load needs', () => {
    each((machine, _from, { to }) => {
      const used = machine.evidence.utilization?.memory?.p995 ?? 100;
      const needed = machine.type.memoryMib * Math.min(1, (used / 100) * 1.2);

      expect(typeNamed(to.instanceType).memoryMib).toBeGreaterThanOrEqual(needed - 1e-6);
    });
  });

  it('never have fewer vCPUs than the load needs', () => {
    each((machine, from, { to }) => {
      if (isSameSize(from, to)) return;
      const used = (machine.evidence.utilization?.cpu.p995 ?? 0) / 70;
      const [measuredOn, target] = [threadsOf(machine.setup), threadsOf(to)];
      const apart = measuredOn === 1 ? 1.6 : 1.3;
      const worth = measuredOn === target ? 1 : apart;

      expect(threads(to, worth)).toBeGreaterThanOrEqual(
        threads(machine.setup, worth) * Math.min(1, used) - 1e-6,
      );
    });
  });

  it('never set CPU options that the type does not take', () => {
    each((_machine, _from, { to }) => {
      if (to.cpuOptions === null) return;

      expect(validCpuOptions(typeNamed(to.instanceType))).toContainEqual(to.cpuOptions);
    });
  });

  it('never put anything where it may not run', () => {
    each((_machine, from, { to }) => {
      const [before, after] = [from, to].map((setup) => misplaced(setup));

      expect(before || !after).toBe(true);
    });
  });

  it('never go to bare metal, another processor, or a burstable type with a database', () => {
    each((machine, from, { to }) => {
      if (to.instanceType === from.instanceType) return;
      const type = typeNamed(to.instanceType);

      expect(type.bareMetal).toBe(false);
      expect(type.architectures).toEqual(
        machine.image === null ? machine.type.architectures : ['x86_64'],
      );
      if (
        to.products.some(
          ({ product, licensing }) => product !== 'windows-server' && licensing !== 'free',
        )
      ) {
        expect(to.instanceType).not.toMatch(/^t\d|-flex/);
      }
    });
  });

  it('never bring what is known to be barred, and say only figures', () => {
    each((_machine, _from, { gate, evidence }) => {
      expect(gate.filter(({ holds }) => holds === false)).toEqual([]);
      for (const { value } of evidence) expect(value).not.toBeNaN();
    });
  });
});

/** SQL Server in the price on a host, or Windows of one's own off it. */
function misplaced({ usageOperation: code, tenancy }: Setup): boolean {
  const operation = usageOperation(code, '');
  return tenancy === 'host'
    ? operation !== null && operation.sqlServer !== null
    : operation?.windows === 'byol';
}
