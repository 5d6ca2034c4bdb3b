import { z } from 'zod';
import { Fault } from '../faults.ts';
import { durationMs } from './duration.ts';

const user = z.string().min(1);
const channel = z.string().min(1);
const viewId = z.string().min(1);

/** POST /sandbox/command */
export const Command = z.strictObject({ user, channel, text: z.string().min(1) });
/** POST /sandbox/message */
export const Message = z.strictObject({
  user,
  channel,
  text: z.string().min(1),
  thread_ts: z.string().optional(),
});
/** POST /sandbox/shortcut */
export const Shortcut = z.strictObject({ user, channel, message_ts: z.string() });

/** POST /sandbox/action */
export const Action = z
  .strictObject({
    user,
    action_id: z.string().min(1),
    block_id: z.string().optional(),
    value: z.string().optional(),
    selected: z.unknown().optional(),
    channel: channel.optional(),
    message_ts: z.string().optional(),
    view_id: viewId.optional(),
    home: z.literal(true).optional(),
  })
  .refine(
    ({ channel: inChannel, message_ts, view_id, home }) =>
      (inChannel === undefined) === (message_ts === undefined) &&
      [message_ts, view_id, home].filter((place) => place !== undefined).length === 1,
    'say where, in one way: "channel" with "message_ts", or "view_id", or "home": true',
  );

/** POST /sandbox/options */
export const Options = z.strictObject({
  user,
  view_id: viewId,
  action_id: z.string(),
  value: z.string(),
});
/** POST /sandbox/submit */
export const Submit = z.strictObject({
  user,
  view_id: viewId,
  values: z.record(z.string(), z.record(z.string(), z.unknown())),
});
/** POST /sandbox/close */
export const Close = z.strictObject({ user, view_id: viewId });
/** POST /sandbox/upload */
export const Upload = z.strictObject({ user, name: z.string().min(1), content: z.string() });
/** POST /sandbox/share: a channel with another company, or no longer */
export const Share = z.strictObject({ channel, shared: z.boolean().default(true) });
/** POST /sandbox/home */
export const Home = z.strictObject({ user });

/** POST /sandbox/clock */
export const ClockMove = z.strictObject({
  advance: z.string().transform((text, context) => {
    const ms = durationMs(text);
    if (ms !== null) return ms;
    context.addIssue('must be an ISO 8601 duration above zero and at most P7D');
    return z.NEVER;
  }),
});
/** POST /sandbox/invoke */
export const Invoke = z.strictObject({
  function: z.string().min(1),
  event: z.unknown().optional(),
});
/** POST /sandbox/event */
export const Event = z.strictObject({ event: z.record(z.string(), z.unknown()) });
/** POST /sandbox/aws */
export const Aws = z.strictObject({
  service: z.string().min(1),
  operation: z.string().min(1),
  input: z.record(z.string(), z.unknown()),
  account: z.string().optional(),
  region: z.string().optional(),
  principal: z.string().optional(),
});
/** POST /sandbox/reset */
export const Reset = z.strictObject({ seed: z.string().min(1).optional() });

/** POST /sandbox/faults: the whole list */
export const Faults = z.array(Fault);
