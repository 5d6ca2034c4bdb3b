import { parseArgs } from 'node:util';
import * as z from 'zod';

/** What a command came to. The document is what `--json` prints, the text what it prints otherwise. */
export interface Outcome {
  /** 0: done, or yes. 1: no, or failed. 2: what was given cannot be used. */
  readonly exitCode: 0 | 1 | 2;
  readonly document: object;
  readonly text: string;
}

export interface Command {
  /** Its words, such as `policy check`. */
  readonly name: string;
  /** What follows its words. */
  readonly usage: string;
  readonly summary: string;
  /** @throws {BadInput} */
  run(args: readonly string[]): Promise<Outcome>;
}

/** Something that was typed and cannot be used; the message names it and says what to write. */
export class BadInput extends Error {}

/** What every command prints with `--json` when it is stopped: by bad input, or because AWS fails. */
export const Failure = z.object({ ok: z.literal(false), error: z.string() });

/**
 * A command from its operands and flags. `input` gets them by the names that people see, such as
 * `FILE` and `--expect`, so that its errors name them.
 */
export function command<Input extends z.ZodType>({
  operands,
  flags,
  switches = [],
  input,
  run,
  ...described
}: Omit<Command, 'run'> & {
  readonly operands: readonly string[];
  readonly flags: readonly string[];
  /** Flags without a value. */
  readonly switches?: readonly string[];
  readonly input: Input;
  readonly run: (input: z.output<Input>) => Promise<Outcome>;
}): Command {
  return {
    ...described,
    async run(args) {
      const { values, positionals } = parse(args, flags, switches);
      const [extra] = positionals.slice(operands.length);
      if (extra !== undefined)
        throw new BadInput(`${extra}: leave it out, nothing is expected there`);
      const named = [
        ...operands.map((operand, index) => [operand, positionals[index]]),
        ...[...flags, ...switches].map((flag) => [`--${flag}`, values[flag]]),
      ];
      const parsed = input.safeParse(Object.fromEntries(named));
      if (parsed.success) return run(parsed.data);
      const problems = parsed.error.issues.map(
        ({ path, message }) => `${String(path[0])}: ${message}`,
      );
      throw new BadInput(problems.join('\n'));
    },
  };
}

function parse(
  args: readonly string[],
  flags: readonly string[],
  switches: readonly string[],
): { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] } {
  const options = Object.fromEntries([
    ...flags.map(option('string')),
    ...[...switches, 'json'].map(option('boolean')),
  ]);
  try {
    return parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
    });
  } catch (error) {
    // Node says which flag, and then how to write a positional argument that looks like one.
    const [first = ''] = (error instanceof Error ? error.message : '').split('. To ');
    throw new BadInput(first, { cause: error });
  }
}

function option(type: 'string' | 'boolean') {
  return (name: string) => [name, { type }] as const;
}
