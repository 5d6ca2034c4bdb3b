import type { ProductId } from '#domain/licenses/product.ts';

type Paid = 'license-included' | 'byol';

/** What a usage operation says of an instance's licenses. */
export interface UsageOperation {
  /** EC2's platform details that go with it. */
  readonly platform: string;
  readonly windows: Paid | null;
  /** The SQL Server edition in the hourly price; `null`: none, but one may be brought along. */
  readonly sqlServer: 'enterprise' | 'standard' | 'web' | null;
  readonly linux: LinuxOperation | null;
}

export interface LinuxOperation {
  readonly product: ProductId;
  readonly licensing: Paid;
  readonly highAvailability: boolean;
}

const RHEL: LinuxOperation = {
  product: 'red-hat-enterprise-linux',
  licensing: 'license-included',
  highAvailability: false,
};
const RHEL_HA: LinuxOperation = { ...RHEL, highAvailability: true };
const RHEL_BYOL: LinuxOperation = { ...RHEL, licensing: 'byol' };
const SLES: LinuxOperation = { ...RHEL, product: 'suse-linux-enterprise' };
const UBUNTU_PRO: LinuxOperation = { ...RHEL, product: 'ubuntu-pro' };

/**
 * The 19 usage operations. `RunInstances:0002` and `RunInstances:0800` do not tell whether SQL Server
 * is brought along.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html (2026-11)
 */
const OPERATIONS: ReadonlyMap<string, UsageOperation> = new Map([
  operation('', 'Linux/UNIX', {}),
  operation(':00g0', 'Red Hat BYOL Linux', { linux: RHEL_BYOL }),
  operation(':0010', 'Red Hat Enterprise Linux', { linux: RHEL }),
  operation(':1010', 'Red Hat Enterprise Linux with HA', { linux: RHEL_HA }),
  operation(':1014', 'Red Hat Enterprise Linux with SQL Server Standard and HA', {
    linux: RHEL_HA,
    sqlServer: 'standard',
  }),
  operation(':1110', 'Red Hat Enterprise Linux with SQL Server Enterprise and HA', {
    linux: RHEL_HA,
    sqlServer: 'enterprise',
  }),
  operation(':0014', 'Red Hat Enterprise Linux with SQL Server Standard', {
    linux: RHEL,
    sqlServer: 'standard',
  }),
  operation(':0210', 'Red Hat Enterprise Linux with SQL Server Web', {
    linux: RHEL,
    sqlServer: 'web',
  }),
  operation(':0110', 'Red Hat Enterprise Linux with SQL Server Enterprise', {
    linux: RHEL,
    sqlServer: 'enterprise',
  }),
  operation(':0100', 'SQL Server Enterprise', { sqlServer: 'enterprise' }),
  operation(':0004', 'SQL Server Standard', { sqlServer: 'standard' }),
  operation(':0200', 'SQL Server Web', { sqlServer: 'web' }),
  operation(':000g', 'SUSE Linux', { linux: SLES }),
  operation(':0g00', 'Ubuntu Pro', { linux: UBUNTU_PRO }),
  operation(':0002', 'Windows', { windows: 'license-included' }),
  operation(':0800', 'Windows BYOL', { windows: 'byol' }),
  operation(':0102', 'Windows with SQL Server Enterprise', {
    windows: 'license-included',
    sqlServer: 'enterprise',
  }),
  operation(':0006', 'Windows with SQL Server Standard', {
    windows: 'license-included',
    sqlServer: 'standard',
  }),
  operation(':0202', 'Windows with SQL Server Web', {
    windows: 'license-included',
    sqlServer: 'web',
  }),
]);

const BY_PLATFORM: ReadonlyMap<string, UsageOperation> = new Map(
  [...OPERATIONS.values()].map((known) => [known.platform, known]),
);

/** Where a Spot Instance ran: `RunInstances:0010:SV006` is Red Hat in zone 6. */
const SPOT_SUFFIX = /:SV\d{3}$/;

/**
 * What the usage operation says, or else the platform details; `null` when EC2 User Guide lists
 * neither: nothing is read from the parts of a code that is not known.
 */
export function usageOperation(code: string, platformDetails: string): UsageOperation | null {
  return (
    OPERATIONS.get(code) ??
    OPERATIONS.get(code.replace(SPOT_SUFFIX, '')) ??
    BY_PLATFORM.get(platformDetails) ??
    null
  );
}

/** The code under which AWS bills the same with other licenses for Windows or SQL Server; `null`: it sells no such thing. */
export function operationWith(
  code: string,
  licenses: Partial<Pick<UsageOperation, 'windows' | 'sqlServer'>>,
): string | null {
  const known = OPERATIONS.get(code);
  if (known === undefined) return null;
  const wanted = { ...known, ...licenses };
  const found = [...OPERATIONS].find(
    ([, { windows, sqlServer, linux }]) =>
      windows === wanted.windows && sqlServer === wanted.sqlServer && linux === wanted.linux,
  );
  return found?.[0] ?? null;
}

function operation(
  code: string,
  platform: string,
  licenses: Partial<UsageOperation>,
): readonly [string, UsageOperation] {
  return [
    `RunInstances${code}`,
    { platform, windows: null, sqlServer: null, linux: null, ...licenses },
  ];
}
