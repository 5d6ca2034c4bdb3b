import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { ChangeOf } from '#domain/launch/change-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { TermsRule } from '#domain/licenses/requirement.ts';
import { type UsageOperation, usageOperation } from '#domain/software/usage-operation.ts';

const SOURCE = {
  source: 'AWS License Manager User Guide, License type conversions',
  asOf: '2026-11-22',
  confidence: 'primary',
} as const;

/** The pairs that License Manager converts between, all else is refused. */
export const CONVERTIBLE: TermsRule = {
  id: 'aws/license-conversion/pairs',
  text: 'License Manager converts Windows Server and SQL Server on Windows, Red Hat Enterprise Linux, and Ubuntu to Ubuntu Pro; never to another system, and never Windows Server brought along with SQL Server in the hourly price.',
  ...SOURCE,
};

/** Where licenses of one's own may follow the conversion. */
export const OWN_IMAGE: TermsRule = {
  id: 'aws/license-conversion/own-image',
  text: 'Only an instance of an image of one’s own can be converted to licenses that are brought along; one of an image that AWS provides cannot.',
  ...SOURCE,
};

/** What brings its licenses along, in AWS's codes: Windows Server, Red Hat. */
const BROUGHT: ReadonlySet<string> = new Set(['RunInstances:0800', 'RunInstances:00g0']);

/** Why License Manager would not convert an instance; `null` when it would. */
export function whyNotConvertible(
  { instanceId, from, to }: ChangeOf<'convert'>,
  { imageId, platformDetails }: Instance,
  { images, managedServers }: Pick<InventoryShard, 'images' | 'managedServers'>,
): Reason | null {
  const [before, after] = [usageOperation(from, ''), usageOperation(to, '')];
  if (!arePair({ code: from, means: before }, { code: to, means: after }, platformDetails)) {
    return notPossible(CONVERTIBLE);
  }
  if (BROUGHT.has(to) || bringsSqlServer(before, after)) {
    const owner = images.find((image) => image.imageId === imageId)?.owner ?? null;
    // What nobody can say of an image that is gone, an approver cannot say either.
    if (owner === null || !/^\d{12}$/.test(owner)) return notPossible(OWN_IMAGE);
  }
  const isManaged = managedServers.some(({ id }) => id === instanceId);
  return isManaged ? null : { code: 'instance-not-managed', instanceId };
}

function notPossible({ id, text }: TermsRule): Reason {
  return { code: 'conversion-not-possible', rule: id, text };
}

interface Coded {
  readonly code: string;
  readonly means: UsageOperation | null;
}

function arePair(from: Coded, to: Coded, platform: string): boolean {
  if (from.means === null || to.means === null) return false;
  if (from.means.windows !== null) return to.means.windows !== null;
  if (from.means.linux !== null) {
    return (
      from.means.linux.product === RED_HAT &&
      to.means.linux?.product === RED_HAT &&
      from.means.sqlServer === to.means.sqlServer
    );
  }
  // Plain Linux says no more in its code; Ubuntu says so in words, where it says anything.
  return to.means.linux?.product === 'ubuntu-pro' && /^(Linux\/UNIX|Ubuntu)/.test(platform);
}

const RED_HAT = 'red-hat-enterprise-linux';

/** SQL Server leaves the hourly price, to be brought along from then on. */
function bringsSqlServer(before: UsageOperation | null, after: UsageOperation | null): boolean {
  return (before?.sqlServer ?? null) !== null && (after?.sqlServer ?? null) === null;
}

/**
 * Whether what is in an instance's hourly price, or is brought along, may run with a tenancy: of licenses
 * in the price Dedicated Hosts take Windows Server alone, and Windows Server brought along takes nothing else.
 *
 * @see "License conversion types", AWS License Manager User Guide: tenancy
 */
export function runsWith(code: string, tenancy: 'default' | 'dedicated' | 'host'): boolean {
  if (code === 'RunInstances:0800') return tenancy !== 'default';
  const operation = usageOperation(code, '');
  if (operation === null || tenancy !== 'host') return true;
  const { sqlServer, linux } = operation;
  return sqlServer === null && linux?.licensing !== 'license-included';
}
