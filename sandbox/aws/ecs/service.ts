import * as client from '@aws-sdk/client-ecs';
import type { Cloud } from '../cloud/cloud.ts';
import { type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { authorizations } from './authorize.ts';
import { describeClusters, listClusters } from './clusters.ts';
import { describeContainerInstances, listContainerInstances } from './container-instances.ts';
import { describeTasks, listTasks } from './tasks.ts';

/** ECS: clusters, container instances and tasks, to be read. */
export function ecsService(cloud: Cloud): AwsService {
  const stateOf = ({ account, region }: CallContext) => cloud.region(account, region);
  return awsService(
    client,
    {
      ListClusters: (input, context) => listClusters(stateOf(context), input),
      DescribeClusters: (input, context) => describeClusters(stateOf(context), input),
      ListContainerInstances: (input, context) => listContainerInstances(stateOf(context), input),
      DescribeContainerInstances: (input, context) =>
        describeContainerInstances(stateOf(context), input),
      ListTasks: (input, context) => listTasks(stateOf(context), input),
      DescribeTasks: (input, context) => describeTasks(stateOf(context), input),
    },
    { authorize: authorizations },
  );
}
