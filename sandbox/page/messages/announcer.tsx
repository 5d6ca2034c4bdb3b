import { useEffect, useRef, useState } from 'react';
import { useNow } from '../clock-context.ts';
import type { Conversation } from '../model/conversations.ts';
import { plainWords } from '../model/plain-words.ts';
import { faceOf, idOf } from '../model/workspace.ts';

/** Reads out messages that come into the open conversation. */
export function Announcer({
  conversation,
  person,
}: {
  conversation: Conversation;
  person: string;
}) {
  const now = useNow();
  const [said, setSaid] = useState('');
  const place = `${person} ${conversation.id}`;
  const heard = useRef({ place, ts: conversation.messages.at(-1)?.ts ?? '' });
  const newest = conversation.messages.at(-1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: said once for each new message
  useEffect(() => {
    const before = heard.current;
    heard.current = { place, ts: newest?.ts ?? '' };
    if (before.place !== place || newest === undefined || newest.ts <= before.ts) return;
    if (newest.user === idOf(person)) return;
    setSaid(`${faceOf(newest.user).name}: ${plainWords(newest.text, now)}`);
  }, [place, newest?.ts]);

  return (
    <div role="status" className="unseen">
      {said}
    </div>
  );
}
