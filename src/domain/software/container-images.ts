import type { Licensing } from '#domain/estate/deployment.ts';
import type { ProductId } from '#domain/licenses/product.ts';
import { versionIn } from '#domain/software/product-versions.ts';
import { editionIn, wordsOf } from '#domain/software/product-words.ts';

/** The product in a container image. */
export interface ImageProduct {
  readonly product: ProductId;
  readonly edition: string | null;
  readonly version: string | null;
  readonly licensing: Licensing;
}

interface ImageName {
  /** Of the end of the path, which mirrors keep. */
  readonly path: RegExp;
  readonly product: ProductId;
  readonly licensing: Licensing;
  readonly edition?: string;
}

/**
 * Images as their vendors publish them. SQL Server's run Developer unless a variable that no API shows
 * says otherwise; the community and developer images of IBM and the base images of Red Hat and SUSE
 * are free; Red Hat's other images want a subscription that their host may have.
 */
const IMAGE_NAMES: readonly ImageName[] = [
  image('sql-server', 'unknown', /\/mssql\/(?:rhel\d*\/)?server$/),
  image('sql-server', 'unknown', /\/mssql-server-(?:linux|windows)$/),
  image('sql-server', 'free', /\/mssql-server-windows-express$/, 'express'),
  image('sql-server', 'free', /\/mssql-server-windows-developer$/, 'developer'),
  image('oracle-database', 'byol', /oracle.*\/database\/enterprise(?:_ru)?$/, 'enterprise'),
  image('oracle-database', 'byol', /\/oracle\/database-enterprise$/, 'enterprise'),
  image('oracle-database', 'free', /oracle.*\/database\/(?:free|express)$|\/oracle-(?:free|xe)$/),
  image('oracle-database', 'byol', /\/oracle\/database$/),
  image('oracle-weblogic', 'byol', /\/(?:middleware|oracle)\/weblogic(?:-\w+)?$/),
  image('ibm-db2', 'free', /\/(?:db2_community|ibmcom)\/db2$/),
  image('ibm-db2', 'byol', /\/cp\/db2u?\b/),
  image('ibm-mq', 'byol', /\/cp\/ibm-mqadvanced-server(?:-integration)?$/, 'advanced'),
  image('ibm-mq', 'free', /\/(?:ibm-messaging|ibmcom)\/mq$/, 'advanced'),
  image('ibm-websphere', 'unknown', /\/websphere-(?:traditional|liberty)$/),
  image('red-hat-enterprise-linux', 'free', /\/ubi\d*(?:[-/]|$)/),
  image('red-hat-enterprise-linux', 'unknown', /\/rhel\d*(?:[-/]|$)/),
  image('suse-linux-enterprise', 'free', /\/bci(?:[-/]|$)/),
  image('suse-linux-enterprise', 'unknown', /\/suse\/sles?\d*/),
];

const LONGEST = 512;

/** The product in an image, by its name; `null` when it is no known one. Linear in the name. */
export function imageProduct(name: string): ImageProduct | null {
  const [reference = ''] = name.slice(0, LONGEST).toLowerCase().split('@');
  const colon = reference.lastIndexOf(':');
  const tagged = colon > reference.lastIndexOf('/');
  const path = `/${tagged ? reference.slice(0, colon) : reference}`;
  const tag = tagged ? reference.slice(colon + 1) : '';
  const known = IMAGE_NAMES.find((candidate) => candidate.path.test(path));
  if (known === undefined) return null;

  const { product, licensing } = known;
  const words = wordsOf(tag);
  const { edition, free } = editionIn(product, words);
  return {
    product,
    edition: known.edition ?? edition,
    version: versionIn(product, product === 'sql-server' ? `sql server ${words}` : words, tag),
    licensing: free ? 'free' : licensing,
  };
}

function image(
  product: ProductId,
  licensing: Licensing,
  path: RegExp,
  edition?: string,
): ImageName {
  return edition === undefined
    ? { product, licensing, path }
    : { product, licensing, path, edition };
}
