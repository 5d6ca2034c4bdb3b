import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#adapters/aws/table.ts';
import { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { PastRequests } from '#ports/past-requests.ts';

/** By a scan: requests that are over are in no index. */
export function dynamodbPastRequests({ client, name: TableName }: Table): PastRequests {
  return {
    async since(from, limit) {
      const pages = paginateScan(
        { client },
        {
          TableName,
          ConsistentRead: true,
          FilterExpression: 'begins_with(#pk, :request) AND #sk = :state',
          ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
          ExpressionAttributeValues: { ':request': 'REQUEST#', ':state': 'STATE' },
        },
      );
      const requests: LaunchRequest[] = [];
      for await (const { Items = [] } of pages) {
        requests.push(...Items.map((row) => LaunchRequest.parse(row['document'])));
      }
      return requests
        .filter(({ submittedAt }) => submittedAt >= from)
        .toSorted((a, b) => b.submittedAt.getTime() - a.submittedAt.getTime())
        .slice(0, limit);
    },
  };
}
