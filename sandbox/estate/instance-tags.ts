import { type Ground, tags } from './ground.ts';
import { launchTemplateId } from './launch-templates.ts';
import type { Server, Workload } from './site.ts';

interface TaggedServer {
  readonly hostname: string;
  readonly server: Server;
  readonly workload: Workload;
  readonly standby: boolean;
}

/** As different teams spell it; the first is the standard. */
const SPELLINGS = {
  prod: ['prod', 'prod', 'prod', 'prod', 'Production', 'prd'],
  uat: ['uat', 'uat', 'UAT'],
  test: ['test', 'test', 'Test', 'tst'],
  dev: ['dev', 'dev', 'dev', 'Development'],
} as const;

const WITHOUT_OWNER = 0.1;
const WITHOUT_COST_CENTER = 0.2;

/** Tags as people keep them: mostly, and not all alike. */
export function serverTags(
  ground: Ground,
  { hostname, server, workload, standby }: TaggedServer,
): { Key: string; Value: string }[] {
  const { random, site } = ground;
  const key = [site.account, site.region, hostname];
  const { template } = server;
  const costCenter = random.whole(3_100, 3_900, 'cost center', workload.app, workload.owner);
  return tags({
    Name: hostname,
    Application: workload.app,
    Environment: random.pick(SPELLINGS[workload.env], 'environment', ...key),
    ...(random.fraction('owner', ...key) < WITHOUT_OWNER ? {} : { Owner: workload.owner }),
    ...(random.fraction('cost center', ...key) < WITHOUT_COST_CENTER
      ? {}
      : { CostCenter: String(costCenter) }),
    ...(server.pairs
      ? { 'ha:role': standby ? 'standby' : 'primary', 'ha:group': server.name }
      : {}),
    ...(template
      ? {
          'aws:ec2launchtemplate:id': launchTemplateId(site, template),
          'aws:ec2launchtemplate:version': '1',
        }
      : {}),
    ...server.tags,
  });
}
