import * as z from 'zod';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import {
  type MaintenanceWindow,
  readWindow,
} from '#domain/optimization/migration/maintenance-window.ts';
import { wholeNumber } from '#domain/policy/policy-fields.ts';
import { resourceMarks, tagValue } from '#domain/software/resource-marks.ts';

const Windows = z.array(z.string().max(200)).readonly().default([]);

/** When machines may stand still, and how many at once. */
export const MaintenanceSettings = z
  .strictObject({
    /** Such as `sat 22:00-04:00 Europe/Berlin`. Empty: whenever. */
    production: Windows,
    nonProduction: Windows,
    /** Key of the tag by which a machine has a window of its own. */
    tag: z.string().min(1).max(128).default('Maintenance'),
    machinesPerBatch: wholeNumber(1, 100).default(5),
  })
  .readonly();
export type MaintenanceSettings = z.output<typeof MaintenanceSettings>;

/** What a plan has to know of a machine beyond its steps. */
export interface MachineFacts {
  /** Not known is production. */
  readonly environment: Machine['environment'];
  /** Machines of one group stand in for each other; `null`: it is in none. */
  readonly haGroup: string | null;
  readonly role: 'primary' | 'passive' | 'readable' | null;
  /** The tag that says when it may stand still: untrusted text. */
  readonly maintenance: string | null;
  readonly running: boolean;
}

/** Where nothing is known: production, by itself, and running. */
export const UNKNOWN_MACHINE: MachineFacts = {
  environment: null,
  haGroup: null,
  role: null,
  maintenance: null,
  running: true,
};

const GROUP_TAG = 'ha:group';

/** The facts of a machine as its tags have them. */
export function machineFacts(
  { instance: { tags }, scope, environment, setup }: Machine,
  licensing: LicensingSettings,
  { tag }: Pick<MaintenanceSettings, 'tag'>,
): MachineFacts {
  const group = tagValue(tags, GROUP_TAG);
  return {
    environment,
    haGroup: group === null ? null : `${scope.account}/${group}`,
    role: resourceMarks(licensing)(tags).role,
    maintenance: tagValue(tags, tag),
    running: setup.running,
  };
}

/** A window that nobody can read: where it is written, and what it says. Untrusted text. */
export interface UnreadableWindow {
  readonly where: string;
  readonly text: string;
}

/** When a machine may stand still. */
export interface Opening {
  /** The same text for the same windows. */
  readonly key: string;
  /** `null`: whenever. Empty: nobody can tell, so never. */
  readonly windows: readonly MaintenanceWindow[] | null;
  readonly unreadable: readonly UnreadableWindow[];
}

/** By its own tag; without one by its environment. */
export function openingOf(
  target: string,
  { environment, maintenance }: MachineFacts,
  settings: MaintenanceSettings,
): Opening {
  if (maintenance !== null) return opening([maintenance], target);
  return environment === 'non-production'
    ? opening(settings.nonProduction, 'nonProduction')
    : opening(settings.production, 'production');
}

function opening(texts: readonly string[], where: string): Opening {
  const read = texts.map((text) => ({ text, window: readWindow(text) }));
  return {
    key: texts.join('\n'),
    windows: texts.length === 0 ? null : read.flatMap(({ window }) => window ?? []),
    unreadable: read.flatMap(({ text, window }) => (window === null ? [{ where, text }] : [])),
  };
}
