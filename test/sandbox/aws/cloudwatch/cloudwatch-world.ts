import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach } from 'vitest';
import { cloudwatchService } from '../../../../sandbox/aws/cloudwatch/service.ts';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { servedCloud } from '../license-manager/served-cloud.ts';

export const NAMESPACE = 'AWSLicenseManager/licenseUsage';
export const USED = 'LicenseConfigurationUsageCount';

async function start() {
  const served = await servedCloud((cloud) => [cloudwatchService(cloud)]);
  return { ...served, client: new CloudWatchClient(served.client) };
}

/** A new CloudWatch before each test, and a client that is the hub's administrator. */
export function cloudwatchWorld() {
  let running: Awaited<ReturnType<typeof start>> | undefined;
  const current = () => {
    if (running === undefined) throw new Error('CloudWatch runs inside tests only.');
    return running;
  };
  beforeEach(async () => {
    running = await start();
  });
  afterEach(async () => {
    running?.client.destroy();
    await running?.server.close();
  });
  return {
    get cloud() {
      return current().cloud;
    },
    get state() {
      return current().state;
    },
    get client() {
      return current().client;
    },
  };
}

/** A metric as License Manager publishes it. */
export function metric(record: LicenseConfigurationRecord, MetricName = USED) {
  return {
    Namespace: NAMESPACE,
    MetricName,
    Dimensions: [
      { Name: 'LicenseConfigurationArn', Value: record.LicenseConfigurationArn },
      { Name: 'LicenseConfigurationType', Value: record.LicenseCountingType },
    ],
  };
}
