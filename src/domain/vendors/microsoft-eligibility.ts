import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { TermsRule } from '#domain/licenses/requirement.ts';
import type { Eligibility, PlacedProduct } from '#domain/vendors/byol-eligibility.ts';
import {
  LISTED_PROVIDERS_CUT,
  PROGRAMS_BARRED,
  SQL_BEFORE_CUT,
  SQL_FREE,
  SQL_MOBILITY,
  SQL_WEB,
  WINDOWS_BEFORE_CUT,
  WINDOWS_NO_MOBILITY,
} from '#domain/vendors/microsoft-rules.ts';
import { releaseYear } from '#domain/vendors/microsoft-vms.ts';

/**
 * Windows Server of one's own on AWS: on a Dedicated Host, perpetual, bought before 2019-10-01, and no
 * version after 2019. Software Assurance changes nothing.
 *
 * @see AWS blog, Operating BYOL Windows Server workloads effectively on AWS
 */
export function windowsEligibility(
  { version, on }: PlacedProduct,
  terms: LicenseTerms,
): Eligibility {
  if (isBarred(terms)) return barred();
  if (on.compute.placement !== 'dedicated-host') {
    return no(
      WINDOWS_NO_MOBILITY,
      'dedicated-host-only',
      'Windows Server may be brought to Dedicated Hosts only: use license-included here.',
    );
  }
  return windowsOnHost(releaseYear(version), terms);
}

function windowsOnHost(year: number | null, terms: LicenseTerms): Eligibility {
  const { subscription, purchasedOn, program, switches } = terms;
  const rule = WINDOWS_BEFORE_CUT;
  if (subscription === true) {
    return no(rule, 'perpetual-only', 'Windows Server by subscription may not be brought to AWS.');
  }
  if (isAfter(year, 2019) && !switches.windowsAfter2019) {
    return no(
      rule,
      'version-too-new',
      'Only Windows Server 2019 and earlier may be brought to AWS.',
    );
  }
  if (isBoughtAfterCut(purchasedOn)) {
    return program === 'EA'
      ? unknown(rule, 'true-up', 'Allowed if it is a true-up of an agreement active on 2019-10-01.')
      : no(
          rule,
          'bought-after-cut',
          'Windows Server bought since 2019-10-01 may not be brought to AWS.',
        );
  }
  if (subscription === null || purchasedOn === null || year === null) {
    return unknown(
      rule,
      'rights-unknown',
      'It must be perpetual, bought before 2019-10-01 and of version 2019 or earlier: not all is known.',
    );
  }
  return yes(rule, 'bought-before-cut', 'Bought before 2019-10-01 and on a Dedicated Host.');
}

/**
 * SQL Server of one's own on AWS: by License Mobility with Software Assurance, else on Dedicated Hosts
 * if bought before 2019-10-01, through version 2017.
 *
 * @see https://aws.amazon.com/windows/resources/licensemobility/sql/
 */
export function sqlEligibility(placed: PlacedProduct, terms: LicenseTerms): Eligibility {
  const { edition, version, on } = placed;
  if (edition === 'developer' || edition === 'express') {
    return yes(SQL_FREE, 'free-edition', 'This edition needs no license.');
  }
  if (edition === 'web') {
    return no(SQL_WEB, 'web-not-brought', 'SQL Server Web comes in the hourly price only.');
  }
  if (isBarred(terms)) return barred();
  if (terms.softwareAssurance === true) {
    return yes(SQL_MOBILITY, 'license-mobility', 'Software Assurance allows License Mobility.');
  }
  return on.compute.placement === 'dedicated-host'
    ? sqlOnHost(version, terms)
    : sqlOnSharedHardware(terms);
}

function sqlOnSharedHardware({ softwareAssurance }: LicenseTerms): Eligibility {
  return softwareAssurance === false
    ? no(
        SQL_MOBILITY,
        'assurance-required',
        'SQL Server on shared hardware needs Software Assurance or a subscription.',
      )
    : unknown(
        SQL_MOBILITY,
        'assurance-unknown',
        'SQL Server on shared hardware needs Software Assurance or a subscription: none is on record.',
      );
}

function sqlOnHost(version: string | null, terms: LicenseTerms): Eligibility {
  const { softwareAssurance, purchasedOn } = terms;
  const year = releaseYear(version);
  const rule = SQL_BEFORE_CUT;
  if (isBeforeListedProviders(version, terms)) {
    return yes(rule, 'bought-before-cut', 'Bought before 2019-10-01 and on a Dedicated Host.');
  }
  const barredWithout = isBoughtAfterCut(purchasedOn) || isAfter(year, 2017);
  return barredWithout && softwareAssurance === false
    ? no(
        rule,
        'bought-after-cut',
        'Without Software Assurance only SQL Server through 2017, bought before 2019-10-01, may be brought to a Dedicated Host.',
      )
    : unknown(
        rule,
        'rights-unknown',
        'It needs Software Assurance, or to be bought before 2019-10-01 and of version 2017 or earlier: not all is known.',
      );
}

/** True when purchase and version are known to keep the outsourcing rights of before 2019-10-01. */
export function isBeforeListedProviders(
  version: string | null,
  { purchasedOn }: Pick<LicenseTerms, 'purchasedOn'>,
): boolean {
  const year = releaseYear(version);
  return (
    purchasedOn !== null && purchasedOn < LISTED_PROVIDERS_CUT && year !== null && year <= 2017
  );
}

function isBoughtAfterCut(purchasedOn: string | null): boolean {
  return purchasedOn !== null && purchasedOn >= LISTED_PROVIDERS_CUT;
}

function isAfter(year: number | null, limit: number): boolean {
  return year !== null && year > limit;
}

function isBarred({ program }: LicenseTerms): boolean {
  return program === 'CSP' || program === 'SPLA';
}

function barred(): Eligibility {
  return no(
    PROGRAMS_BARRED,
    'program-barred',
    'Licenses from a Cloud Solution Provider or under SPLA may not be brought to AWS.',
  );
}

function yes(rule: TermsRule, code: string, text: string): Eligibility {
  return { allowed: true, code, text, rule };
}

function no(rule: TermsRule, code: string, text: string): Eligibility {
  return { allowed: false, code, text, rule };
}

function unknown(rule: TermsRule, code: string, text: string): Eligibility {
  return { allowed: null, code, text, rule };
}
