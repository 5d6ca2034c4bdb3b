import type { Instance } from '#domain/estate/instance.ts';
import type { ManagedServer } from '#domain/estate/inventory.ts';
import type { MachineImage } from '#domain/estate/machine-image.ts';
import { ProductId } from '#domain/licenses/product.ts';
import type { ConfigurationHint } from '#domain/software/configuration-hints.ts';
import { addFinding, type FoundSoftware, foundOf } from '#domain/software/found-software.ts';
import { APPLICATION_SOURCE } from '#domain/software/software-catalog.ts';
import type { SoftwareFacts } from '#domain/software/software-facts.ts';
import { type UsageOperation, usageOperation } from '#domain/software/usage-operation.ts';

/** Their installers on Linux leave no package, so that inventory cannot show them. */
const LEAVES_NO_PACKAGE: ReadonlySet<ProductId> = new Set([
  'oracle-database',
  'oracle-weblogic',
  'ibm-db2',
  'ibm-websphere',
  'sap-hana',
  'sap-netweaver',
]);

const SYSTEMS: ReadonlySet<ProductId> = new Set([
  'windows-server',
  'red-hat-enterprise-linux',
  'suse-linux-enterprise',
  'ubuntu-pro',
]);

/** AWS Marketplace as the owner of AMIs: its alias and its account. */
const MARKETPLACE: ReadonlySet<string> = new Set(['aws-marketplace', '679593333241']);

/** Everything licensed on an instance, from the surest source to the weakest. */
export function instanceSoftware(
  facts: SoftwareFacts,
  instance: Instance,
): readonly FoundSoftware[] {
  const found: FoundSoftware[] = [];
  const { operation, findings } = facts.billingOf(
    instance.usageOperation,
    instance.platformDetails,
  );
  const server = facts.servers.get(instance.instanceId);
  for (const finding of findings) addFinding(found, finding);
  if (server !== undefined) {
    addInventory(found, facts, server, operation === null ? 'unknown' : 'byol');
  }
  addMarketplace(found, facts, instance);
  addLinuxSubscriptions(found, facts, instance.instanceId);
  addUserProducts(found, facts, instance.instanceId);
  addHints(found, facts.hintsOf(instance.licenseConfigurationArns), (product) =>
    isBelievable(product, operation, server),
  );
  return withoutBareAgent(found);
}

/** Everything licensed on a server outside AWS. */
export function serverSoftware(
  facts: SoftwareFacts,
  server: ManagedServer,
): readonly FoundSoftware[] {
  const found: FoundSoftware[] = [];
  addInventory(found, facts, server, 'byol');
  const arns = facts.serverConfigurations.get(server.id) ?? [];
  addHints(found, facts.hintsOf(arns), (product) => isBelievable(product, null, server));
  return withoutBareAgent(found);
}

/** What Systems Manager knows: installed products, then the system, paid for as `licensing` says. */
function addInventory(
  found: FoundSoftware[],
  { installedOn, platformOf }: SoftwareFacts,
  server: ManagedServer,
  licensing: 'byol' | 'unknown',
): void {
  for (const finding of installedOn(server)) addFinding(found, finding);
  const system = platformOf(server.platformName ?? '', server.platformVersion ?? '');
  if (system !== null) addFinding(found, system[licensing]);
}

/**
 * What the names of its license configurations add: the edition that inventory does not tell, and the
 * product itself where nothing better could have shown it.
 */
function addHints(
  found: FoundSoftware[],
  hints: readonly ConfigurationHint[],
  believable: (product: ProductId) => boolean,
): void {
  for (const hint of hints) {
    const known = foundOf(found, hint.product);
    if (known === undefined ? !believable(hint.product) : known.licensing === 'free') continue;
    addFinding(found, hint);
  }
}

/**
 * What an AMI of the marketplace is, by the license that came with it or by its own name. The company's
 * images made from it keep the code, but their names tell what the company put on them.
 */
function addMarketplace(
  found: FoundSoftware[],
  { receivedLicenses, images, mentions }: SoftwareFacts,
  { productCodes, imageId }: Instance,
): void {
  for (const code of productCodes) {
    const text = receivedLicenses.get(code)?.productName ?? marketplaceName(images.get(imageId));
    const mention = mentions(text);
    if (mention === null) continue;
    const { free: _, ...product } = mention;
    addFinding(found, {
      ...product,
      licensing: /byo[ls]/i.test(text) ? 'byol' : 'marketplace',
      evidence: [{ source: 'marketplace product code', text: `${code} (${text})` }],
    });
  }
}

function marketplaceName(image: MachineImage | undefined): string {
  return image !== undefined && MARKETPLACE.has(image.owner ?? '') ? image.name : '';
}

function addLinuxSubscriptions(
  found: FoundSoftware[],
  { linuxSubscriptions, mentions }: SoftwareFacts,
  instanceId: string,
): void {
  for (const subscription of linuxSubscriptions.get(instanceId) ?? []) {
    const { subscriptionName: text, registeredTwice, usageOperation: code } = subscription;
    const mention = mentions(text);
    if (mention === null) continue;
    const { product, edition } = mention;
    addFinding(found, {
      product,
      edition,
      version: subscription.osVersion,
      licensing: usageOperation(code ?? '', '')?.linux?.licensing ?? 'unknown',
      evidence: [
        { source: `Linux subscription${registeredTwice ? ', registered twice' : ''}`, text },
      ],
    });
  }
}

/** Products whose users AWS bills by the month; named as AWS names them. */
function addUserProducts(
  found: FoundSoftware[],
  { userProducts }: SoftwareFacts,
  instanceId: string,
): void {
  for (const text of userProducts.get(instanceId) ?? []) {
    const product = ProductId.safeParse(text.toLowerCase().replaceAll('_', '-'));
    if (!product.success) continue;
    addFinding(found, {
      product: product.data,
      edition: null,
      version: null,
      licensing: 'license-included',
      evidence: [{ source: 'user subscription', text }],
    });
  }
}

/** Whether a configuration's name is the best that there can be: nothing else would show the product. */
function isBelievable(
  product: ProductId,
  operation: UsageOperation | null,
  server: ManagedServer | undefined,
): boolean {
  if (SYSTEMS.has(product)) {
    const plainLinux = operation?.windows === null && operation.linux === null;
    return (
      server === undefined && (operation === null || (plainLinux && product !== 'windows-server'))
    );
  }
  const windows = operation === null ? isWindows(server) : operation.windows !== null;
  return server === undefined || (!windows && LEAVES_NO_PACKAGE.has(product));
}

function isWindows(server: ManagedServer | undefined): boolean {
  return server?.platformName?.includes('Windows') ?? false;
}

/** SAP's host agent is on HANA's machines too: there it says nothing of NetWeaver. */
function withoutBareAgent(found: readonly FoundSoftware[]): readonly FoundSoftware[] {
  if (foundOf(found, 'sap-hana') === undefined) return found;
  return found.filter(
    ({ product, evidence }) =>
      product !== 'sap-netweaver' ||
      evidence.some(({ source }) => source !== APPLICATION_SOURCE.likely),
  );
}
