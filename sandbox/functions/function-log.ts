/** One line that a function wrote. */
export interface LogLine {
  readonly functionName: string;
  readonly line: string;
}

const MAX_LINES = 20_000;

/** What the functions wrote, newest last, the last 20,000 lines. */
export class FunctionLog {
  readonly #lines: LogLine[] = [];
  readonly #onWarning: (line: LogLine) => void;

  /** `onWarning` gets warnings, errors and whatever is not a line of the product's log. */
  constructor(onWarning: (line: LogLine) => void) {
    this.#onWarning = onWarning;
  }

  add(entry: LogLine): void {
    this.#lines.push(entry);
    if (this.#lines.length > MAX_LINES) this.#lines.splice(0, this.#lines.length - MAX_LINES);
    if (levelOf(entry.line) !== 'info') this.#onWarning(entry);
  }

  list(functionName?: string): readonly LogLine[] {
    return this.#lines.filter(
      (entry) => functionName === undefined || entry.functionName === functionName,
    );
  }
}

function levelOf(line: string): unknown {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'level' in parsed ? parsed.level : null;
  } catch {
    return null;
  }
}
