import * as z from 'zod';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import { TermSwitches } from '#domain/licenses/license-terms.ts';
import { type Column, column } from '#domain/register/column.ts';
import { choice } from '#domain/register/readers.ts';

const FIELDS = TermSwitches.unwrap().shape;
type Switch = keyof TermSwitches;

/** One optional column for every switch of the terms; an empty cell is the conservative answer. */
export const SWITCH_COLUMNS: readonly Column<Entitlement>[] = Object.keys(FIELDS)
  .filter(isSwitch)
  .map((name) => {
    const words = wordsOf(FIELDS[name].unwrap());
    const reader = { ...choice(words, Object.keys(words).join(' or ')), empty: undefined };
    return column(headerOf(name), reader, ({ switches }) => wordOf(switches[name]), { key: name });
  });

/** The switches among a row's values. */
export function switchesIn(values: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.keys(FIELDS).map((name) => [name, values[name]]));
}

function isSwitch(name: string): name is Switch {
  return name in FIELDS;
}

/** `ibmHostCoreCap`: `IBM host core cap`. */
function headerOf(name: string): string {
  const words = name.replaceAll(/[A-Z]|\d+/g, (start) => ` ${start.toLowerCase()}`);
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return sentence.replaceAll(/\b(?:ibm|cpu|vm)\b/gi, (word) => word.toUpperCase());
}

type Field = ReturnType<(typeof FIELDS)[Switch]['unwrap']>;

function wordsOf(field: Field): Readonly<Record<string, unknown>> {
  if (field instanceof z.ZodBoolean) return { yes: true, no: false };
  const answers =
    field instanceof z.ZodEnum ? field.options : field.options.map(({ value }) => value);
  return Object.fromEntries(answers.map((answer) => [String(answer), answer]));
}

function wordOf(answer: TermSwitches[Switch]): string {
  if (typeof answer !== 'boolean') return String(answer);
  return answer ? 'yes' : 'no';
}
