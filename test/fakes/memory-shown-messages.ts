import { type ShownMessage, shownHash } from '#domain/audit/shown-message.ts';
import type { ShownMessages } from '#ports/shown-messages.ts';
import { sha256 } from '../builders.ts';

/** What cards showed, in memory; salts are numbers. */
export function memoryShownMessages(): ShownMessages {
  const kept = new Map<string, ShownMessage[]>();
  return {
    async keep(requestId, text) {
      const messages = kept.get(requestId) ?? [];
      const salt = String(messages.length);
      kept.set(requestId, [...messages, { text, salt, hash: shownHash(text, salt, sha256) }]);
    },
    newestHash: async (requestId) => kept.get(requestId)?.at(-1)?.hash ?? null,
    list: async (requestId) => kept.get(requestId) ?? [],
  };
}
