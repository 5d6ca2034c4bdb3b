import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type CliRun, runCli } from '../cli/run-cli.ts';

export interface SignedIn {
  /** Runs the command-line tool with a session of the role. */
  readonly run: (...args: readonly string[]) => Promise<CliRun>;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/** Somebody at a terminal with a session of one of the hub account's roles. */
export async function signedIn(awsUrl: string, role: string): Promise<SignedIn> {
  const sts = new STSClient({
    endpoint: awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'anybody', secretAccessKey: 'anybody' },
  });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::111122223333:role/${role}`,
      RoleSessionName: 'terminal',
    }),
  );
  const {
    AccessKeyId: accessKeyId = '',
    SecretAccessKey: secretAccessKey = '',
    SessionToken: sessionToken = '',
  } = Credentials ?? {};
  const env = {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  return {
    run: (...args) => runCli(args, env),
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  };
}
