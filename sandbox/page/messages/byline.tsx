import type { Face } from '../model/workspace.ts';

/** Who wrote a message, and when. */
export function Byline({ face, date }: { face: Face; date: Date }) {
  return (
    <p className="byline">
      <strong>{face.name}</strong>
      {face.isApp && <span className="badge">APP</span>}
      <time dateTime={date.toISOString()} title={date.toLocaleString()}>
        {shortTime(date)}
      </time>
    </p>
  );
}

/** `4:12 PM`, as the reader's locale has it. */
export function shortTime(date: Date): string {
  return date.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
}
