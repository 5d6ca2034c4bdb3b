import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { App, AwsLambdaReceiver } from '@slack/bolt';

/* What Bolt's documentation for Lambda comes to, doing for this command what functions/slack does. */

const { SLACK_SIGNING_SECRET, SLACK_BOT_ID, SLACK_BOT_USER_ID, TABLE_NAME, ANSWERS_QUEUE_URL } =
  process.env;

const receiver = new AwsLambdaReceiver({ signingSecret: SLACK_SIGNING_SECRET ?? '' });
const app = new App({
  receiver,
  // With a token Bolt would also ask Slack who it is: time of the network, not of the code.
  authorize: async () => ({ botId: SLACK_BOT_ID ?? '', botUserId: SLACK_BOT_USER_ID ?? '' }),
});
const database = DynamoDBDocumentClient.from(new DynamoDBClient());
const queue = new SQSClient();

app.command('/license', async ({ command, ack }) => {
  await database.send(
    new PutCommand({
      TableName: TABLE_NAME,
      Item: { pk: `REPLAY#${command.trigger_id}`, sk: 'KEY' },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  await queue.send(
    new SendMessageCommand({ QueueUrl: ANSWERS_QUEUE_URL, MessageBody: JSON.stringify(command) }),
  );
  await ack({ response_type: 'ephemeral', text: 'Looking that up…' });
});

const started = receiver.start();

type Handle = Awaited<ReturnType<AwsLambdaReceiver['start']>>;

export const handler = async (...[event, context]: Parameters<Handle>): Promise<unknown> =>
  (await started)(event, context);
