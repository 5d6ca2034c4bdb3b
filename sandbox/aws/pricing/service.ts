import { pageOf } from '../license-manager/paging.ts';
import type { RestHandlers } from '../wire/rest-api.ts';
import { AwsError, type AwsService, targetService } from '../wire/service.ts';
import { ERRORS, OPERATIONS, SERVICE_TARGET } from './api.ts';
import { type ListedProduct, productsIn } from './price-list.ts';

/** AWS answers at most so many products a page. */
const MOST = 100;

/** AWS's price list of EC2 instances and Dedicated Hosts. Of other services nothing is listed here, and the sandbox says so. */
export function pricingService(): AwsService {
  return targetService(
    {
      endpointName: 'pricing',
      serviceTarget: SERVICE_TARGET,
      operations: OPERATIONS,
      errors: ERRORS,
    },
    {
      GetProducts: products,
    },
  );
}

const products: RestHandlers<typeof OPERATIONS>['GetProducts'] = ({
  ServiceCode,
  Filters = [],
  MaxResults = MOST,
  NextToken,
}) => {
  if (ServiceCode !== 'AmazonEC2') {
    throw invalid(`The sandbox lists prices of AmazonEC2 only, not of ${ServiceCode}.`);
  }
  if (MaxResults < 1 || MaxResults > MOST) {
    throw invalid(`MaxResults must be between 1 and ${MOST}.`);
  }
  const { items, NextToken: next } = pageOf(matching(Filters), {
    keyOf: skuOf,
    size: MaxResults,
    token: NextToken,
    badToken: () => new AwsError('InvalidNextTokenException', 'The token is not valid.'),
  });
  return { FormatVersion: 'aws_v1', PriceList: items.map(document), NextToken: next };
};

type Filters = readonly {
  readonly Type?: string | undefined;
  readonly Field?: string | undefined;
  readonly Value?: string | undefined;
}[];

function matching(filters: Filters): readonly ListedProduct[] {
  const other = filters.find(({ Type }) => Type !== 'TERM_MATCH' && Type !== 'EQUALS');
  if (other !== undefined) throw invalid(`The sandbox does not filter by ${other.Type}.`);
  const region = filters.find(({ Field }) => Field === 'regionCode')?.Value;
  if (region === undefined) throw invalid('The sandbox lists prices of one regionCode at a time.');
  return productsIn(region).filter(({ attributes }) =>
    filters.every(({ Field = '', Value }) => attributes[Field] === Value),
  );
}

/** Unique: the order of the pages. */
function skuOf({ attributes }: ListedProduct): string {
  const { regionCode, instanceType, operation, tenancy, usagetype } = attributes;
  return [regionCode, instanceType, operation, tenancy, usagetype].join(' ');
}

function document(product: ListedProduct): string {
  const sku = Buffer.from(skuOf(product)).toString('hex').toUpperCase();
  const { productFamily, ...attributes } = product.attributes;
  const rateCode = `${sku}.JRTCKXETXF`;
  const dimension = {
    unit: 'Hrs',
    endRange: 'Inf',
    beginRange: '0',
    appliesTo: [],
    pricePerUnit: { USD: (product.hourlyUsdMicros / 1_000_000).toFixed(10) },
  };
  return JSON.stringify({
    product: { productFamily, attributes, sku },
    serviceCode: 'AmazonEC2',
    terms: {
      OnDemand: {
        [rateCode]: {
          sku,
          offerTermCode: 'JRTCKXETXF',
          priceDimensions: { [`${rateCode}.6YS6EN2CT7`]: dimension },
        },
      },
    },
  });
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
