import { z } from 'zod';

const Answer = z.discriminatedUnion('ok', [
  z.looseObject({ ok: z.literal(true), state: z.object({ clock: z.string() }) }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
/** What a POST of the control API answers when it worked. */
export type Answer = Extract<z.output<typeof Answer>, { ok: true }>;

/** Does something in the sandbox. Resolves when the work that it caused is done. @throws Error with words for a reader */
export async function post(command: string, body: unknown): Promise<Answer> {
  const response = await fetch(`/sandbox/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = Answer.parse(await response.json());
  if (!answer.ok) throw new Error(answer.error);
  return answer;
}

const Calls = z.object({
  calls: z.array(
    z.object({
      at: z.string(),
      service: z.string(),
      operation: z.string(),
      account: z.string(),
      region: z.string(),
      input: z.unknown(),
      status: z.number(),
    }),
  ),
});
/** A call to simulated AWS or Slack. */
export type Call = z.output<typeof Calls>['calls'][number];

/** Every call so far, oldest first. */
export async function listCalls(): Promise<readonly Call[]> {
  const response = await fetch('/sandbox/calls');
  return Calls.parse(await response.json()).calls;
}
