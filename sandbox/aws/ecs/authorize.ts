import { z } from 'zod';
import type { Authorization, CallContext } from '../wire/service.ts';
import { lastPart } from './clusters.ts';

const Named = z.object({
  cluster: z.string().default('default'),
  clusters: z.array(z.string()).default(['default']),
  tasks: z.array(z.string()).default([]),
  containerInstance: z.string().default('*'),
  containerInstances: z.array(z.string()).default([]),
});
type Named = z.output<typeof Named>;

/** Which resources each action is on (Service Authorization Reference): kind, and names of those asked for. */
const RESOURCES: Readonly<Record<string, (named: Named) => readonly [string, readonly string[]]>> =
  {
    DescribeClusters: ({ clusters }) => ['cluster', clusters],
    ListContainerInstances: ({ cluster }) => ['cluster', [cluster]],
    ListTasks: ({ containerInstance }) => ['container-instance', [containerInstance]],
    DescribeContainerInstances: ({ containerInstances }) => [
      'container-instance',
      containerInstances,
    ],
    DescribeTasks: ({ tasks }) => ['task', tasks],
  };

/** What IAM checks: every resource that is named, with the cluster as a condition; `*` for listing clusters. */
export function authorizations(
  operation: string,
  input: unknown,
  { account, region }: CallContext,
): readonly Authorization[] {
  const action = `ecs:${operation}`;
  const resourcesOf = RESOURCES[operation];
  if (resourcesOf === undefined) return [{ action, resource: '*' }];
  const named = Named.parse(input);
  const [kind, asked] = resourcesOf(named);
  const names = asked.length > 0 ? asked : ['*'];
  const prefix = `arn:aws:ecs:${region}:${account}`;
  const cluster = lastPart(named.cluster);
  if (kind === 'cluster') {
    return names.map((name) => ({ action, resource: `${prefix}:cluster/${lastPart(name)}` }));
  }
  return names.map((name) => ({
    action,
    resource: `${prefix}:${kind}/${cluster}/${lastPart(name)}`,
    conditions: { 'ecs:cluster': `${prefix}:cluster/${cluster}` },
  }));
}
