import { describe, expect, it } from 'vitest';
import { bindingOf } from '#domain/vendors/microsoft-reassignment.ts';

const SHARED = { region: 'us-east-1', hostId: null };
const IRELAND = { region: 'eu-west-1', hostId: null };
const HOST = { region: 'us-east-1', hostId: 'h-1' };
const OTHER_HOST = { region: 'us-east-1', hostId: 'h-2' };

describe('bindingOf', () => {
  it.each`
    from      | to            | assurance | freeOn          | because
    ${SHARED} | ${SHARED}     | ${true}   | ${null}         | ${'a Region is the server farm of License Mobility'}
    ${HOST}   | ${OTHER_HOST} | ${true}   | ${null}         | ${'hosts of a Region are one server farm'}
    ${SHARED} | ${IRELAND}    | ${true}   | ${'2026-04-01'} | ${'another Region is another server farm'}
    ${HOST}   | ${HOST}       | ${false}  | ${null}         | ${'it stays where it is'}
    ${HOST}   | ${OTHER_HOST} | ${false}  | ${'2026-04-01'} | ${'without Software Assurance it is bound to hardware'}
    ${HOST}   | ${OTHER_HOST} | ${null}   | ${'2026-04-01'} | ${'Software Assurance is not on record'}
    ${SHARED} | ${SHARED}     | ${false}  | ${'2026-04-01'} | ${'nobody knows on which hardware it is'}
  `('lets a license go on $freeOn: $because', ({ from, to, assurance, freeOn }) => {
    const binding = bindingOf('2026-01-01', from, to, { softwareAssurance: assurance });

    expect(binding?.freeOn ?? null).toBe(freeOn);
  });
});
