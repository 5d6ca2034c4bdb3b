import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { consolidationWorkers } from '#adapters/highs/consolidation-workers.ts';
import { WORKER_ENTRY } from '#adapters/highs/worker-entry.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import { DEFAULT_OPTIMIZATION } from '#domain/optimization/optimization-settings.ts';
import { RecommendationKind } from '#domain/optimization/recommendation.ts';
import { Scenario } from '#domain/optimization/scenario.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import type { ConsolidationLimits } from '#ports/consolidator.ts';
import { optimizeEstate } from '#usecases/optimize-estate.ts';
import { fileInput } from '../../cli/estate-input.ts';
import { estateFrom } from '../../cli/estate-option.ts';
import { sha256 } from '../builders.ts';
import { runCli } from '../cli/run-cli.ts';
import { carriedOut } from './carried-out.ts';
import { licensesSaved, listedCost } from './listed-costs.ts';
import { openSandbox } from './sandbox-client.ts';

const input = await collected();
const consolidator = consolidationWorkers({ entry: WORKER_ENTRY });

/** Whatever is found by then has to add up. */
const SOON = { seconds: 5, relativeGap: 0.005 };
/** Good enough to show everything that there is to do. */
const THOROUGH = { seconds: 60, relativeGap: 0.005 };
const MOST_MS = 240_000;

/** The default company as the real adapters read it. */
async function collected(): Promise<PositionInput> {
  const { sandbox } = await openSandbox();
  const folder = await mkdtemp(join(tmpdir(), 'optimize-'));
  afterAll(() => Promise.all([sandbox.close(), rm(folder, { recursive: true })]));
  const path = join(folder, 'estate.json');
  const run = await runCli(['position', '--save-estate', path], {
    AWS_ENDPOINT_URL: sandbox.awsUrl,
  });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  return fileInput(await estateFrom(path));
}

function answer(
  scenario: Readonly<Record<string, unknown>>,
  limits: ConsolidationLimits,
): Promise<OptimizationResult> {
  return optimizeEstate(
    { consolidator, sha256 },
    { input, settings: DEFAULT_OPTIMIZATION, scenario: Scenario.parse(scenario), limits },
  );
}

function kindsIn({ plan, beside }: OptimizationResult): ReadonlySet<RecommendationKind> {
  return new Set([...plan, ...beside].map(({ kind }) => kind));
}

describe('the default estate', () => {
  it(
    'shows every kind of recommendation',
    async () => {
      const found = kindsIn(await answer({}, THOROUGH));
      // New hosts save more than filling those that are there, and another family is a better size too:
      // these two appear where people want neither.
      const modest = { goal: 'least-change', without: ['change-family'] };
      const others = kindsIn(await answer(modest, THOROUGH));
      const missing = RecommendationKind.options.filter((kind) => !found.has(kind));

      expect(missing.filter((kind) => !others.has(kind))).toEqual([]);
      expect(['refill-host', 'rightsize']).toEqual(expect.arrayContaining(missing));
    },
    MOST_MS,
  );

  it.each([
    {},
    { goal: 'fewest-licenses' },
    { goal: 'least-change' },
    { keepProduction: true },
    { noDowntime: true },
    { without: ['consolidate-hosts'] },
  ])(
    'saves what positions and price lists differ by once the plan is carried out: %j',
    async (scenario) => {
      const { plan, before, after } = await answer(scenario, SOON);
      const shards = carriedOut([...input.shards], plan);
      const saved = plan.reduce((sum, { savings }) => sum + (savings.monthly?.micros ?? 0), 0);
      const machinesAndHosts = listedCost([...input.shards]) - listedCost(shards);
      const licenses = licensesSaved(
        positionReport(input),
        positionReport({ ...input, shards }),
        input,
        DEFAULT_OPTIMIZATION.purchaseMonths,
      );
      const difference = Math.abs(saved - machinesAndHosts - licenses.micros);

      expect(plan.length).toBeGreaterThan(0);
      expect(difference).toBeLessThanOrEqual(licenses.roundingMicros);
      expect(saved).toBe(before.monthly.micros - (after?.monthly.micros ?? 0));
    },
  );
});
