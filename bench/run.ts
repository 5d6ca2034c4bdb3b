import { parseArgs } from 'node:util';
import { consolidationWorkers } from '#adapters/highs/consolidation-workers.ts';
import { approvals } from './approvals/approvals.ts';
import { buildBundles } from './bundles.ts';
import { coldStart } from './cold-start/cold-start.ts';
import { collection } from './collection/collection.ts';
import { consolidation } from './consolidation/consolidation.ts';
import { interleavings } from './interleavings/interleavings.ts';
import { launchEvaluation } from './launch-evaluation/launch-evaluation.ts';
import { disturbances, readMachine } from './machine.ts';
import { packageSize } from './package-size.ts';
import { packing } from './packing/packing.ts';
import { position } from './position/position.ts';
import { type Row, verdict } from './row.ts';
import { signedCommand } from './signed-command/signed-command.ts';
import { printTable } from './table.ts';
import { usageCommand } from './usage-command/usage-command.ts';

const CONSOLIDATION_WORKER = new URL(
  '../src/adapters/highs/consolidation-worker.ts',
  import.meta.url,
);

/** `npm run bench`: the budgets of the product, measured here and now. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const before = readMachine();
  const rows = await measure();
  const after = readMachine();
  const machine = {
    node: process.version,
    before,
    after,
    disturbances: disturbances(before, after),
  };
  if (values.json) console.log(JSON.stringify({ machine, rows: rows.map(judged) }, null, 2));
  else printTable(rows, machine);
}

async function measure(): Promise<readonly Row[]> {
  const bundles = await buildBundles();
  try {
    return [
      await coldStart(bundles),
      await packageSize(bundles.directory),
      await signedCommand(bundles.ours),
      await usageCommand(),
      ...(await approvals()),
      await interleavings(),
      ...(await collection()),
      launchEvaluation(),
      ...(await position()),
      ...(await packing()),
      ...(await consolidation(consolidationWorkers({ entry: CONSOLIDATION_WORKER }))),
    ];
  } finally {
    await bundles.remove();
  }
}

function judged(row: Row) {
  return { ...row, verdict: verdict(row) };
}

await main();
