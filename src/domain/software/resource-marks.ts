import type { Deployment } from '#domain/estate/deployment.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { remember } from '#domain/software/remember.ts';

/** What a resource's tags say of it. */
export interface ResourceMarks {
  readonly owner: string | null;
  readonly environment: Deployment['environment'];
  readonly role: Deployment['role'];
}

type Tags = Readonly<Record<string, string>>;

const ROLES: ReadonlyMap<string, Deployment['role']> = new Map([
  ['primary', 'primary'],
  ['standby', 'passive'],
  ['passive', 'passive'],
  ['readable', 'readable'],
]);

/**
 * Reads owner, environment and replica role from tags, by the keys that the settings name. Values are
 * compared without case, spaces, hyphens and underscores, as teams spell them in many ways.
 */
export function resourceMarks(settings: LicensingSettings): (tags: Tags) => ResourceMarks {
  const nonProduction = new Set(settings.nonProduction.map(plain));
  const environmentOf = remember((value) =>
    nonProduction.has(plain(value)) ? 'non-production' : 'production',
  );
  const roleOf = remember((value) => ROLES.get(plain(value)) ?? null);
  return (tags) => {
    const environment = tagValue(tags, settings.environmentTag);
    return {
      owner: tagValue(tags, settings.ownerTag),
      environment: environment === null ? null : environmentOf(environment),
      role: roleOf(tagValue(tags, settings.replicaRoleTag) ?? ''),
    };
  };
}

/** The value of a tag; `null` when it is absent or blank. Keys may be any text, `__proto__` as well. */
export function tagValue(tags: Tags, key: string): string | null {
  const value = Object.hasOwn(tags, key) ? tags[key]?.trim() : undefined;
  return value || null;
}

function plain(value: string): string {
  return value.toLowerCase().replace(/[\s_-]+/g, '');
}
