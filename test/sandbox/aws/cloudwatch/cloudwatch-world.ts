import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { cloudwatchService } from '../../../../sandbox/aws/cloudwatch/service.ts';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { serviceWorld } from '../license-manager/service-world.ts';

export const NAMESPACE = 'AWSLicenseManager/licenseUsage';
export const USED = 'LicenseConfigurationUsageCount';

/** CloudWatch alone. */
export function cloudwatchWorld() {
  return serviceWorld(
    (cloud) => [cloudwatchService(cloud)],
    (settings) => new CloudWatchClient(settings),
  );
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
