import { z } from 'zod';

const Json = z.record(z.string(), z.unknown());
const Text = z.object({ text: z.string() });

const File = z.object({
  id: z.string(),
  name: z.string().default('file'),
  url_private: z.string().optional(),
});

const Message = z.object({
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  blocks: z
    .array(Json)
    .nullish()
    .transform((blocks) => blocks ?? []),
  thread_ts: z.string().nullish(),
  ephemeral_to: z.string().nullish(),
  edited: z.object({}).nullish().transform(Boolean),
  files: z.array(File).default([]),
});
/** A message as one person could see it. */
export type Message = z.output<typeof Message>;

const View = z.object({
  id: z.string(),
  blocks: z.array(Json),
  title: Text.nullish(),
  submit: Text.nullish(),
  close: Text.nullish(),
  /** Under fields, by block_id. */
  errors: z.record(z.string(), z.string()).nullish(),
  /** What Slack's client says when the app did not answer. */
  notice: z.string().nullish(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Json)) }).nullish(),
});
/** A modal or Home as one person has it open. */
export type View = z.output<typeof View>;

const LaunchRequest = z.object({
  id: z.string(),
  status: z.string(),
  instance_ids: z.array(z.string()),
});
/** A launch request, as much of it as the drawer shows. */
export type LaunchRequest = z.output<typeof LaunchRequest>;

const Fault = z.object({ service: z.string(), operation: z.string(), effect: z.string() });

/** What `GET /sandbox/state` and `GET /sandbox/stream` say, as much of it as the page shows. */
export const SandboxState = z.object({
  clock: z.string(),
  channels: z.array(z.object({ id: z.string(), name: z.string(), messages: z.array(Message) })),
  dms: z.record(z.string(), z.array(Message)),
  views: z.record(z.string(), View),
  home: z.record(z.string(), View),
  requests: z.array(LaunchRequest),
  queues: z.object({ decisions: z.number(), jobs: z.number(), dead: z.number() }),
  faults: z.array(Fault).default([]),
});
export type SandboxState = z.output<typeof SandboxState>;
