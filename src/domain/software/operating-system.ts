import type { Instance } from '#domain/instance.ts';
import type { ManagedServer } from '#domain/inventory.ts';
import { addFinding, type FoundSoftware } from '#domain/software/found-software.ts';
import type { ProductMentions } from '#domain/software/product-mentions.ts';
import { versionIn } from '#domain/software/product-versions.ts';
import type { UsageOperation } from '#domain/software/usage-operation.ts';

const HIGH_AVAILABILITY = ['High Availability Add-On'] as const;

/** What the hourly price includes, and the system that is brought along, by usage operation. */
export function addUsageOperation(
  found: FoundSoftware[],
  operation: UsageOperation,
  { usageOperation, platformDetails }: Instance,
): void {
  const evidence = [{ source: 'usage operation', text: `${usageOperation} (${platformDetails})` }];
  const { windows, sqlServer, linux } = operation;
  const unknown = { edition: null, version: null, evidence };
  if (windows !== null)
    addFinding(found, { ...unknown, product: 'windows-server', licensing: windows });
  if (linux !== null) {
    const { product, licensing, highAvailability } = linux;
    const options = highAvailability ? HIGH_AVAILABILITY : [];
    addFinding(found, { ...unknown, product, licensing, options });
  }
  if (sqlServer !== null) {
    addFinding(found, {
      ...unknown,
      product: 'sql-server',
      edition: sqlServer,
      licensing: 'license-included',
    });
  }
}

/** The system that Systems Manager names: its edition and version, and that it is there at all. */
export function addPlatform(
  found: FoundSoftware[],
  mentions: ProductMentions,
  { platformName, platformVersion }: Pick<ManagedServer, 'platformName' | 'platformVersion'>,
  licensing: 'byol' | 'unknown',
): void {
  const system = mentions(platformName ?? '');
  if (system === null) return;
  const { product, edition } = system;
  addFinding(found, {
    product,
    edition,
    version: system.version ?? versionIn(product, '', platformVersion ?? ''),
    licensing,
    evidence: [{ source: 'AWS:InstanceInformation', text: platformName ?? '' }],
  });
}

/** The system of platform details that no usage operation goes with: nobody knows how it is paid. */
export function addPlatformDetails(
  found: FoundSoftware[],
  mentions: ProductMentions,
  text: string,
): void {
  const system = text.startsWith('Windows') ? WINDOWS : mentions(text);
  if (system === null) return;
  const { product, edition, version } = system;
  addFinding(found, {
    product,
    edition,
    version,
    licensing: 'unknown',
    evidence: [{ source: 'platform details', text }],
  });
}

const WINDOWS = { product: 'windows-server', edition: null, version: null } as const;
