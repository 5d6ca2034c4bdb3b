import * as z from 'zod';

export const UsageSort = z.enum(['scarcest', 'name', 'account', 'most-used']);
/** In which order pools are shown. */
export type UsageSort = z.output<typeof UsageSort>;

const Text = z.string().min(1).max(256);

/** What of the pools is shown, and in which order. Texts are what somebody typed or a tag says. */
export const UsageView = z
  .object({
    /** An account's id or name; `null`: all. */
    account: Text.nullable().default(null),
    /** Only what resources with this tag use; without a key, the owner tag of the policy. */
    tag: z.object({ key: Text.nullable(), value: Text }).readonly().nullable().default(null),
    sort: UsageSort.default('scarcest'),
  })
  .readonly();
export type UsageView = z.output<typeof UsageView>;

/** Everything, what runs out first. */
export const WHOLE_VIEW: UsageView = UsageView.parse({});
