import type { Compute, DeployedOn, Deployment } from '#domain/deployment.ts';
import type { LaunchPlan } from '#domain/launch-plan.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { LicensingSettings } from '#domain/licensing-settings.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';
import { instanceCompute } from '#domain/software/machine-compute.ts';

/** What a request will deploy, with the configurations that will count it. */
export interface PlannedDeployment {
  readonly deployment: Deployment;
  readonly configurationArns: readonly string[];
}

/**
 * What a request for this account and Region has yet to start: its sealed plan, with the products of
 * the configurations that it draws on. What runs of it already is left out.
 */
export function plannedDeployments(
  { id, plan, instanceIds, evaluation }: LaunchRequest,
  view: ShardView,
  { ownerTag }: LicensingSettings,
): readonly PlannedDeployment[] {
  const owner = plan.tags.find(({ key }) => key === ownerTag)?.value ?? null;
  const running = instanceIds.filter((instanceId) => view.instances.has(instanceId)).length;
  const missing = Array.from({ length: Math.max(0, plan.count - running) }, (_, index) => index);
  const arns = evaluation.draws.map(({ configurationArn }) => configurationArn);
  const compute = instanceCompute(view.index, plan);
  return [...productsOf(arns, view)].flatMap(([product, { edition, configurationArns }]) =>
    missing.map((index) => ({
      deployment: deploymentOf(product, edition, onPlan(plan, `${id}/${index}`, owner, compute)),
      configurationArns,
    })),
  );
}

interface PlannedProduct {
  readonly edition: string | null;
  readonly configurationArns: readonly string[];
}

function productsOf(
  arns: readonly string[],
  { products }: ShardView,
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

function onPlan(
  { account, region }: LaunchPlan,
  id: string,
  owner: string | null,
  compute: Compute,
): DeployedOn {
  return {
    kind: 'instance',
    id,
    arn: null,
    account,
    region,
    name: null,
    owner,
    running: true,
    compute,
  };
}
