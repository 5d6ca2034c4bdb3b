import { list, number, structure, text } from '../wire/rest-api.ts';

/*
 * AWS Price List, as far as it is simulated: the official client is no dependency of the product.
 * AWS's API model of 2017-10-15.
 */

export const SERVICE_TARGET = 'AWSPriceListService';

const Filter = structure('Filter', { Type: text, Field: text, Value: text }, [
  'Type',
  'Field',
  'Value',
]);

export const OPERATIONS = {
  GetProducts: {
    path: '/',
    input: structure(
      'GetProductsRequest',
      {
        ServiceCode: text,
        Filters: list(Filter),
        FormatVersion: text,
        NextToken: text,
        MaxResults: number,
      },
      ['ServiceCode'],
    ),
    output: structure('GetProductsResponse', {
      FormatVersion: text,
      PriceList: list(text),
      NextToken: text,
    }),
  },
} as const;

export const ERRORS = {
  AccessDeniedException: 400,
  ExpiredNextTokenException: 400,
  InternalErrorException: 500,
  InvalidNextTokenException: 400,
  InvalidParameterException: 400,
  NotFoundException: 400,
  ThrottlingException: 400,
} as const;
