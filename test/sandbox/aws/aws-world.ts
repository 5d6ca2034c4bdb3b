import { createIam } from '../../../sandbox/aws/iam/iam.ts';
import type { AwsServer } from '../../../sandbox/aws/server.ts';
import { serveAws } from '../../../sandbox/aws/server.ts';
import type { AwsService } from '../../../sandbox/aws/wire/service.ts';
import { createCallLog } from '../../../sandbox/call-log.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { createFaultPlan } from '../../../sandbox/faults.ts';

export const HUB = '111122223333';
export const MEMBER = '222233334444';

/** Simulated AWS with these services, and what a client needs to reach it. */
export async function awsWorld(
  services: (base: {
    iam: ReturnType<typeof createIam>;
    clock: ReturnType<typeof createClock>;
  }) => AwsService[],
) {
  const clock = createClock();
  const iam = createIam({ hubAccount: HUB, clock, managementAccount: '999988887777' });
  const sandbox = { iam, clock, calls: createCallLog(), faults: createFaultPlan() };
  const server: AwsServer = await serveAws({ ...sandbox, services: services({ iam, clock }) });
  return {
    ...sandbox,
    server,
    /** Settings of a client; without credentials it is the hub's administrator. */
    client: (credentials?: {
      accessKeyId: string;
      secretAccessKey: string;
      sessionToken?: string;
    }) => ({
      endpoint: server.url,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: credentials ?? { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'unknown' },
    }),
  };
}

/** The error that a call ends in. */
export async function errorOf(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.then(
    () => new Error('the call succeeded'),
    (error: unknown) => error,
  );
  return outcome instanceof Error ? outcome : new Error(String(outcome));
}

/** Sends a form as clients of the query protocol do that are older than the SDK's. */
export async function postForm(
  url: string,
  service: string,
  body: string,
): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAUNKNOWN/20261122/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    },
    body,
  });
  return { status: response.status, text: await response.text() };
}
