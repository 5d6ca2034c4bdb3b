/** One line per event: a constant, and fields that hold neither bodies nor secrets. */
export interface SlackLog {
  warn(event: string, fields: Readonly<Record<string, string>>): void;
  error(event: string, error: unknown, fields: Readonly<Record<string, string>>): void;
}
