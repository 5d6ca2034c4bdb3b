import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { later, MINUTE_MS } from '#domain/instant.ts';
import { targetOf } from '#domain/optimization/follow/step-order.ts';
import {
  type MachineFacts,
  MaintenanceSettings,
  UNKNOWN_MACHINE,
} from '#domain/optimization/migration/maintenance-settings.ts';
import {
  type MigrationPlan,
  type MigrationQuestion,
  migrationPlan,
} from '#domain/optimization/migration/migration-plan.ts';
import type { Recommendation, Step } from '#domain/optimization/recommendation.ts';
import { NOW } from '../../../builders.ts';
import {
  aRecommendation,
  aSetup,
  HOST,
  MACHINE,
  OTHER_MACHINE,
  steps,
} from '../follow/builders.ts';

const THIRD = 'i-0000000000000000c';

function question(
  machines: Readonly<Record<string, Partial<MachineFacts>>> = {},
  windows: object = {},
  changes: Partial<MigrationQuestion> = {},
): MigrationQuestion {
  return {
    now: NOW,
    windows: MaintenanceSettings.parse(windows),
    by: null,
    machines: new Map(
      Object.entries(machines).map(([id, facts]) => [id, { ...UNKNOWN_MACHINE, ...facts }]),
    ),
    ...changes,
  };
}

function planned(
  recommendations: readonly Recommendation[],
  asked: MigrationQuestion = question(),
): MigrationPlan {
  const migration = migrationPlan(recommendations, asked);
  if (migration.kind !== 'planned') throw new Error(JSON.stringify(migration));
  return migration.plan;
}

/** What is done in each batch, and to what. */
function done({ batches }: MigrationPlan): readonly (readonly string[])[] {
  return batches.map((batch) => batch.steps.map(({ step }) => `${step.do} ${targetOf(step)}`));
}

/** A recommendation of these steps. */
function of(digit: number, own: readonly Step[], changes: Partial<Recommendation> = {}) {
  const machines = own.flatMap((step) => ('instanceId' in step ? step.instanceId : []));
  const subjects = [...new Set(machines)].map(
    (id) => ({ kind: 'instance', id, name: null }) as const,
  );
  return aRecommendation({
    id: `rec-000000000${digit}`,
    steps: own,
    rollback: [],
    ...(subjects.length === 0 ? {} : { subjects }),
    ...changes,
  });
}

describe('a plan', () => {
  const zone = of(
    1,
    [
      steps.allocate('new-host-1'),
      steps.resize('r6i.xlarge', MACHINE),
      steps.move('new-host-1', MACHINE),
      steps.move('new-host-1', OTHER_MACHINE),
      steps.release(HOST),
    ],
    {
      rollback: [
        steps.allocate(HOST),
        steps.move(HOST, OTHER_MACHINE),
        steps.move(HOST, MACHINE),
        steps.resize('r6i.2xlarge', MACHINE),
        steps.release('new-host-1'),
      ],
    },
  );

  it('allocates hosts before anything moves to them, and gives hosts back last', () => {
    expect(done(planned([zone]))).toEqual([
      ['allocate-host new-host-1'],
      [`resize ${MACHINE}`, `move ${MACHINE}`, `move ${OTHER_MACHINE}`],
      [`release-host ${HOST}`],
    ]);
  });

  it('says what each batch waits for, how it is undone, and what must be seen', () => {
    const { batches } = planned([zone]);

    expect(batches.map(({ after }) => after)).toEqual([[], [1], [1, 2]]);
    expect(
      batches.map(({ rollback }) => rollback.map(({ step }) => `${step.do} ${targetOf(step)}`)),
    ).toEqual([
      ['release-host new-host-1'],
      [`move ${MACHINE}`, `resize ${MACHINE}`, `move ${OTHER_MACHINE}`],
      [`allocate-host ${HOST}`],
    ]);
    expect(batches[2]?.steps[0]).toMatchObject({
      before: [{ see: 'instances-on-host', of: HOST, is: '0' }],
      after: [{ see: 'host-state', of: HOST, is: 'released' }],
    });
  });

  it('puts a machine that stands still once into one batch, whatever is recommended for it', () => {
    const moved = of(2, [steps.convert()]);

    expect(done(planned([of(1, [steps.resize()]), moved]))).toEqual([
      [`resize ${MACHINE}`, `convert ${MACHINE}`],
    ]);
  });

  it('takes changes that build on each other in their order', () => {
    const [one, two, three] = ['2xlarge', 'xlarge', 'large'].map((size) =>
      aSetup({ instanceType: `r6i.${size}` }),
    );
    const plan = { atMostBetter: { micros: 0, currency: 'USD' } };
    const change = (from = aSetup(), to = aSetup()) => ({ change: { from, to }, ...plan });
    const last = of(1, [steps.resize('r6i.large')], change(two, three));
    const first = of(2, [steps.resize('r6i.xlarge')], change(one, two));
    const other = of(3, [steps.resize('r6i.large', OTHER_MACHINE)], change(two, three));
    const { batches } = planned([last, other, first]);

    expect(batches[0]?.steps.map(({ recommendationId }) => recommendationId)).toEqual([
      first.id,
      last.id,
      other.id,
    ]);
  });

  it('comes to an end where changes build on each other in a circle', () => {
    const [one, two] = [aSetup(), aSetup({ instanceType: 'r6i.xlarge' })];
    const plan = { atMostBetter: { micros: 0, currency: 'USD' } };
    const forth = of(1, [steps.resize('r6i.xlarge')], { change: { from: one, to: two }, ...plan });
    const back = of(2, [steps.resize('r6i.2xlarge')], { change: { from: two, to: one }, ...plan });

    expect(planned([forth, back]).batches[0]?.steps).toHaveLength(2);
  });

  it('counts a recommendation once', () => {
    const one = of(1, [steps.release()]);

    expect(done(planned([one, one]))).toEqual([[`release-host ${HOST}`]]);
  });

  it('is empty without recommendations', () => {
    expect(planned([])).toEqual({ by: null, batches: [], unreadable: [] });
  });
});

