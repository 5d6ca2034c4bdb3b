import { type AwsService, awsService, type Operations } from '../../../sandbox/aws/wire/service.ts';
import { awsWorld } from '../../sandbox/aws/aws-world.ts';
import type { ClientSettings } from './paged-list.ts';

/** Services that answer what a test wrote down; closed by `close`. */
export function scriptedAws() {
  const stops: (() => Promise<void>)[] = [];
  async function serve(service: AwsService): Promise<ClientSettings & Called> {
    const world = await awsWorld(() => [service]);
    stops.push(world.server.close);
    const operations = () =>
      world.calls.list(service.endpointName).map(({ operation }) => operation);
    return { ...world.client(), operations };
  }
  return {
    /** Settings for a client of the service, and what it was asked. */
    serving: <Package extends object>(client: Package, operations: Operations<Package>) =>
      serve(awsService(client, operations)),
    async close() {
      for (const stop of stops.splice(0)) await stop();
    },
  };
}

interface Called {
  /** The operations that were called, in order. */
  readonly operations: () => readonly string[];
}
