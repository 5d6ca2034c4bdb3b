import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { FaultPlan } from '../../faults.ts';
import type { Cloud, InstanceStateChange } from '../cloud/cloud.ts';
import { AwsError, type AwsService, type CallContext } from '../wire/service.ts';
import { isWrite, trailEvent } from './trail.ts';

/** An event as EventBridge passes it on. */
export type AwsEvent = Readonly<Record<string, unknown>>;

/** Where an event came up: a bus of this account and Region. */
export interface Origin {
  readonly account: string;
  readonly region: string;
}

/** How long after the fact an event arrives, in milliseconds. */
const STATE_CHANGE_MS = 1000;
/** CloudTrail says "typically within five minutes" of its log files; its events come earlier. */
const TRAIL_MS = 40_000;

interface Pending {
  readonly due: number;
  readonly origin: Origin;
  readonly event: AwsEvent;
}

/** What simulated AWS tells EventBridge, each after its time. */
export interface Events {
  /** The service, with CloudTrail listening. */
  trailed(service: AwsService): AwsService;
  nextDue(): number | null;
  /** Passes on what is due by now. */
  runDue(): void;
}

/**
 * Events of every account and Region: changes of instances' states, and calls by CloudTrail. Faults of
 * `events` `PutEvents` hit them on their way to the hub: lost, late, or (a lost response) sent twice.
 */
export function createEvents(
  {
    clock,
    cloud,
    faults,
  }: { readonly clock: Clock; readonly cloud: Cloud; readonly faults: FaultPlan },
  pass: (event: AwsEvent, origin: Origin) => void,
): Events {
  let pending: Pending[] = [];
  const later = (ms: number, origin: Origin, event: AwsEvent) => {
    pending.push({ due: clock.now() + ms, origin, event });
  };
  cloud.onInstanceStateChange((change) => later(STATE_CHANGE_MS, change, stateChangeEvent(change)));

  function trail(call: Omit<Parameters<typeof trailEvent>[0], 'at'>): void {
    const at = new Date(clock.now());
    later(TRAIL_MS, call.context, trailEvent({ ...call, at }));
  }

  function send(event: AwsEvent, origin: Origin): void {
    const fault = faults.next('events', 'PutEvents');
    // Lost: after a day of attempts it would be in the account's dead-letter queue.
    if (fault?.effect === 'delay') later(fault.ms ?? 1000, origin, event);
    if (fault === null || fault.effect === 'lose_response') pass(event, origin);
    if (fault?.effect === 'lose_response') pass(event, origin);
  }

  return {
    trailed: (service) => ({
      ...service,
      async play(operation, input, context) {
        if (!isWrite(operation)) return service.play(operation, input, context);
        return tell(trail, { input, context }, () => service.play(operation, input, context));
      },
    }),
    nextDue: () => (pending.length === 0 ? null : Math.min(...pending.map(({ due }) => due))),
    runDue() {
      const now = clock.now();
      const due = pending.filter((event) => event.due <= now);
      pending = pending.filter((event) => event.due > now);
      for (const { event, origin } of due) send(event, origin);
    },
  };
}

async function tell(
  trail: (call: Omit<Parameters<typeof trailEvent>[0], 'at'>) => void,
  call: { readonly input: unknown; readonly context: CallContext },
  work: () => Promise<unknown>,
): Promise<unknown> {
  try {
    const output = await work();
    trail({ ...call, output, errorCode: null });
    return output;
  } catch (error) {
    if (error instanceof AwsError) trail({ ...call, output: null, errorCode: error.code });
    throw error;
  }
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html */
function stateChangeEvent({ account, region, instance, at }: InstanceStateChange): AwsEvent {
  const id = instance.InstanceId ?? '';
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'EC2 Instance State-change Notification',
    source: 'aws.ec2',
    account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region,
    resources: [`arn:aws:ec2:${region}:${account}:instance/${id}`],
    detail: { 'instance-id': id, state: instance.State?.Name ?? '' },
  };
}
