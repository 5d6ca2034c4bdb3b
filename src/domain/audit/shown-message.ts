import * as z from 'zod';
import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { Step } from '#domain/requests/change.ts';

/** A card as it was shown: what the hash in a decision's audit stands for. */
export const ShownMessage = z.object({
  /** Text and blocks as canonical JSON, as Slack got them. */
  text: z.string(),
  /** Random: without it nobody can tell by trying which text a hash is of. */
  salt: z.string(),
  hash: z.string(),
});
export type ShownMessage = z.output<typeof ShownMessage>;

/** The hash of a text under its salt. */
export function shownHash(text: string, salt: string, sha256: Sha256): string {
  return sha256(`${salt}\n${text}`);
}

/** A step with the card as shown in the audit of what a click did; others' entries stay as they are. */
export function withShown(
  step: Step,
  click: { readonly requestId: string; readonly key: string },
  shown: string | null,
): Step {
  if (shown === null) return step;
  const audit = step.audit.map((event) => {
    const isClick =
      event.stream === `request/${click.requestId}` && event.details['command'] === click.key;
    return isClick ? { ...event, details: { ...event.details, shown } } : event;
  });
  return { ...step, audit };
}
