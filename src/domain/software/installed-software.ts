import type { Evidence } from '#domain/estate/deployment.ts';
import type { ManagedServer } from '#domain/estate/inventory.ts';
import { addEvidence, type Finding, isHigherEdition } from '#domain/software/found-software.ts';
import type { Certainty } from '#domain/software/installer-names.ts';
import { compareVersions, versionIn } from '#domain/software/product-versions.ts';
import { editionIn, wordsOf } from '#domain/software/product-words.ts';
import { rememberPairs } from '#domain/software/remember.ts';
import type { RecognizedSoftware, SoftwareCatalog } from '#domain/software/software-catalog.ts';

const CERTAINTIES: readonly Certainty[] = ['likely', 'component', 'installed'];

/** What inventory proves of one product on one server. */
interface Installation {
  software: RecognizedSoftware;
  readonly evidence: Evidence[];
}

type Inventory = Pick<ManagedServer, 'applications' | 'sqlServers'>;

/**
 * Products that Systems Manager's inventory proves on a server, one finding for each. SQL Server's own
 * rows, which know the edition, come before what its setup registered.
 */
export function installedSoftware(
  catalog: SoftwareCatalog,
): (inventory: Inventory) => readonly Finding[] {
  const sqlServerOf = rememberPairs(sqlServer);
  return ({ applications, sqlServers }) => {
    const engines: Installation[] = [];
    for (const { edition, version } of sqlServers) {
      addInstallation(engines, sqlServerOf(edition, version));
    }
    const installations: Installation[] = [];
    for (const application of applications) {
      const software = catalog(application);
      if (software !== null) addInstallation(installations, software);
    }
    return [...engines, ...installations].map(findingOf);
  };
}

function addInstallation(installations: Installation[], software: RecognizedSoftware): void {
  const { product, evidence } = software;
  const known = installations.find((each) => each.software.product === product);
  if (known === undefined) {
    installations.push({ software, evidence: [evidence] });
  } else {
    known.software = together(known.software, software);
    addEvidence(known.evidence, evidence);
  }
}

function findingOf({ software, evidence }: Installation): Finding {
  const { product, edition, version, free } = software;
  return { product, edition, version, licensing: free ? 'free' : 'byol', evidence };
}

function sqlServer(edition: string, version: string): RecognizedSoftware {
  return {
    product: 'sql-server',
    ...editionIn('sql-server', wordsOf(edition)),
    version: versionIn('sql-server', wordsOf(`sql server ${version}`), version),
    certainty: 'installed',
    evidence: { source: 'Custom:SQLServer', text: edition },
  };
}

/**
 * Two rows of one product: the surer one says it all, and of two versions side by side what is paid for.
 * Else they add up to the highest edition and the newest version.
 */
function together(one: RecognizedSoftware, other: RecognizedSoftware): RecognizedSoftware {
  const surer = CERTAINTIES.indexOf(one.certainty) - CERTAINTIES.indexOf(other.certainty);
  if (surer !== 0) return surer > 0 ? one : other;
  if (one.version === null || other.version === null || one.version === other.version) {
    return oneInstallation(one, other);
  }
  if (one.free !== other.free) return one.free ? other : one;
  const newer = compareVersions(one.version, other.version) > 0 ? one : other;
  return { ...newer, edition: editionOfBoth(one, other) };
}

/** Rows of one installation complete each other. */
function oneInstallation(one: RecognizedSoftware, other: RecognizedSoftware): RecognizedSoftware {
  const version = one.version ?? other.version;
  if (one.edition === null && other.edition === null) {
    return { ...one, version, free: one.free && other.free };
  }
  return { ...higher(one, other), version };
}

/** Unknown as long as one of two versions side by side may be of any edition. */
function editionOfBoth(one: RecognizedSoftware, other: RecognizedSoftware): string | null {
  const unknown = one.edition === null || other.edition === null;
  return unknown ? null : higher(one, other).edition;
}

function higher(one: RecognizedSoftware, other: RecognizedSoftware): RecognizedSoftware {
  if (one.edition === null) return other;
  if (other.edition === null) return one;
  return isHigherEdition(one.product, other.edition, one.edition) ? other : one;
}
