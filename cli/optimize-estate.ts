import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { consolidationWorkers } from '#adapters/highs/consolidation-workers.ts';
import { WORKER_ENTRY } from '#adapters/highs/worker-entry.ts';
import { CalendarDate, isPast } from '#domain/calendar-date.ts';
import { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import {
  DEFAULT_OPTIMIZATION,
  type OptimizationSettings,
} from '#domain/optimization/optimization-settings.ts';
import { OptimizationGoal, type Scenario } from '#domain/optimization/scenario.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { AccountId } from '#domain/scope.ts';
import { wirePosition } from '#src/wiring/position.ts';
import { sha256 } from '#src/wiring/shared.ts';
import { optimizeEstate } from '#usecases/optimize-estate.ts';
import { readEstate } from '#usecases/read-estate.ts';
import { awsSettings } from './aws-settings.ts';
import { BadInput, type Outcome } from './command.ts';
import { fileInput } from './estate-input.ts';
import { EstateOption, estateFrom } from './estate-option.ts';
import { optimizationText } from './optimization-text.ts';
import { TableOption } from './table-option.ts';

/** What `optimize --json` prints of an estate, unless it is stopped. Instants are ISO 8601 in UTC. */
export const OptimizeResult = z.object({
  ok: z.literal(true),
  ...OptimizationResult.unwrap().shape,
});

const GOALS = `Write one of ${OptimizationGoal.options.join(', ')}`;
const SECONDS = 'Write for how many seconds at most: a number above 0, up to 3600';

/** The flags of `optimize` that are about an estate. */
export const ESTATE_FLAGS = {
  '--estate': EstateOption,
  '--table': TableOption,
  '--goal': z.enum(OptimizationGoal.options, GOALS).default('least-cost'),
  '--by': CalendarDate.optional(),
  '--account': AccountId.optional(),
  '--seconds': z.coerce.number(SECONDS).positive(SECONDS).max(3600, SECONDS).default(60),
  '--keep-production': z.boolean().default(false),
  '--no-downtime': z.boolean().default(false),
  '--explain': z.boolean().default(false),
};
const EstateFlags = z.object(ESTATE_FLAGS);
type EstateFlags = z.output<typeof EstateFlags>;

/** The flags that were given; those that are left out do not count, whatever they stand for then. */
export function givenEstateFlags(flags: EstateFlags): readonly string[] {
  const unsaid: Readonly<Record<string, unknown>> = EstateFlags.parse({});
  return Object.entries(flags)
    .filter(([flag, value]) => !isDeepStrictEqual(value, unsaid[flag]))
    .map(([flag]) => flag);
}

/** Closer than prices are true. */
const RELATIVE_GAP = 0.001;

/** @throws {BadInput} naming the flag, or the field of the file, that cannot be used */
export async function optimizeFor(flags: EstateFlags): Promise<Outcome> {
  const { '--estate': path, '--table': table, '--seconds': seconds, '--explain': explain } = flags;
  const { input, settings } =
    path === undefined
      ? await deployed(table)
      : { input: fileInput(await estateFrom(path)), settings: DEFAULT_OPTIMIZATION };
  const scenario = scenarioOf(flags, input);
  const result = await optimizeEstate(
    { consolidator: consolidationWorkers({ entry: WORKER_ENTRY }), sha256 },
    { input, settings, scenario, limits: { seconds, relativeGap: RELATIVE_GAP } },
  );
  return {
    exitCode: 0,
    document: z.encode(OptimizeResult, { ok: true, ...result }),
    text: optimizationText(result, { explain, accountNames: input.accountNames }),
  };
}

async function deployed(
  table: string,
): Promise<{ readonly input: PositionInput; readonly settings: OptimizationSettings }> {
  const { published, ...input } = await readEstate(wirePosition({ ...awsSettings(), table }));
  return { input, settings: published?.policy.optimization ?? DEFAULT_OPTIMIZATION };
}

function scenarioOf(flags: EstateFlags, { shards, now }: PositionInput): Scenario {
  const { '--by': by = null, '--account': account } = flags;
  if (by !== null && isPast(by, now)) {
    throw new BadInput(
      `--by: ${by} is over; write a day from ${now.toISOString().slice(0, 10)} on`,
    );
  }
  const known = new Set([...shards].map((shard) => shard.account));
  if (account !== undefined && !known.has(account)) {
    const accounts = [...known].toSorted().join(', ') || 'none at all';
    throw new BadInput(`--account: Nothing is known of ${account}; known are ${accounts}`);
  }
  return {
    goal: flags['--goal'],
    by,
    accounts: account === undefined ? [] : [account],
    keepProduction: flags['--keep-production'],
    noDowntime: flags['--no-downtime'],
    without: [],
    buy: [],
    leave: [],
  };
}
