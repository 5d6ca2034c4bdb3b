import type { Iam } from '../iam/iam.ts';
import type { Queues } from '../sqs/queues.ts';
import type { AwsEvent, Origin } from './events.ts';
import { type EventPattern, matches } from './pattern.ts';

/** A rule as it is deployed. */
export interface Rule {
  readonly name: string;
  /** Name of the bus; `default` is where AWS's own events come up. */
  readonly bus: string;
  readonly pattern: EventPattern;
  readonly targets: readonly {
    /** Of a queue in the same account and Region, or of a bus anywhere. */
    readonly arn: string;
    /** The role that may put events on another bus. */
    readonly roleArn: string | null;
  }[];
}

/** EventBridge of the organization. */
export interface Buses {
  /** What comes up in an account and Region, forwarded as far as rules and rights let it. */
  pass(event: AwsEvent, origin: Origin): void;
  /** Puts an event on the hub's own bus. Answers how many targets got it. */
  put(event: AwsEvent): number;
}

const SERVICE = 'events.amazonaws.com';

/** The hub's rules, and those of the accounts that forward to its bus. */
export function createBuses(options: {
  readonly hubRules: readonly Rule[];
  readonly rulesIn: (origin: Origin) => readonly Rule[];
  readonly iam: Iam;
  readonly queues: Queues;
}): Buses {
  const { hubRules, rulesIn, iam, queues } = options;

  function put(event: AwsEvent): number {
    const targets = hubRules
      .filter(({ pattern }) => matches(pattern, event))
      .flatMap((rule) => rule.targets);
    for (const { arn } of targets) queues.get(arn).send({ body: JSON.stringify(event) }, SERVICE);
    return targets.length;
  }

  /** The forwarding role must be let onto the bus, as in AWS. */
  function mayPut(roleArn: string | null, bus: string, { region }: Origin): boolean {
    if (roleArn === null || iam.role(roleArn) === null) return false;
    const principal = iam.rolePrincipal(roleArn, { sessionName: 'events' });
    const authorization = { action: 'events:PutEvents', resource: bus };
    return iam.evaluate(principal, authorization, region).outcome === 'allowed';
  }

  return {
    put,
    pass(event, origin) {
      for (const { pattern, targets } of rulesIn(origin)) {
        if (!matches(pattern, event)) continue;
        if (targets.some(({ arn, roleArn }) => mayPut(roleArn, arn, origin))) put(event);
      }
    },
  };
}
