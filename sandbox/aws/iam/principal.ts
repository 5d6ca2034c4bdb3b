/** Who makes a call, as IAM sees it. */
export interface Principal {
  /** What GetCallerIdentity answers, e.g. `arn:aws:sts::111122223333:assumed-role/Name/session`. */
  readonly arn: string;
  readonly account: string;
  readonly userId: string;
  /** The assumed role; null for an account's administrator, who may do everything that SCPs leave. */
  readonly roleArn: string | null;
  readonly sourceIdentity: string | null;
  /** A session policy narrows what the role may; documents as plain JSON. */
  readonly sessionPolicies: readonly unknown[];
}

/** The administrator of an account: what an access key that STS did not issue acts as. */
export function administrator(account: string): Principal {
  return {
    arn: `arn:aws:iam::${account}:user/administrator`,
    account,
    userId: 'AIDASANDBOXADMIN0001',
    roleArn: null,
    sourceIdentity: null,
    sessionPolicies: [],
  };
}
