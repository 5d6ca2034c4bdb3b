import type { Face } from '../model/workspace.ts';

/** Initials in a color. */
export function Avatar({ face, small = false }: { face: Face; small?: boolean }) {
  const kind = face.isApp ? 'app' : `color-${face.color}`;
  return (
    <span className={`avatar ${kind} ${small ? 'small' : ''}`} aria-hidden="true">
      {face.initials}
    </span>
  );
}
