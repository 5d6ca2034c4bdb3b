import * as z from 'zod';
import { CalendarDate } from '#domain/calendar-date.ts';
import { ProductId } from '#domain/product.ts';

/** A server outside AWS that somebody listed: Systems Manager does not know it. */
export const DeclaredServer = z
  .strictObject({
    name: z.string().min(1).max(200),
    /** Where it stands; untrusted text. */
    site: z.string().max(200),
    sockets: z.int().positive(),
    coresPerSocket: z.int().positive(),
    /** vCPUs of a virtual machine; `null`: the whole server is meant. */
    vcpus: z.int().positive().nullable(),
    owner: z.string().max(200).nullable(),
    environment: z.enum(['production', 'non-production']).nullable(),
    product: ProductId,
    edition: z.string().max(40).nullable(),
    version: z.string().max(40).nullable(),
    /** Named users, where the product counts them. */
    users: z.int().nonnegative().nullable(),
    listedOn: CalendarDate,
  })
  .readonly();
export type DeclaredServer = z.output<typeof DeclaredServer>;
