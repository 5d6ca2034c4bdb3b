import { SandboxState } from '../model/sandbox-state.ts';

const POLL_MS = 2000;

interface Listener {
  received(state: SandboxState): void;
  disconnected(): void;
}

/** Follows the sandbox's state: by its stream, or by asking again and again where there is none. Returns the stop. */
export function followState(listener: Listener): () => void {
  const stream = new EventSource('/sandbox/stream');
  let stopPolling = () => {};
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    listener.received(SandboxState.parse(JSON.parse(data)));
  };
  stream.onerror = () => {
    listener.disconnected();
    if (stream.readyState !== EventSource.CLOSED) return; // it connects again by itself
    stopPolling();
    stopPolling = pollState(listener);
  };
  return () => {
    stream.close();
    stopPolling();
  };
}

function pollState(listener: Listener): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const poll = async () => {
    try {
      const response = await fetch('/sandbox/state');
      listener.received(SandboxState.parse(await response.json()));
    } catch {
      listener.disconnected();
    }
    timer = setTimeout(() => void poll(), POLL_MS);
  };
  void poll();
  return () => clearTimeout(timer);
}
