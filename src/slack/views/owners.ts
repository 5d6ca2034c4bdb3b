import { nameText } from '#slack/views/text.ts';

const SHOWN = 2;

/** Who answers for a resource; `null` where no tag says. */
export function ownersText(owners: readonly string[]): string | null {
  if (owners.length === 0) return null;
  const shown = owners
    .slice(0, SHOWN)
    .map((owner) => nameText(owner, 30))
    .join(', ');
  const hidden = owners.length - SHOWN;
  return hidden > 0 ? `${shown} and ${hidden} more` : shown;
}
