import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getRow, type Table } from '#adapters/aws/table.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { Cards } from '#ports/cards.ts';

const Place = z.object({ channelId: z.string(), ts: z.string() });

const FREE = '(attribute_not_exists(claimedUntil) OR claimedUntil <= :now)';
const OLDER = '(attribute_not_exists(shownVersion) OR shownVersion < :version)';

const cardKey = (requestId: string, audience: string) => ({
  pk: `CARD#${requestId}`,
  sk: audience,
});

/** Where cards are and what they show. A claim that is lost with its process ends after a minute. */
export function dynamodbCards(table: Table): Cards {
  const { client, name: TableName } = table;
  return {
    async claim(requestId, audience, version, now) {
      const ExpressionAttributeValues = {
        ':now': now.toISOString(),
        ':until': later(now, MINUTE_MS).toISOString(),
        ':version': version,
      };
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName,
            Key: cardKey(requestId, audience),
            UpdateExpression: 'SET claimedUntil = :until',
            ConditionExpression: `${FREE} AND ${OLDER}`,
            ExpressionAttributeValues,
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return Place.safeParse(Attributes).data ?? null;
      } catch (error) {
        return refused(error, version);
      }
    },

    async shown(requestId, audience, version, { channelId, ts }) {
      const note = new UpdateCommand({
        TableName,
        Key: cardKey(requestId, audience),
        UpdateExpression:
          'SET shownVersion = :version, channelId = :channelId, ts = :ts REMOVE claimedUntil',
        ConditionExpression: OLDER,
        ExpressionAttributeValues: { ':version': version, ':channelId': channelId, ':ts': ts },
      });
      try {
        await client.send(note);
      } catch (error) {
        // A run that outlived its claim comes too late: what is shown by now is newer.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async place(requestId, audience) {
      const row = await getRow(table, cardKey(requestId, audience));
      return Place.safeParse(row).data ?? null;
    },

    async release(requestId, audience) {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: cardKey(requestId, audience),
          UpdateExpression: 'REMOVE claimedUntil',
        }),
      );
    },
  };
}

function refused(error: unknown, version: number): 'newer' | 'taken' {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  const shown = Number(error.Item?.['shownVersion']?.N ?? '0');
  return shown >= version ? 'newer' : 'taken';
}
