import { type CalendarDate, dayOf } from '#domain/calendar-date.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { TermsRule } from '#domain/licenses/requirement.ts';
import { REASSIGNMENT } from '#domain/vendors/microsoft-rules.ts';

/** Days for which a license stays where it was assigned. */
const ASSIGNED_DAYS = 90;

/** Where a license serves. */
export interface Assignment {
  readonly region: string;
  /** The Dedicated Host; `null` on shared hardware. */
  readonly hostId: string | null;
}

/** Until when a license stays where it is, and by which rule. */
export interface Binding {
  /** The first day on which it may serve elsewhere. */
  readonly freeOn: CalendarDate;
  readonly rule: TermsRule;
}

/**
 * What binds a license to the place where it serves; `null`: it may move on any day. License Mobility frees moves
 * within a Region, which counts as the server farm; what has none stays with its hardware.
 *
 * @see aws-samples, technical notes for Microsoft workloads on AWS, License Mobility (2026-07-24)
 */
export function bindingOf(
  assignedOn: CalendarDate,
  from: Assignment,
  to: Assignment,
  { softwareAssurance }: Pick<LicenseTerms, 'softwareAssurance'>,
): Binding | null {
  const sameRegion = from.region === to.region;
  const sameHost = sameRegion && from.hostId !== null && from.hostId === to.hostId;
  const mobile = softwareAssurance === true && sameRegion;
  if (sameHost || mobile) return null;
  const freeOn = dayOf(later(new Date(assignedOn), ASSIGNED_DAYS * DAY_MS));
  return { freeOn, rule: REASSIGNMENT };
}
