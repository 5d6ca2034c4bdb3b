import * as z from 'zod';
import { LicenseMetric, ProductId } from '#domain/licenses/product.ts';
import { Money } from '#domain/money.ts';

/** What the machines and hosts of a recommendation cost a month, and what they draw, at one moment. */
export const SubjectFigures = z
  .object({
    /** Machines, hosts and rights at list prices; `null` where one of the prices is not known. */
    monthly: Money.nullable(),
    /** Licenses that would not be drawn without them, in the metric that they are owned in. */
    licenses: z
      .array(
        z
          .object({
            product: ProductId,
            edition: z.string().nullable(),
            metric: LicenseMetric,
            units: z.int(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type SubjectFigures = z.output<typeof SubjectFigures>;
