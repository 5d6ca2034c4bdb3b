import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  followedOf,
  RECOMMENDATIONS,
  recommendationItem,
  recommendationKey,
} from '#adapters/aws/recommendation-item.ts';
import { getRow, queryRows, type Table } from '#adapters/aws/table.ts';
import { keptUntil } from '#domain/optimization/follow/ended.ts';
import type { RecommendationKeeper, Recommendations } from '#ports/recommendations.ts';

/** Recommendations in the table. DynamoDB clears those that were over for long enough, sometime. */
export function dynamodbRecommendations(
  table: Table,
  now: () => Date,
): Recommendations & RecommendationKeeper {
  return {
    async recommendation(id) {
      const row = await getRow(table, recommendationKey(id));
      return row === undefined ? null : followedOf(row);
    },

    async followed() {
      const rows = await queryRows(table, { index: 'byState', partition: RECOMMENDATIONS });
      const at = now();
      return rows.map(followedOf).filter((one) => (keptUntil(one) ?? at) >= at);
    },

    async keep(followed) {
      const { version } = followed;
      const guard =
        version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': version - 1 },
            };
      const Item = recommendationItem(followed);
      try {
        await table.client.send(new PutCommand({ TableName: table.name, Item, ...guard }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
