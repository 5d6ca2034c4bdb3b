import * as z from 'zod';

const Block = z.looseObject({ type: z.string() });

const Message = z.object({
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  blocks: z.array(Block),
  thread_ts: z.string().nullable(),
  ephemeral_to: z.string().nullable(),
  edited: z.unknown(),
});
export type Message = z.output<typeof Message>;

const View = z.object({
  id: z.string(),
  callback_id: z.string(),
  blocks: z.array(Block),
  errors: z.record(z.string(), z.string()).nullish(),
  notice: z.string().nullish(),
});
export type View = z.output<typeof View>;

const Decision = z.object({ kind: z.string(), by: z.string(), reason: z.string().nullable() });

const LaunchRequest = z.object({
  id: z.string(),
  status: z.string(),
  generation: z.number(),
  plan_hash: z.string(),
  decisions: z.array(Decision),
  instance_ids: z.array(z.string()),
});
export type LaunchRequest = z.output<typeof LaunchRequest>;

/** What GET /sandbox/state and every POST answer, as far as the flows look at it. */
export const State = z.object({
  clock: z.iso.datetime(),
  channels: z.array(z.object({ name: z.string(), messages: z.array(Message) })),
  dms: z.record(z.string(), z.array(Message)),
  views: z.record(z.string(), View),
  home: z.record(z.string(), View),
  requests: z.array(LaunchRequest),
  queues: z.object({ decisions: z.number(), jobs: z.number(), dead: z.number() }),
});
export type State = z.output<typeof State>;

/** Every message anywhere, oldest first within its conversation. */
export function messagesIn({ channels, dms }: Pick<State, 'channels' | 'dms'>): readonly Message[] {
  return [...channels.flatMap(({ messages }) => messages), ...Object.values(dms).flat()];
}

/** The messages of one channel, oldest first. */
export function channelOf({ channels }: State, name: string): readonly Message[] {
  return channels.find((candidate) => candidate.name === name)?.messages ?? [];
}

/** What only this person (a user id) sees in a channel, oldest first. */
export function toldTo(state: State, personId: string, channel = 'license-approvals'): string[] {
  return channelOf(state, channel)
    .filter(({ ephemeral_to }) => ephemeral_to === personId)
    .map(({ text }) => text);
}

/** What only this person (a user id) was told about one request, oldest first. */
export function toldAbout(requestId: string, { channels, dms }: State, personId: string): string[] {
  return messagesIn({ channels, dms })
    .filter(({ ephemeral_to }) => ephemeral_to === personId)
    .filter(({ blocks }) => wordsOf(blocks).includes(`Request ${requestId}`))
    .map(({ text }) => text);
}

/** A request's two cards. @throws Error unless there is exactly one for each audience */
export function cardsOf(state: State, requestId: string, requester = 'requester') {
  const ofRequest = (messages: readonly Message[] = []) =>
    messages.filter(({ blocks }) => wordsOf(blocks).includes(`Request ${requestId} · plan`));
  const approvers = ofRequest(channelOf(state, 'license-approvals'));
  const own = ofRequest(state.dms[requester]);
  if (approvers[0] === undefined || own[0] === undefined || approvers.length + own.length > 2) {
    throw new Error(`${requestId} has ${approvers.length} and ${own.length} cards`);
  }
  return { approvers: approvers[0], requester: own[0] };
}

/** Everything that a person reads in blocks, in one line. */
export function wordsOf(blocks: unknown): string {
  return textsIn(blocks).join(' ').replaceAll(/\s+/g, ' ');
}

/** Every text, mention and link target in blocks, as people see or follow them. */
function textsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== 'object' || node === null) return [];
  const here = ['text', 'user_id', 'url'].map((member) => Reflect.get(node, member));
  return [
    ...here.filter((text) => typeof text === 'string'),
    ...Object.values(node).flatMap(textsIn),
  ];
}