describe('batches', () => {
  const three = of(
    1,
    [MACHINE, OTHER_MACHINE, THIRD].map((id) => steps.resize('r6i.xlarge', id)),
  );

  it('have so many machines at most', () => {
    const plan = planned([three], question({}, { machinesPerBatch: 2 }));

    expect(plan.batches.map(({ machines }) => machines)).toEqual([
      [MACHINE, OTHER_MACHINE],
      [THIRD],
    ]);
  });

  it('take what is not production first', () => {
    const machines = {
      [MACHINE]: { environment: 'production' as const },
      [THIRD]: { environment: 'non-production' as const },
    };

    expect(planned([three], question(machines)).batches.map((batch) => batch.machines)).toEqual([
      [THIRD],
      [MACHINE, OTHER_MACHINE],
    ]);
  });

  it('take standbys before their primary, also where the primary is not production', () => {
    const machines = {
      [MACHINE]: { haGroup: 'erp', role: 'primary', environment: 'non-production' },
      [OTHER_MACHINE]: { haGroup: 'erp', role: 'passive', environment: 'production' },
      [THIRD]: { haGroup: 'erp', role: 'readable', environment: 'production' },
    } as const;

    expect(planned([three], question(machines)).batches.map((batch) => batch.machines)).toEqual([
      [OTHER_MACHINE],
      [THIRD],
      [MACHINE],
    ]);
  });

  it('take machines of one role by their ids', () => {
    const machines = {
      [MACHINE]: { haGroup: 'erp' },
      [OTHER_MACHINE]: { haGroup: 'erp' },
      [THIRD]: { haGroup: 'erp' },
    };
    const own = [OTHER_MACHINE, THIRD, MACHINE].map((id) => steps.resize('r6i.xlarge', id));
    const { batches } = planned([of(1, own)], question(machines));

    expect(batches.map((batch) => batch.machines)).toEqual([[MACHINE], [OTHER_MACHINE], [THIRD]]);
  });

  it('wait for what people do first', () => {
    const own = [steps.edition(), steps.resize('r6i.xlarge', OTHER_MACHINE)];
    const plan = planned([of(1, own, { ownerMustValidate: true })]);

    expect(done(plan)).toEqual([[`by-hand ${MACHINE}`], [`resize ${OTHER_MACHINE}`]]);
    expect(done(planned([of(1, own)]))).toHaveLength(1);
  });

  it('have one set of windows each', () => {
    const machines = { [THIRD]: { maintenance: 'sat 22:00-04:00 UTC' } };

    expect(planned([three], question(machines)).batches.map((batch) => batch.machines)).toEqual([
      [MACHINE, OTHER_MACHINE],
      [THIRD],
    ]);
  });

  it('never have two machines of one group, and never a step before those that it waits for', () => {
    const ids = Array.from({ length: 8 }, (_, index) => `i-${String(index).padStart(17, '0')}`);
    const facts = fc.record({
      environment: fc.constantFrom('production', 'non-production', null),
      haGroup: fc.constantFrom('a', 'b', null),
      role: fc.constantFrom('primary', 'passive', 'readable', null),
      maintenance: fc.constantFrom(null, 'sat 22:00-04:00 UTC', 'soon'),
      running: fc.boolean(),
    });
    const all = fc.tuple(...ids.map(() => facts));
    const subset = fc.subarray(ids, { minLength: 1 });
    fc.assert(
      fc.property(all, subset, fc.integer({ min: 1, max: 4 }), (each, chosen, machinesPerBatch) => {
        const own = [
          steps.allocate(),
          ...chosen.map((id) => steps.move('new-host-1', id)),
          steps.release(),
        ];
        const machines = Object.fromEntries(ids.flatMap((id, index) => [[id, each[index] ?? {}]]));
        const plan = planned([of(1, own)], question(machines, { machinesPerBatch }));
        expect(plan.batches.flatMap((batch) => batch.machines).toSorted()).toEqual(
          [...chosen].toSorted(),
        );
        for (const batch of plan.batches) {
          expect(batch.machines.length).toBeLessThanOrEqual(machinesPerBatch);
          expect(batch.after.every((earlier) => earlier < batch.number)).toBe(true);
        }
        expectApart(plan, machines);
      }),
    );
  });
});

