/** What menus on a follow-up's card carry: ids only. What may be done with them is decided on stored data. */
const FOLLOW_UP = /^fol-[0-9a-f]{16}$/;
const ASSOCIATION = /^(fol-[0-9a-f]{16})\|(arn:aws[a-z-]*:license-manager:\S{1,120})$/;

/** The follow-up's id that a button carries, or `null` for anything that no card of ours carries. */
export function parseFollowUp(value: string | null | undefined): string | null {
  return value && FOLLOW_UP.test(value) ? value : null;
}

/** `fol-…|arn:…`. */
export function associationValue(followUpId: string, configurationArn: string): string {
  return `${followUpId}|${configurationArn}`;
}

/** What an option of the menu names, or `null` for anything else. */
export function parseAssociation(
  value: string | null | undefined,
): { readonly followUpId: string; readonly configurationArn: string } | null {
  const [, followUpId, configurationArn] = ASSOCIATION.exec(value ?? '') ?? [];
  if (followUpId === undefined || configurationArn === undefined) return null;
  return { followUpId, configurationArn };
}
