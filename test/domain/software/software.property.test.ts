import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { imageProduct } from '#domain/software/container-images.ts';
import { deploymentsOf } from '#domain/software/deployments.ts';
import { productMentions } from '#domain/software/product-mentions.ts';
import { softwareCatalog } from '#domain/software/software-catalog.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';
import { aConfiguration, anInstance, aShard, configurationArn } from '../../builders.ts';
import {
  aDatabase,
  anApplication,
  aServer,
  aTask,
  DATABASE_ENGINE,
  someSettings,
  TABLEAU,
} from './software-builders.ts';

const settings = someSettings({ products: [TABLEAU] });

const HOSTILE_NAMES = '../shared/data/badinput/aws_hostile_names.json';
const hasData = existsSync(HOSTILE_NAMES);
if (!hasData) {
  // biome-ignore lint/suspicious/noConsole: a skipped test says so.
  console.warn(`Skipped: there are no hostile names in ${HOSTILE_NAMES}.`);
}

/** Any text, and texts made of what products are called. */
const word = fc.constantFrom(
  'SQL Server',
  'Oracle Database',
  'Db2',
  'preinstall',
  'Enterprise',
  'Edition',
  '2019',
  '19c',
  '1',
  '-',
  '(',
  ' ',
  '\u202e',
  '__proto__',
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(word).map((words) => words.join(' ')),
);

/** A shard in which every text that strangers write is this one. */
function shardOf(name: string): InventoryShard {
  const application = anApplication({ name, publisher: name, version: name });
  const licenseConfigurationArns = [configurationArn('1')];
  const named = { name, tags: { [name]: name, Owner: name, Environment: name, 'ha:role': name } };
  return aShard({
    configurations: [aConfiguration({ name })],
    instances: [
      anInstance({ ...named, usageOperation: name, platformDetails: name, productCodes: [name] }),
      anInstance({ ...named, instanceId: 'i-1', state: 'terminated', licenseConfigurationArns }),
    ],
    managedServers: ['i-0000000000000000a', 'i-1', 'mi-1'].map((id) =>
      aServer({
        id,
        platformName: name,
        platformVersion: name,
        applications: [application, DATABASE_ENGINE],
        sqlServers: [{ name, edition: name, version: name }],
      }),
    ),
    databases: [aDatabase({ engineVersion: name, instanceClass: name, options: [name] })],
    containers: [aTask({ images: [name] })],
  });
}

describe('recognition', () => {
  it('takes any text, says the same twice, and never shows what is terminated', () => {
    fc.assert(
      fc.property(text, (name) => {
        const found = deploymentsOf(shardOf(name), settings);

        expect(found).toEqual(deploymentsOf(shardOf(name), settings));
        expect(found.map(({ on }) => on.id)).not.toContain('i-1');
        expect(found.flatMap(({ evidence }) => evidence).every(({ source }) => source !== '')).toBe(
          true,
        );
      }),
    );
  });

  it.skipIf(!hasData)('finds no product in names made to deceive', () => {
    const { strings } = z
      .object({ strings: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(HOSTILE_NAMES, 'utf8')));
    const catalog = softwareCatalog(settings);
    const mentions = productMentions(settings);

    expect(strings.length).toBeGreaterThan(0);
    for (const name of strings) {
      expect(catalog({ name, publisher: name, version: name }), name).toBeNull();
      expect(mentions(name), name).toBeNull();
      expect(imageProduct(name), name).toBeNull();
      expect(usageOperation(name, name), name).toBeNull();
    }
  });

  it.each([
    ['spaces', ' '],
    ['digits', '1'],
    ['half a name', 'Microsoft SQL Server 2019 '],
    ['the end of an edition', 'weblogic server a '],
    ['Spot suffixes', ':SV00'],
    ['versions', '1.'],
    ['paths', '/oracle'],
  ])('looks at no more than the beginning of a million %s', (_, part) => {
    const long = part.repeat(1_000_000 / part.length);
    const found = deploymentsOf(shardOf(long), settings);

    expect(found.map(({ product }) => product)).toContain('sql-server');
    expect(usageOperation(long, long)).toBeNull();
  });

  it('still recognizes a product whose name goes on for long', () => {
    const name = `IBM WebSphere Application Server ${'x'.repeat(100_000)}`;

    expect(softwareCatalog(settings)(anApplication({ name }))?.product).toBe('ibm-websphere');
  });
});

/** The same values, counting how often each element is read. */
function counted<Element>(elements: readonly Element[], count: () => void) {
  return new Proxy(elements, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) count();
      return Reflect.get(target, key, receiver);
    },
  });
}

describe('the work of a shard', () => {
  function readsFor(size: number): number {
    let reads = 0;
    const count = () => {
      reads += 1;
    };
    const ids = Array.from({ length: size }, (_, index) => `i-${index}`);
    deploymentsOf(
      aShard({
        instances: counted(
          ids.map((instanceId) => anInstance({ instanceId, hostId: `h-${instanceId}` })),
          count,
        ),
        managedServers: counted(
          ids.map((id) => aServer({ id, applications: counted([DATABASE_ENGINE], count) })),
          count,
        ),
        configurations: counted(
          ids.map((name) => aConfiguration({ name })),
          count,
        ),
        databases: counted(
          ids.map((id) => aDatabase({ id, readReplicaOf: 'fin-ledger' })),
          count,
        ),
        containers: counted(
          ids.map((hostId) => aTask({ taskId: hostId, hostId })),
          count,
        ),
      }),
      settings,
    );
    return reads;
  }

  it('grows with the shard, not with its square', () => {
    const [small, large] = [readsFor(50), readsFor(500)];

    expect(large).toBe(10 * small);
  });

  it('reads each name once, however many servers have it', () => {
    let reads = 0;
    const count = () => {
      reads += 1;
    };
    const products = settings.products.map((product) => ({
      ...product,
      installedAs: counted(product.installedAs, count),
    }));
    const catalog = softwareCatalog({ ...settings, products });
    for (let server = 0; server < 1000; server += 1) catalog(anApplication());

    expect(reads).toBe(1);
  });
});
