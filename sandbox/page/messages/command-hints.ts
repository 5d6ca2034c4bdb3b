import { SUBCOMMANDS } from '#slack/views/help.ts';

/** A slash command that somebody may be typing. */
export interface CommandHint {
  /** What it looks like, e.g. `/license usage <name>`. */
  readonly form: string;
  readonly does: string;
  /** What choosing it types. */
  readonly typed: string;
  /** Whether it can be sent as it is. */
  readonly isWhole: boolean;
}

const HINTS: readonly CommandHint[] = SUBCOMMANDS.map(({ form, does }) => {
  const typed = `/license ${form.replace(/ ?<.*$/, '')}`;
  const isWhole = !form.includes('<');
  return { form: `/license ${form}`, does, typed: isWhole ? typed : `${typed} `, isWhole };
});

/** The commands that begin with what is typed; none for text that is no command. */
export function hintsFor(text: string): readonly CommandHint[] {
  if (!text.startsWith('/')) return [];
  const typed = text.toLowerCase();
  return HINTS.filter((hint) => hint.typed.startsWith(typed) || hint.form.startsWith(typed));
}