/** No two of one group in one batch, and no standby after its primary. */
function expectApart(
  { batches }: MigrationPlan,
  machines: Readonly<Record<string, Partial<MachineFacts>>>,
): void {
  const over = new Set<string>();
  for (const batch of batches) {
    const facts = batch.machines.map((id) => machines[id] ?? {});
    const groups = facts.flatMap(({ haGroup }) => haGroup ?? []);
    expect(new Set(groups).size).toBe(groups.length);
    const standbys = facts.filter(({ role }) => role === 'passive');
    expect(standbys.some(({ haGroup }) => over.has(haGroup ?? ''))).toBe(false);
    for (const { role, haGroup } of facts) if (role === 'primary') over.add(haGroup ?? 'none');
  }
}

describe('the times of batches', () => {
  const resize = of(1, [steps.resize()]);
  const window = { production: ['sat 22:00-04:00 Europe/Berlin'] };

  it('follow each other where nothing has to wait for a window', () => {
    const two = of(1, [
      steps.resize(),
      steps.start(),
      steps.resize('r6i.xlarge', OTHER_MACHINE),
      steps.release(),
    ]);
    const { batches } = planned([two]);

    expect(batches.map(({ minutes, startsAt, endsAt }) => [minutes, startsAt, endsAt])).toEqual([
      [30, NOW, later(NOW, 30 * MINUTE_MS)],
      [5, later(NOW, 30 * MINUTE_MS), later(NOW, 35 * MINUTE_MS)],
    ]);
  });

  it('are within a window from its first minute on', () => {
    expect(planned([resize], question({}, window)).batches[0]?.startsAt).toEqual(
      new Date('2026-11-28T21:00:00Z'),
    );
  });

  it('are at once, where the window is open and long enough', () => {
    const now = new Date('2026-11-28T22:30:00Z');

    expect(planned([resize], question({}, window, { now })).batches[0]?.startsAt).toEqual(now);
  });

  it('are in the next one, where it is too late', () => {
    const now = new Date('2026-11-29T02:50:00Z');

    expect(planned([resize], question({}, window, { now })).batches[0]?.startsAt).toEqual(
      new Date('2026-12-05T21:00:00Z'),
    );
  });

  it('do not wait for windows where nothing stands still', () => {
    const associated = of(1, [steps.associate(['arn'])]);

    expect(planned([associated], question({}, window)).batches[0]?.startsAt).toEqual(NOW);
  });

  it('share a window, one after the other', () => {
    const asked = question({}, { ...window, machinesPerBatch: 1 });
    const two = of(1, [steps.resize(), steps.resize('r6i.xlarge', OTHER_MACHINE)]);
    const from = new Date('2026-11-28T21:00:00Z');

    expect(planned([two], asked).batches.map(({ startsAt }) => startsAt)).toEqual([
      from,
      later(from, 20 * MINUTE_MS),
    ]);
  });

  it('are none where no window is long enough, and nothing that waits for it has one', () => {
    const converts = of(1, [steps.convert(), steps.release()]);
    const asked = question({}, { production: ['sat 22:00-22:30 UTC'] }, { by: '2027-01-01' });

    expect(
      planned([converts], asked).batches.map(({ startsAt, endsAt, fits }) => [
        startsAt,
        endsAt,
        fits,
      ]),
    ).toEqual([
      [null, null, 'never'],
      [null, null, 'never'],
    ]);
  });

  it('are none where a tag cannot be read, which is said once', () => {
    const own = [steps.resize(), steps.resize('r6i.xlarge', OTHER_MACHINE)];
    const machines = {
      [MACHINE]: { maintenance: 'soon' },
      [OTHER_MACHINE]: { maintenance: 'soon' },
    };
    const plan = planned([of(1, own), of(2, [steps.stop(THIRD)])], question(machines));

    expect(plan.batches.map(({ fits }) => fits)).toEqual(['in-time', 'never']);
    expect(plan.unreadable).toEqual([
      { where: MACHINE, text: 'soon' },
      { where: OTHER_MACHINE, text: 'soon' },
    ]);
    const both = planned([of(1, own)], question({}, { production: ['soon'], machinesPerBatch: 1 }));
    expect(both.unreadable).toEqual([{ where: 'production', text: 'soon' }]);
  });

  it.each([
    ['2026-11-27', 'late'],
    ['2026-11-28', 'in-time'],
  ])('by %s are %s', (by, fits) => {
    const now = later(NOW, 1);

    expect(planned([resize], question({}, window, { by, now })).batches[0]?.fits).toBe(fits);
  });
});

