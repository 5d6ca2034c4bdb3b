import { z } from 'zod';
import type { Authorization } from '../wire/service.ts';
import { findConfiguration } from './associations.ts';
import type { LicenseManager } from './license-manager.ts';

/** Where a call names the license configurations it is about. */
const Named = z.object({
  LicenseConfigurationArn: z.string().optional(),
  ResourceArn: z.string().optional(),
  AddLicenseSpecifications: z.array(z.object({ LicenseConfigurationArn: z.string() })).optional(),
  RemoveLicenseSpecifications: z
    .array(z.object({ LicenseConfigurationArn: z.string() }))
    .optional(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string().optional() })).optional(),
});
type Named = z.output<typeof Named>;

/** What IAM checks: the license configuration where the action supports it (Service Authorization Reference), else `*`. */
export function authorizations(
  { cloud }: LicenseManager,
  operation: string,
  input: unknown,
): Authorization[] {
  const named = Named.parse(input);
  const resources = configurationsNamed(operation, named);
  return (resources.length > 0 ? resources : ['*']).map((resource) => ({
    action: `license-manager:${operation}`,
    resource,
    conditions: {
      ...tagConditions('aws:ResourceTag', findConfiguration(cloud, resource)?.Tags ?? []),
      ...tagConditions('aws:RequestTag', named.Tags ?? []),
    },
  }));
}

function configurationsNamed(operation: string, named: Named): string[] {
  if (operation.includes('LicenseConversionTask')) return [];
  if (operation.endsWith('LicenseSpecificationsForResource')) {
    const specifications = [
      ...(named.AddLicenseSpecifications ?? []),
      ...(named.RemoveLicenseSpecifications ?? []),
    ];
    return specifications.map(({ LicenseConfigurationArn }) => LicenseConfigurationArn);
  }
  return [named.LicenseConfigurationArn ?? named.ResourceArn ?? []].flat();
}

function tagConditions(
  key: string,
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [`${key}/${Key}`, Value ?? '']));
}
