import type { Finding } from '#domain/software/found-software.ts';
import type { ProductMentions } from '#domain/software/product-mentions.ts';
import { versionIn } from '#domain/software/product-versions.ts';
import { rememberPairs } from '#domain/software/remember.ts';
import { type UsageOperation, usageOperation } from '#domain/software/usage-operation.ts';

/** What EC2 bills an instance for, with the licenses that this includes or brings along. */
export interface Billing {
  /** `null`: EC2 does not document it. */
  readonly operation: UsageOperation | null;
  readonly findings: readonly Finding[];
}

const HIGH_AVAILABILITY = ['High Availability Add-On'] as const;
const WINDOWS = { product: 'windows-server', edition: null, version: null } as const;

/** Reads usage operation and platform details of an instance. */
export function billingReader(
  mentions: ProductMentions,
): (code: string, platformDetails: string) => Billing {
  return rememberPairs((code, platformDetails) => {
    const operation = usageOperation(code, platformDetails);
    const findings =
      operation === null
        ? undocumented(mentions, platformDetails)
        : documented(operation, `${code} (${platformDetails})`);
    return { operation, findings };
  });
}

/** Reads the system that Systems Manager names, with its version, by how it may be paid for. */
export function platformReader(
  mentions: ProductMentions,
): (
  platformName: string,
  platformVersion: string,
) => Readonly<Record<'byol' | 'unknown', Finding>> | null {
  return rememberPairs((text, platformVersion) => {
    const system = mentions(text);
    if (system === null) return null;
    const { product, edition } = system;
    const version = system.version ?? versionIn(product, '', platformVersion);
    const evidence = [{ source: 'AWS:InstanceInformation', text }];
    const finding = { product, edition, version, evidence };
    return {
      byol: { ...finding, licensing: 'byol' },
      unknown: { ...finding, licensing: 'unknown' },
    };
  });
}

function documented({ windows, sqlServer, linux }: UsageOperation, text: string): Finding[] {
  const unknown = { edition: null, version: null, evidence: [{ source: 'usage operation', text }] };
  const findings: Finding[] = [];
  if (windows !== null) {
    findings.push({ ...unknown, product: 'windows-server', licensing: windows });
  }
  if (linux !== null) {
    const { product, licensing, highAvailability } = linux;
    const options = highAvailability ? HIGH_AVAILABILITY : [];
    findings.push({ ...unknown, product, licensing, options });
  }
  if (sqlServer !== null) {
    findings.push({
      ...unknown,
      product: 'sql-server',
      edition: sqlServer,
      licensing: 'license-included',
    });
  }
  return findings;
}

/** The system of platform details alone: nobody knows how it is paid. */
function undocumented(mentions: ProductMentions, text: string): Finding[] {
  const system = text.startsWith('Windows') ? WINDOWS : mentions(text);
  if (system === null) return [];
  const { product, edition, version } = system;
  const evidence = [{ source: 'platform details', text }];
  return [{ product, edition, version, licensing: 'unknown', evidence }];
}
