import type { Cloud } from '../../../../sandbox/aws/cloud/cloud.ts';
import { createIam } from '../../../../sandbox/aws/iam/iam.ts';
import { serveAws } from '../../../../sandbox/aws/server.ts';
import type { AwsService } from '../../../../sandbox/aws/wire/service.ts';
import { createCallLog } from '../../../../sandbox/call-log.ts';
import { createFaultPlan } from '../../../../sandbox/faults.ts';
import { HUB, REGION, smallCloud } from './small-cloud.ts';

/** The small cloud behind a real endpoint, its clock stopped. */
export async function servedCloud(services: (cloud: Cloud) => AwsService[]) {
  const cloud = smallCloud();
  const iam = createIam({ hubAccount: HUB, clock: cloud.clock });
  const server = await serveAws({
    services: services(cloud),
    iam,
    clock: cloud.clock,
    calls: createCallLog(),
    faults: createFaultPlan(),
  });
  return {
    cloud,
    iam,
    server,
    state: cloud.region(HUB, REGION),
    /** Settings of a client that acts as the hub's administrator, and gives up at once. */
    client: {
      endpoint: server.url,
      region: REGION,
      maxAttempts: 1,
      credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'unknown' },
    },
  };
}
