import * as client from '@aws-sdk/client-ssm';
import type { Cloud } from '../cloud/cloud.ts';
import { type AwsService, awsService } from '../wire/service.ts';
import { authorizations } from './authorize.ts';
import { inventory } from './inventory.ts';
import { managedNodes } from './managed-nodes.ts';
import { parameters } from './parameters.ts';

/** Systems Manager: managed nodes, inventory, parameters. */
export function ssmService(cloud: Cloud): AwsService {
  const operations = { ...managedNodes(cloud), ...inventory(cloud), ...parameters(cloud) };
  return awsService(client, operations, {
    authorize: (operation, input, context) => authorizations(cloud, operation, input, context),
  });
}
