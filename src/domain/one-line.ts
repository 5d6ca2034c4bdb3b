import * as z from 'zod';

const ORDINARY = /^[^\p{Cc}\p{Cs}]*$/u;

/** Text that a person typed, on one line: spaces around it are dropped, those within made one. */
export function oneLine(maximum: number, minimum = 1) {
  return z
    .string()
    .overwrite((text) => text.replaceAll(/\s+/gu, ' ').trim())
    .min(minimum, 'Write something')
    .max(maximum, `Write at most ${maximum} characters`)
    .regex(ORDINARY, 'Write it without control characters');
}
