import type { Slack } from '../slack/slack.ts';

/** At most this often a change is sent, and at least this often the state is looked at (milliseconds). */
const THROTTLE_MS = 100;
const LOOK_MS = 1000;

/** Server-sent events: the whole state at once and after every change, until the client goes away. */
export function stateStream(
  slack: Slack,
  state: () => Promise<{ clock: string }>,
  gone: AbortSignal,
): Response {
  let stop = () => {};
  const body = new ReadableStream<string>({
    start(controller) {
      let sent = '';
      let waiting: NodeJS.Timeout | null = null;
      const send = async () => {
        waiting = null;
        // While the sandbox starts over there is no state; the next look finds one.
        const current = await state().catch(() => null);
        if (current === null) return;
        const content = JSON.stringify({ ...current, clock: null });
        if (content === sent) return;
        sent = content;
        controller.enqueue(`data: ${JSON.stringify(current)}\n\n`);
      };
      const soon = () => {
        waiting ??= setTimeout(() => void send().catch(stop), THROTTLE_MS);
      };
      const looking = setInterval(soon, LOOK_MS);
      const forget = slack.onChange(soon);
      stop = () => {
        clearInterval(looking);
        if (waiting !== null) clearTimeout(waiting);
        forget();
      };
      gone.addEventListener('abort', stop);
      return send();
    },
    cancel: () => stop(),
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}
