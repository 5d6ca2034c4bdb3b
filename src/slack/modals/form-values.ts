import type { ViewOutput } from '@slack/bolt';
import type * as z from 'zod';

/** What a form's fields hold, by field name (block_id = action_id); `null` where one is empty. */
export function formValues(view: Pick<ViewOutput, 'state'>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(view.state.values).map(([field, actions]) => {
      const state = actions[field];
      const chosen = state?.selected_option?.value ?? state?.selected_user ?? state?.selected_date;
      return [field, chosen ?? state?.value ?? null];
    }),
  );
}

/** Schema issues as Slack wants them: one message under each field that is wrong. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(
    error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]),
  );
}
