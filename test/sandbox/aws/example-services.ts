import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as licenseManager from '@aws-sdk/client-license-manager';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { AwsError, awsService } from '../../../sandbox/aws/wire/service.ts';

/** What the example services have done. */
export const effects = { launches: 0 };

/** A few operations of each protocol, some of them with faults of their own. */
export const SERVICES = [
  awsService(licenseManager, {
    GetLicenseConfiguration: ({ LicenseConfigurationArn }) => {
      throw new AwsError('InvalidParameterValueException', `No ${LicenseConfigurationArn}.`);
    },
    // @ts-expect-error AWS's answer has no such member
    ListTagsForResource: () => ({ Tag: [] }),
    GetServiceSettings: () => {
      throw new AwsError('FailedDependencyException', 'No Athena.', {
        fields: { ErrorCode: 'E1' },
      });
    },
  }),
  awsService(ec2, {
    RunInstances: (_input, { account }) => {
      effects.launches += 1;
      return { OwnerId: account, Instances: [{ InstanceId: `i-${effects.launches}` }] };
    },
    DescribeInstances: ({ InstanceIds = [] }) => {
      throw new AwsError('InvalidInstanceID.NotFound', `No <${InstanceIds.join()}> & co`);
    },
  }),
  awsService(dynamodb, {
    PutItem: () => {
      const Item = { pk: { S: 'a' }, n: { L: [{ N: '1' }] } };
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
        fields: { Item },
      });
    },
    DescribeTable: () => Promise.reject(new RangeError('a slip')),
    DeleteTable: () => {
      throw new AwsError('ResourceInUseException', 'In use.', { fields: { Colour: 'red' } });
    },
  }),
  awsService(ssm, { PutParameter: () => ({ Version: 1 }) }),
  awsService(sqs, {
    SetQueueAttributes: () => ({}),
    SendMessageBatch: ({ Entries = [] }) => ({
      Successful: Entries.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: MessageBody,
        MD5OfMessageBody: '0',
      })),
      Failed: [],
    }),
    GetQueueUrl: () => {
      throw new AwsError('QueueDoesNotExist', 'No such queue.');
    },
  }),
  awsService(cloudwatch, {
    GetMetricStatistics: ({ MetricName, StartTime, Statistics = [] }) => ({
      Label: `${MetricName} ${Statistics.join('+')}`,
      Datapoints: [{ Timestamp: StartTime, Average: 1.5 }],
    }),
  }),
];
