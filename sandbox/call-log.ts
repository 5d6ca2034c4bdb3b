/** One call to simulated AWS or Slack, as GET /sandbox/calls shows it. */
export interface RecordedCall {
  /** ISO instant by the sandbox clock. */
  at: string;
  /** Endpoint name, e.g. `license-manager`, `monitoring`, `slack`. */
  service: string;
  operation: string;
  account: string;
  region: string;
  /** Without secrets: whoever records has redacted them. */
  input: unknown;
  /** HTTP status as the caller was answered; 0 when the connection was dropped. */
  status: number;
}

/** The newest calls, oldest first. */
export interface CallLog {
  record(call: RecordedCall): void;
  list(service?: string): readonly RecordedCall[];
  clear(): void;
}

const LIMIT = 20_000;

/** An empty log; it keeps the newest 20,000 calls. */
export function createCallLog(): CallLog {
  const calls: RecordedCall[] = [];
  return {
    record(call) {
      calls.push(call);
      if (calls.length > LIMIT) calls.shift();
    },
    list: (service) => calls.filter((call) => service === undefined || call.service === service),
    clear() {
      calls.length = 0;
    },
  };
}
