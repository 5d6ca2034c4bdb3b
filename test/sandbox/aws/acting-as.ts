import type { Iam } from '../../../sandbox/aws/iam/iam.ts';

/** What is allowed. */
interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

let serial = 0;

/** Credentials of a new role in this account that may do only what the statement says. */
export function actingAs(iam: Iam, account: string, statement: Statement) {
  serial += 1;
  const arn = `arn:aws:iam::${account}:role/reader-${serial}`;
  iam.registerRole({
    arn,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    },
    policies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } }],
  });
  const { accessKeyId, secretAccessKey, sessionToken } = iam.issueToService(
    arn,
    'lambda.amazonaws.com',
    'reader',
  );
  return { accessKeyId, secretAccessKey, sessionToken };
}
