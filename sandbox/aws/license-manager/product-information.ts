import type { ProductInformation, ProductInformationFilter } from '@aws-sdk/client-license-manager';
import { AwsError } from '../wire/service.ts';
import type { Discoverable } from './discoverable.ts';

/** Filters on one and the same installed application, and the inventory attribute each reads. */
const APPLICATION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Application Name': 'Name',
    'Application Publisher': 'Publisher',
    'Application Version': 'Version',
  }),
);

/** Comparators per filter name (API reference, ProductInformation). */
const SSM_FILTERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'Application Name': ['EQUALS'],
    'Application Publisher': ['EQUALS'],
    'Application Version': ['EQUALS'],
    'Platform Name': ['EQUALS'],
    'Platform Type': ['EQUALS'],
    'License Included': ['EQUALS', 'NOT_EQUALS'],
    AccountId: ['NOT_EQUALS'],
  }),
);

const RDS_FILTERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'Engine Edition': ['EQUALS'],
    'License Pack': ['EQUALS'],
  }),
);

/** Whether one of the products is installed on, or is, the resource: all filters of that product must hold. */
export function runsProduct(
  resource: Discoverable,
  products: readonly ProductInformation[],
): boolean {
  const kind = resource.type === 'RDS' ? 'RDS' : 'SSM_MANAGED';
  return products.some(
    ({ ResourceType, ProductInformationFilterList = [] }) =>
      ResourceType === kind && matches(resource, ProductInformationFilterList),
  );
}

function matches(resource: Discoverable, filters: readonly ProductInformationFilter[]): boolean {
  const isApplication = (filter: ProductInformationFilter) => APPLICATION.has(nameOf(filter));
  const onApplication = filters.filter(isApplication);
  const onResource = filters.filter((filter) => !isApplication(filter));

  return (
    (onApplication.length === 0 ||
      resource.applications.some((application) =>
        onApplication.every((filter) =>
          holds(filter, [application[APPLICATION.get(nameOf(filter)) ?? ''] ?? '']),
        ),
      )) &&
    onResource.every((filter) => holds(filter, resource.properties[nameOf(filter)] ?? []))
  );
}

function holds(filter: ProductInformationFilter, actual: readonly string[]): boolean {
  const found = (filter.ProductInformationFilterValue ?? []).some((value) =>
    actual.includes(value),
  );
  return filter.ProductInformationFilterComparator === 'NOT_EQUALS' ? !found : found;
}

function nameOf(filter: ProductInformationFilter): string {
  return filter.ProductInformationFilterName ?? '';
}

/** @throws AwsError InvalidParameterValueException for filters that License Manager does not know. */
export function validateProducts(products: readonly ProductInformation[]): void {
  for (const { ResourceType, ProductInformationFilterList = [] } of products) {
    if (ResourceType !== 'SSM_MANAGED' && ResourceType !== 'RDS') {
      throw invalid(`resource type ${ResourceType}`);
    }
    for (const filter of ProductInformationFilterList) {
      if (!comparatorsOf(ResourceType, nameOf(filter)).includes(comparatorOf(filter))) {
        throw invalid(`filter ${nameOf(filter)} with comparator ${comparatorOf(filter)}`);
      }
    }
  }
}

function comparatorsOf(resourceType: 'SSM_MANAGED' | 'RDS', name: string): readonly string[] {
  if (resourceType === 'RDS') return RDS_FILTERS.get(name) ?? [];
  return name.startsWith('Tag:') ? ['NOT_EQUALS'] : (SSM_FILTERS.get(name) ?? []);
}

function comparatorOf(filter: ProductInformationFilter): string {
  return filter.ProductInformationFilterComparator ?? '';
}

function invalid(what: string): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    `Invalid product information: ${what} is not supported.`,
  );
}
