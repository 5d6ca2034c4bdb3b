import fc from 'fast-check';
import { DeclaredServer, declaredServerKey } from '#domain/estate/declared-server.ts';
import { Entitlement, entitlementKey, LicenseProgram } from '#domain/licenses/entitlement.ts';
import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import { TermSwitches } from '#domain/licenses/license-terms.ts';
import { PRODUCTS } from '#domain/licenses/product.ts';

const TROUBLE = [
  '=1+1',
  "'=x",
  "''@",
  '-5',
  '+',
  'a,b;c',
  '"q"',
  "'s-Hertogenbosch",
  'x\ny',
  '＝A1',
];
const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
  fc.constantFrom(...TROUBLE),
);
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const product = fc.constantFrom(...PRODUCTS).chain(({ id, editions, metrics }) =>
  fc.record({
    product: fc.constant(id),
    edition: fc.constantFrom(null, ...Object.keys(editions)),
    metric: fc.constantFrom(...metrics),
    version: orNull(text),
  }),
);
const switches = fc.record(
  {
    hostLevelVirtualization: fc.constantFrom(
      ...TermSwitches.unwrap().shape.hostLevelVirtualization.unwrap().options,
    ),
    windowsAfter2019: fc.boolean(),
    ibmVcpusPerCore: fc.constantFrom(1, 2),
    linuxUnlimitedOnHost: fc.boolean(),
  },
  { requiredKeys: [] },
);
const micros = orNull(fc.integer({ min: 0, max: 999_999_999_999_999 }));

/** Anything that a schema takes, as it makes it. */
const valid = <Value>(raw: fc.Arbitrary<unknown>, parse: (value: unknown) => Value | undefined) =>
  raw.map(parse).filter((value) => value !== undefined);

const entitlement = valid(
  fc
    .record({
      ofProduct: product,
      contract: text,
      quantity: fc.nat(1_000_000_000),
      kind: fc.constantFrom('perpetual', 'subscription'),
      program: fc.constantFrom(null, ...LicenseProgram.options),
      purchasedOn: day,
      maintainedUntil: orNull(day),
      expiresOn: orNull(day),
      price: micros,
      maintenance: micros,
      currency: fc.constantFrom('USD', 'EUR', 'JPY'),
      owner: orNull(text),
      accounts: fc.array(fc.stringMatching(/^\d{12}$/), { maxLength: 3 }),
      pools: fc.array(text, { maxLength: 3 }),
      switches,
    })
    .map(({ ofProduct, price, maintenance, currency, ...rest }) => ({
      ...ofProduct,
      ...rest,
      unitPrice: price === null ? null : { micros: price, currency },
      maintenancePrice: maintenance === null ? null : { micros: maintenance, currency },
    })),
  (value) => Entitlement.safeParse(value).data,
);

const server = valid(
  fc
    .record({
      ofProduct: product,
      name: text,
      site: fc.oneof(text, fc.constant('')),
      sockets: fc.integer({ min: 1, max: 16 }),
      coresPerSocket: fc.integer({ min: 1, max: 128 }),
      vcpus: orNull(fc.integer({ min: 1, max: 256 })),
      owner: orNull(text),
      environment: fc.constantFrom(null, 'production', 'non-production'),
      users: orNull(fc.nat(100_000)),
      listedOn: day,
    })
    .map(({ ofProduct: { metric: _metric, ...ofProduct }, ...rest }) => ({
      ...ofProduct,
      ...rest,
    })),
  (value) => DeclaredServer.safeParse(value).data,
);

/** Registers as imports make them: of known products, each line once. */
export const registers: fc.Arbitrary<LicenseRegister> = fc.record({
  entitlements: fc.uniqueArray(entitlement, { selector: entitlementKey, maxLength: 8 }),
  servers: fc.uniqueArray(server, { selector: declaredServerKey, maxLength: 8 }),
});
