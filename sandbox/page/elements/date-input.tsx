import { z } from 'zod';
import { useField } from '../surface.ts';
import type { ElementOf, ElementProps } from './element-types.ts';

const INPUT_TYPE = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
} as const;

/** A day, a time of day, or both in the reader's own zone. */
export function DateInput({
  element,
  blockId,
  labels,
}: ElementProps<ElementOf<keyof typeof INPUT_TYPE>>) {
  const field = useField(blockId, element, z.union([z.string(), z.number()]));
  const { value } = field;
  return (
    <input
      {...labels}
      className="input short"
      type={INPUT_TYPE[element.type]}
      value={typeof value === 'number' ? localText(value) : (value ?? '')}
      onChange={({ target }) => {
        if (target.value === '') return field.choose(null);
        const isMoment = element.type === 'datetimepicker';
        field.choose(isMoment ? new Date(target.value).getTime() / 1000 : target.value);
      }}
    />
  );
}

/** Unix seconds as `2026-11-22T09:30` in the reader's zone. */
function localText(seconds: number): string {
  const date = new Date(seconds * 1000);
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
