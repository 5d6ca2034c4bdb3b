import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PositionReport } from '#domain/licenses/position-report.ts';
import { estateChoices, type FixedMachine } from '#domain/optimization/estate-choices.ts';
import { machinesOf } from '#domain/optimization/estate-machines.ts';
import {
  type EstateProgram,
  estateProgram,
  type MachineChoices,
} from '#domain/optimization/estate-program.ts';
import {
  drawnBy,
  type EstateRights,
  estateRights,
  type Placed,
  type RightDraw,
} from '#domain/optimization/estate-rights.ts';
import { givingUp } from '#domain/optimization/giving-up.ts';
import { rightsFor, touchPenalty } from '#domain/optimization/goals.ts';
import type { MachineKind } from '#domain/optimization/kind.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import { programHosts } from '#domain/optimization/program-hosts.ts';
import { type ProgramRight, programRights } from '#domain/optimization/program-rights.ts';
import type { Scenario } from '#domain/optimization/scenario.ts';
import type { Knowledge, PositionInput } from '#domain/positioning/position-input.ts';
import { positionBy } from '#domain/positioning/position-report.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

/** What a scenario is computed from. */
export interface OptimizationQuestion {
  readonly input: PositionInput;
  readonly knowledge: Knowledge;
  readonly kinds: readonly MachineKind[];
  readonly settings: OptimizationSettings;
  readonly scenario: Scenario;
  /** What the person who asks may see. What runs elsewhere draws on rights, and nothing else is computed of it. */
  readonly sees: (scope: Scope) => boolean;
}

/** A scenario ready to be solved. */
export interface PreparedOptimization {
  readonly question: OptimizationQuestion;
  /** Those that may be seen. */
  readonly shards: ReadonlyMap<string, InventoryShard>;
  readonly position: PositionReport;
  readonly rights: EstateRights;
  readonly machines: readonly Machine[];
  readonly choices: readonly MachineChoices[];
  readonly fixed: readonly FixedMachine[];
  /** As they are, whatever the goal makes of them. */
  readonly programRights: readonly ProgramRight[];
  readonly program: EstateProgram;
}

/** Find every choice there is, and put all of them into one program. */
export function prepareOptimization(question: OptimizationQuestion): PreparedOptimization {
  const { input, knowledge, kinds, settings, scenario, sees } = question;
  const all = [...input.shards];
  const seen = all.filter(sees);
  const rights = estateRights(knowledge, input);
  const elsewhere = {
    rightsizing: all.flatMap(({ rightsizing }) => rightsizing),
    hubFindings: all.flatMap(({ hubFindings }) => hubFindings),
  };
  const found = seen.map((shard) => {
    const deployments = rights.deployments(scopeKey(shard));
    const machines = machinesOf(shard, deployments, elsewhere).map((machine) =>
      givingUp(machine, scenario.leave),
    );
    const now = input.now;
    const asked = { shard, machines, rights, kinds, settings, scenario, now };
    return { machines, ...estateChoices(asked) };
  });
  const machines = found.flatMap((one) => one.machines);
  const choices = found.flatMap((one) => one.choices);
  const whole = positionBy(knowledge, input);
  const position = { ...whole, missing: whole.missing.filter(sees) };
  const drawnNow = drawnBy(rights, placedNow(choices));
  const known = programRights({
    pools: rights.pools,
    position,
    draws: allDraws(choices),
    drawnNow,
    purchaseMonths: settings.purchaseMonths,
    now: input.now,
  });
  const hosts = programHosts(choices, Math.max(1, choices.length));
  const { hostFillPercent: fillPercent, spareHosts, leastMonthlyUsd } = settings;
  return {
    question,
    shards: new Map(seen.map((shard) => [scopeKey(shard), shard])),
    position,
    rights,
    machines,
    choices,
    fixed: found.flatMap((one) => one.fixed),
    programRights: known,
    program: estateProgram(choices, hosts, rightsFor(known, scenario), {
      headroom: { fillPercent, spareHosts },
      penaltyOf: touchPenalty(scenario, leastMonthlyUsd),
    }),
  };
}

/** The machines of the choices as they are, with those of one host together. */
function placedNow(choices: readonly MachineChoices[]): readonly (readonly Placed[])[] {
  const machines = choices.map(({ machine }) => machine);
  const together = Map.groupBy(machines, ({ host }) => host);
  return [...together].map(([host, group]) => {
    const hardware = host && { id: host.hostId, sockets: host.sockets, cores: host.cores };
    return group.map((machine) => ({ machine, setup: machine.setup, host: hardware }));
  });
}

/** Every right that some option draws on, once. */
function allDraws(choices: readonly MachineChoices[]): readonly Omit<RightDraw, 'units'>[] {
  const draws = new Map<string, Omit<RightDraw, 'units'>>();
  for (const { alone, hosted } of choices) {
    for (const option of [...alone, ...hosted]) {
      for (const { rightId, pool, line } of option.draws) {
        if (!draws.has(rightId)) draws.set(rightId, { rightId, pool, line });
      }
    }
  }
  return [...draws.values()];
}
