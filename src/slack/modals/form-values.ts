import type { ViewOutput } from '@slack/bolt';
import type * as z from 'zod';

type Stated = Pick<ViewOutput, 'state'>;

/** What a form's fields hold, by field name (block_id = action_id); `null` where one is empty. */
export function formValues(view: Stated): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(view.state.values).map(([field, actions]) => {
      const state = actions[field];
      const selected = state?.selected_option?.value ?? state?.selected_user;
      return [field, selected ?? state?.selected_date ?? state?.value ?? null];
    }),
  );
}

/** What a field for several holds. */
export function chosenValues(view: Stated, field: string): string[] {
  const options = view.state.values[field]?.[field]?.selected_options ?? [];
  return options.map(({ value }) => value).filter((value) => value !== undefined);
}

/** Whether the box of a field is ticked. */
export function isTicked(view: Stated, field: string): boolean {
  return chosenValues(view, field).includes(field);
}

/** Schema issues as Slack wants them: one message under each field that is wrong. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(
    error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]),
  );
}
