import * as z from 'zod';
import { CalendarDate } from '#domain/calendar-date.ts';
import { ProductId } from '#domain/licenses/product.ts';
import { oneLine } from '#domain/one-line.ts';

/** A server outside AWS that somebody listed: Systems Manager does not know it. */
export const DeclaredServer = z
  .strictObject({
    name: oneLine(200),
    /** Where it stands; untrusted text. */
    site: oneLine(200, 0),
    sockets: z.int().positive('Write 1 or more'),
    coresPerSocket: z.int().positive('Write 1 or more'),
    /** vCPUs of a virtual machine; `null`: the whole server is meant. */
    vcpus: z.int().positive('Write 1 or more').nullable(),
    owner: oneLine(200).nullable(),
    environment: z.enum(['production', 'non-production']).nullable(),
    product: ProductId,
    edition: oneLine(40).nullable(),
    version: oneLine(40).nullable(),
    /** Named users, where the product counts them. */
    users: z.int().nonnegative().nullable(),
    listedOn: CalendarDate,
  })
  .readonly();
export type DeclaredServer = z.output<typeof DeclaredServer>;

/** What makes two lines the same line: a server has one for each product on it. */
export function declaredServerKey({ site, name, product, edition }: DeclaredServer): string {
  return JSON.stringify([site, name, product, edition]);
}
