import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AwsEvent } from './events.ts';

const Event = z.looseObject({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});

const Notification = z.object({
  Records: z.array(z.object({ EventSource: z.literal('aws:sns') })).min(1),
});

/**
 * An event that somebody gives to the control API, with what its envelope lacks. @throws Error when
 * it is none, or one that nothing deployed could get
 */
export function givenEvent(
  event: unknown,
  envelope: { readonly account: string; readonly region: string; readonly time: string },
): AwsEvent {
  if (Notification.safeParse(event).success) {
    throw new Error('No deployed function listens to SNS topics.');
  }
  const given = Event.safeParse(event);
  if (!given.success) {
    throw new Error('An EventBridge event has source, detail-type and detail.');
  }
  return { version: '0', id: randomUUID(), ...envelope, resources: [], ...given.data };
}