describe('recommendations that exclude each other', () => {
  const plan = { atMostBetter: { micros: 0, currency: 'USD' } };

  it.each<[string, readonly Step[], readonly Step[], string]>([
    ['two sizes', [steps.resize('r6i.large')], [steps.resize('r6i.xlarge')], MACHINE],
    ['two hosts', [steps.move(HOST)], [steps.move('h-0000000000000000b')], MACHINE],
    ['stopped and started', [steps.stop()], [steps.start()], MACHINE],
    [
      'two ways to pay',
      [steps.convert('RunInstances:0002')],
      [steps.convert('RunInstances:0006')],
      MACHINE,
    ],
    ['two editions', [steps.edition()], [steps.edition(MACHINE, 'sql-server/developer')], MACHINE],
    ['a host filled and given back', [steps.move(HOST)], [steps.release(HOST)], HOST],
    ['a host given back twice', [steps.release(HOST)], [steps.release(HOST)], HOST],
  ])('are refused by their ids: %s', (_what, one, other, on) => {
    const [first, second] = [of(1, one), of(2, other)];

    expect(migrationPlan([first, second], question())).toEqual({
      kind: 'excluded',
      exclusions: [{ ids: [first.id, second.id], on }],
    });
  });

  it.each<[string, readonly Step[], readonly Step[]]>([
    ['the same size', [steps.resize()], [steps.resize()]],
    ['a size and a host', [steps.resize()], [steps.move(null)]],
    ['two machines', [steps.stop()], [steps.start(OTHER_MACHINE)]],
    ['two license configurations', [steps.associate(['a'])], [steps.associate(['b'], ['c'])]],
    ['new hosts of the same name', [steps.allocate()], [steps.allocate()]],
  ])('are not those that go together: %s', (_what, one, other) => {
    expect(migrationPlan([of(1, one), of(2, other)], question()).kind).toBe('planned');
  });

  it('are never those of one plan, and always those of two', () => {
    const [one, other] = [of(1, [steps.resize('r6i.large')], plan), of(2, [steps.resize()], plan)];

    expect(migrationPlan([one, other], question()).kind).toBe('planned');
    expect(migrationPlan([one, { ...other, asOf: later(NOW, 1) }], question()).kind).toBe(
      'excluded',
    );
    expect(migrationPlan([one, { ...other, atMostBetter: null }], question()).kind).toBe(
      'excluded',
    );
  });

  it('are refused also where they wait for each other', () => {
    const machines = {
      [MACHINE]: { haGroup: 'erp', role: 'primary' },
      [OTHER_MACHINE]: { haGroup: 'erp', role: 'passive' },
    } as const;
    const own = [steps.edition(MACHINE), steps.resize('r6i.xlarge', OTHER_MACHINE)];
    const owned = of(1, own, { ownerMustValidate: true });

    expect(migrationPlan([owned], question(machines))).toEqual({
      kind: 'circular',
      ids: [owned.id],
    });
  });
});
