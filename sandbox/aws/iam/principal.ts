import type { Policy } from './policy.ts';

/** Who makes a call, as IAM sees it. */
export interface Principal {
  /** What GetCallerIdentity answers, e.g. `arn:aws:sts::111122223333:assumed-role/Launch/session`. */
  readonly arn: string;
  readonly account: string;
  readonly userId: string;
  /** The assumed role; null for an account's administrator, who may do everything that SCPs leave. */
  readonly roleArn: string | null;
  /** Set once by AssumeRole and kept through role chaining. */
  readonly sourceIdentity: string | null;
  /** A session policy, when the role was assumed with one. */
  readonly sessionPolicies: readonly Policy[];
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
