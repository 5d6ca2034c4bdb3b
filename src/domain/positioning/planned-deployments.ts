import type { Compute, DeployedOn, Deployment } from '#domain/estate/deployment.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import {
  endsStopped,
  instanceIdOf,
  isMachinePlan,
  type MachinePlan,
} from '#domain/launch/launch-plan.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { instanceCompute } from '#domain/software/machine-compute.ts';

/** What a request will deploy, with the configurations that will count it. */
export interface PlannedDeployment {
  readonly deployment: Deployment;
  readonly configurationArns: readonly string[];
  /** The instance in whose place it runs; `null`: a new one. */
  readonly replaces: string | null;
}

/**
 * What a request for this account and Region has yet to start: its sealed plan, with the products of
 * the configurations that it draws on. What runs of it already is left out.
 */
export function plannedDeployments(
  { id, plan, instanceIds, evaluation }: LaunchRequest,
  view: ShardView,
  settings: LicensingSettings,
): readonly PlannedDeployment[] {
  // Until it is stopped it runs, and hosts run nothing.
  if (!isMachinePlan(plan) || plan.action.operation === 'stop') return [];
  const running = instanceIds.filter((instanceId) => view.instances.has(instanceId)).length;
  const count = Math.max(0, plan.count - running);
  const configurationArns = evaluation.draws.map(({ configurationArn }) => configurationArn);
  return deploymentsOfPlan({ id, plan, count, configurationArns }, view, settings);
}

/** So many machines of a plan, counted by these configurations. */
export interface PlannedMachines {
  /** The request's. */
  readonly id: string;
  readonly plan: MachinePlan;
  readonly count: number;
  readonly configurationArns: readonly string[];
}

/** Every product of the configurations on each of the machines. */
export function deploymentsOfPlan(
  { id, plan, count, configurationArns: arns }: PlannedMachines,
  view: Pick<ShardView, 'index' | 'products'>,
  { ownerTag }: Pick<LicensingSettings, 'ownerTag'>,
): readonly PlannedDeployment[] {
  const owner = plan.tags.find(({ key }) => key === ownerTag)?.value ?? null;
  const compute = instanceCompute(view.index, plan);
  const replaces = instanceIdOf(plan);
  const machines = Array.from({ length: count }, (_, index) => `${id}/${index}`);
  return [...productsOf(arns, view)].flatMap(([product, { edition, configurationArns }]) =>
    machines.map((machine) => ({
      deployment: deploymentOf(product, edition, onPlan(plan, machine, owner, compute)),
      configurationArns,
      replaces,
    })),
  );
}

interface PlannedProduct {
  readonly edition: string | null;
  readonly configurationArns: readonly string[];
}

function productsOf(
  arns: readonly string[],
  { products }: Pick<ShardView, 'products'>,
): ReadonlyMap<string, PlannedProduct> {
  const planned = new Map<string, PlannedProduct>();
  for (const arn of arns) {
    for (const { product, edition } of products(arn)) {
      const known = planned.get(product);
      planned.set(product, {
        edition: known === undefined || known.edition === edition ? edition : null,
        configurationArns: [...new Set([...(known?.configurationArns ?? []), arn])],
      });
    }
  }
  return planned;
}

function deploymentOf(product: string, edition: string | null, on: DeployedOn): Deployment {
  return {
    product,
    edition,
    version: null,
    on,
    licensing: 'byol',
    environment: null,
    role: null,
    options: [],
    evidence: [{ source: 'launch request', text: on.id }],
  };
}

function onPlan(plan: MachinePlan, id: string, owner: string | null, compute: Compute): DeployedOn {
  return {
    kind: 'instance',
    id,
    arn: null,
    account: plan.account,
    region: plan.region,
    name: null,
    owner,
    running: !endsStopped(plan),
    compute,
  };
}
