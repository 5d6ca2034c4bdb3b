import * as z from 'zod';
import { Patterns, wholeNumber } from '#domain/policy/policy-fields.ts';

/** How much the company lets savings cost in risk. Policy may say otherwise, field by field. */
export const OptimizationSettings = z
  .strictObject({
    /** A smaller machine must be no busier than this at the 99.5th percentile, in percent. */
    cpuTargetPercent: wholeNumber(10, 100).default(70),
    /** Memory beyond the highest 99.5th percentile, in percent of it. */
    memoryHeadroomPercent: wholeNumber(0, 200).default(20),
    /** With fewer days of figures nothing is said of a machine's size. */
    leastDays: wholeNumber(1, 93).default(14),
    /** Below this at the 99.5th percentile a machine does nothing, in percent. */
    idleCpuPercent: wholeNumber(0, 20).default(3),
    /** Families that may be proposed, for instances and Dedicated Hosts. */
    families: Patterns.default(['*']),
    /** Hosts are filled to so many percent of their cores. */
    hostFillPercent: wholeNumber(10, 100).default(100),
    /** Hosts kept without load for each family and zone that has any; AWS's host recovery allocates one when it is needed. */
    spareHosts: wholeNumber(0, 5).default(0),
    /** A purchase is spread over so many months. */
    purchaseMonths: wholeNumber(1, 120).default(36),
    /** What moving one machine has to save a month at least, in whole US dollars. */
    leastMonthlyUsd: wholeNumber(0, 100_000).default(10),
    /** Before agreements end, so many days ahead. */
    renewalDays: wholeNumber(1, 730).default(180),
  })
  .readonly();
export type OptimizationSettings = z.output<typeof OptimizationSettings>;

export const DEFAULT_OPTIMIZATION: OptimizationSettings = OptimizationSettings.parse({});
