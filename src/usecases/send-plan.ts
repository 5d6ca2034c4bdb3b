import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import { machinesOf } from '#domain/optimization/estate-machines.ts';
import { estateRights } from '#domain/optimization/estate-rights.ts';
import {
  type MachineFacts,
  MaintenanceSettings,
  machineFacts,
} from '#domain/optimization/migration/maintenance-settings.ts';
import { type Migration, migrationPlan } from '#domain/optimization/migration/migration-plan.ts';
import { migrationText } from '#domain/optimization/migration/migration-text.ts';
import { knowledgeOf } from '#domain/positioning/position-report.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { PlanFile } from '#ports/optimization-answers.ts';
import type { OptimizationRuns } from '#ports/optimization-runs.ts';
import type { People } from '#ports/people.ts';
import { readOwnRun } from '#usecases/answer-optimization.ts';
import { type EstatePorts, type KnownEstate, readEstate } from '#usecases/read-estate.ts';

interface Ports extends EstatePorts {
  readonly runs: OptimizationRuns;
  readonly people: Pick<People, 'get'>;
  readonly notifier: Pick<Notifier, 'sendPlan'>;
}

/** Nobody has said when machines may stand still: whenever. */
const WINDOWS: MaintenanceSettings = MaintenanceSettings.parse({});

/** Send the plan of an answer as a file: steps in order, checks, commands and the way back. */
export async function sendPlan(
  ports: Ports,
  { replyTo, runId, scenario }: Extract<AnswerJob, { kind: 'optimization-plan' }>,
): Promise<void> {
  const run = await readOwnRun(ports, replyTo.personId, runId);
  const result = run?.results[scenario] ?? null;
  if (result === null || result.plan.length === 0) return ports.notifier.sendPlan(replyTo, null);
  const machines = factsOf(await readEstate(ports));
  const { by } = result.scenario;
  const question = { now: ports.now(), windows: WINDOWS, by, machines };
  const file: PlanFile = {
    name: `plan-${runId}-${scenario + 1}.md`,
    title: 'Migration plan',
    text: textOf(migrationPlan(result.plan, question)),
  };
  await ports.notifier.sendPlan(replyTo, file);
}

/** By instance id. */
function factsOf(estate: KnownEstate): ReadonlyMap<string, MachineFacts> {
  const { shards, settings } = estate;
  const rights = estateRights(knowledgeOf(settings), estate);
  return new Map(
    shards.flatMap((shard) =>
      machinesOf(shard, rights.deployments(scopeKey(shard)), NOT_ASKED).map((machine) => [
        machine.instance.instanceId,
        machineFacts(machine, settings, WINDOWS),
      ]),
    ),
  );
}

const NOT_ASKED = { rightsizing: [], hubFindings: [] };

function textOf(migration: Migration): string {
  switch (migration.kind) {
    case 'planned':
      return migrationText(migration.plan);
    case 'excluded':
      return [
        'There is no migration plan: these recommendations exclude each other.',
        ...migration.exclusions.map(({ ids, on }) => `- ${ids.join(' and ')}, over ${on}`),
      ].join('\n');
    case 'circular':
      return `There is no migration plan: these recommendations wait for each other: ${migration.ids.join(', ')}.`;
  }
}
