import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

const FOLDER = new URL('../../../../shared/data/aws/', import.meta.url);

/** Whether the answers are there that AWS printed in its manuals and that others recorded. */
export const HAS_RECORDED_ANSWERS = existsSync(FOLDER);
if (!HAS_RECORDED_ANSWERS) {
  // biome-ignore lint/suspicious/noConsole: a skipped comparison has to be seen
  console.warn(
    'Skipped: ../shared/data/aws is not there, so no printed or recorded answer is read.',
  );
}

const Placebo = z.object({ data: z.record(z.string(), z.unknown()) });
const RecordedDate = z.object({
  __class__: z.literal('datetime'),
  year: z.int(),
  month: z.int(),
  day: z.int(),
  hour: z.int(),
  minute: z.int(),
  second: z.int(),
});

/** An answer as AWS's manual prints it. */
export function printed(name: string): unknown {
  return revived('', read(`aws-cli-examples/${name}.json`));
}

/** An answer as it was recorded from AWS. */
export function recorded(name: string): unknown {
  // What botocore adds is no part of AWS's answer.
  const { ResponseMetadata: _, ...answer } = Placebo.parse(read(`c7n-placebo/${name}.json`)).data;
  return revived('', answer);
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'));
}

/** With dates as dates: they are ISO texts, seconds, or objects of their parts. */
function revived(name: string, value: unknown): unknown {
  const { data: date } = RecordedDate.safeParse(value);
  if (date !== undefined) {
    const { year, month, day, hour, minute, second } = date;
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  }
  if (Array.isArray(value)) return value.map((item) => revived(name, item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, revived(key, part)]),
    );
  }
  return isDate(name) ? dateOf(value) : value;
}

/** `CaptureTime`, `CreationDate` and the like are texts in the API itself. */
function isDate(name: string): boolean {
  return (
    /(Time|DateTime|ExecutionDate)$/.test(name) && !/^(CaptureTime|DeprecationTime)$/.test(name)
  );
}

function dateOf(value: unknown): unknown {
  if (typeof value === 'number') return new Date(value * 1000);
  return typeof value === 'string' ? new Date(value) : value;
}
