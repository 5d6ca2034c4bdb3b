import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { failureOf, SourceOff } from '#adapters/aws/source-failure.ts';
import { Unavailable } from '#src/errors.ts';

const named = (name: string) => Object.assign(new Error('arn:aws:iam::1:role/secret'), { name });
const unfound = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });

describe('why a source could not be read', () => {
  it.each`
    error                                                                            | state          | word
    ${new SourceOff('LinuxSubscriptionsDiscovery')}                                  | ${'off'}       | ${'LinuxSubscriptionsDiscovery'}
    ${named('AWSOrganizationsNotInUseException')}                                    | ${'off'}       | ${'AWSOrganizationsNotInUseException'}
    ${new TypeError('fetch failed', { cause: unfound })}                             | ${'off'}       | ${'ENOTFOUND'}
    ${named('AccessDenied')}                                                         | ${'refused'}   | ${'AccessDenied'}
    ${named('AccessDeniedException')}                                                | ${'refused'}   | ${'AccessDeniedException'}
    ${named('UnauthorizedOperation')}                                                | ${'refused'}   | ${'UnauthorizedOperation'}
    ${named('AuthorizationException')}                                               | ${'refused'}   | ${'AuthorizationException'}
    ${named('RateLimitExceededException')}                                           | ${'throttled'} | ${'RateLimitExceededException'}
    ${named('ThrottlingException')}                                                  | ${'throttled'} | ${'ThrottlingException'}
    ${new Unavailable('8 in a row', { cause: named('RateLimitExceededException') })} | ${'throttled'} | ${'RateLimitExceededException'}
    ${named('ServerInternalException')}                                              | ${'failed'}    | ${'ServerInternalException'}
    ${new Unavailable('AWS repeated the token of a page')}                           | ${'failed'}    | ${'Unavailable'}
    ${z.string().safeParse(1).error}                                                 | ${'failed'}    | ${'ZodError'}
    ${'a text'}                                                                      | ${'failed'}    | ${'unknown error'}
  `('is $state, in the word $word', ({ error, state, word }) => {
    expect(failureOf(error)).toEqual({ state, error: word });
  });
});
