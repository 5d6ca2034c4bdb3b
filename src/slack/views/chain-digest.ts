import type { AuditEntry } from '#domain/audit/audit.ts';
import { plural } from '#slack/views/figures.ts';
import { context, header, type Message, message } from '#slack/views/message.ts';
import { lines } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

/**
 * A day's digest of the audit. What is here cannot be taken back: whoever changes or shortens the
 * audit later no longer gets this hash.
 */
export function chainDigestMessage({ details, hash }: AuditEntry): Message {
  const day = String(details['day']);
  const grown = plural(Number(details['streams']), 'audit stream');
  return message(mrkdwn`Audit digest of ${day}: ${hash}`, [
    header(`Audit digest of ${day}`),
    lines([
      `${grown} grew. Nothing up to here can change any more without this hash changing: ${hash}`,
    ]),
    context(mrkdwn`To check: quartermaster audit verify --digest ${hash}`),
  ]);
}
