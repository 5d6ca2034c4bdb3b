import type { Consolidator } from '#ports/consolidator.ts';
import type { Row } from '../row.ts';
import { summarize } from '../statistics.ts';
import { type EstatePlan, generatedEstate } from './generated-estate.ts';
import { gapPercent, type Measured, measureFirstFit, measureSearch } from './measured-estate.ts';
import { singleSized } from './single-sized.ts';

const SMALL = [20, 100];
const LARGE = [500, 2000, 10_000];
const SEED = 1;

/** Long enough to prove what can be proven soon. */
const PROOF_SECONDS = 30;
const PROVEN_GAP = 1e-6;
const GOOD_GAP = 5e-4;

/**
 * How good plans for hosts are after some time: of generated estates, once each, against first fit
 * decreasing and against hosts that take one size only. Every plan is checked.
 */
export async function consolidation(consolidator: Consolidator): Promise<readonly Row[]> {
  const small: Measured[] = [];
  const large: Measured[] = [];
  for (const resilient of [false, true]) {
    for (const machines of SMALL) {
      const estate = { machines, seed: SEED, resilient };
      small.push(...(await measure(estate, [PROOF_SECONDS], PROVEN_GAP, consolidator)));
    }
    for (const machines of LARGE) {
      const estate = { machines, seed: SEED, resilient };
      large.push(...(await measure(estate, resilient ? [60] : [15, 60], GOOD_GAP, consolidator)));
    }
  }
  return rowsOf(small, large);
}

const SINGLE_SIZED_SECONDS = 15;

async function measure(
  estate: EstatePlan,
  seconds: readonly number[],
  relativeGap: number,
  consolidator: Consolidator,
): Promise<readonly Measured[]> {
  const problem = generatedEstate(estate);
  const found = [measureFirstFit(estate, problem)];
  found.push(
    await measureSearch({ estate, method: 'one size a host' }, singleSized(problem), consolidator, {
      seconds: SINGLE_SIZED_SECONDS,
      relativeGap,
    }),
  );
  for (const limit of seconds) {
    const method = methodOf(limit);
    const limits = { seconds: limit, relativeGap };
    found.push(await measureSearch({ estate, method }, problem, consolidator, limits));
  }
  return found;
}

function methodOf(seconds: number): string {
  return `mixed sizes, ${seconds} s`;
}

function rowsOf(small: readonly Measured[], large: readonly Measured[]): readonly Row[] {
  const plain = large.filter(({ estate }) => !estate.resilient);
  const resilient = large.filter(({ estate }) => estate.resilient);
  const proofs = small.filter(
    ({ method, estate }) => method === methodOf(PROOF_SECONDS) && !estate.resilient,
  );
  const sizes = '500, 2,000 and 10,000 machines';
  return [
    {
      ...gapRow(`hosts for ${sizes}, largest proven gap after 15 s`, plain, 15, [1, 0.5]),
      remarks: tableOf([...small, ...large]),
    },
    gapRow('the same after 60 s', plain, 60, [0.3, 0.1]),
    gapRow('with spread and a spare host for each family and zone', resilient, 60, [1.2, 1.2]),
    {
      what: 'hosts for 20 and 100 machines, time until proven optimal',
      unit: 'ms',
      measured: Math.max(
        ...proofs.map(({ proven, seconds }) =>
          proven ? seconds * 1000 : Number.POSITIVE_INFINITY,
        ),
      ),
      must: 5000,
      aim: 5000,
      samples: durations(proofs),
      remarks: [],
    },
  ];
}

function gapRow(
  what: string,
  measured: readonly Measured[],
  seconds: number,
  [must, aim]: readonly [must: number, aim: number],
): Row {
  const found = measured.filter(({ method }) => method === methodOf(seconds));
  return {
    what,
    unit: '%',
    measured: Math.max(...found.map(gapPercent)),
    must,
    aim,
    samples: durations(found),
    remarks: [],
  };
}

function durations(measured: readonly Measured[]): Row['samples'] {
  return { duration: summarize(measured.map(({ seconds }) => seconds * 1000)) };
}

/** Each with what it costs beyond the best that any method found. */
function tableOf(all: readonly Measured[]): readonly string[] {
  const header = ['machines', 'estate', 'method', 'USD a month', 'bound', 'gap', 'to best', 'time'];
  const groups = Map.groupBy(all, ({ estate }) => JSON.stringify(estate));
  const lines = [...groups.values()].flatMap((group) => {
    const best = Math.min(...group.map(({ micros }) => micros));
    return group.map((one) => lineOf(one, best));
  });
  const table = [header, ...lines];
  const widths = header.map((_, column) =>
    Math.max(...table.map((line) => line[column]?.length ?? 0)),
  );
  return table.map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  '));
}

function lineOf(measured: Measured, best: number): readonly string[] {
  const { estate, method, micros, boundMicros, seconds } = measured;
  const usd = (amount: number) => Math.round(amount / 1_000_000).toLocaleString('en');
  return [
    estate.machines.toLocaleString('en'),
    estate.resilient ? 'spread, N+1' : 'plain',
    method,
    micros === Number.POSITIVE_INFINITY ? 'none' : usd(micros),
    boundMicros === null ? '' : usd(boundMicros),
    boundMicros === null ? '' : `${gapPercent(measured).toFixed(3)} %`,
    `+${((100 * (micros - best)) / best).toFixed(2)} %`,
    `${seconds.toFixed(1)} s`,
  ];
}
