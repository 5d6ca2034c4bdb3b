import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

/*
 * A registry that lacks an optional package for some platform makes npm leave it out of the lock,
 * and `npm ci` then refuses that lock. Run this after every dependency change: it writes the
 * entries that a full lock would carry, so that the lock installs on any machine.
 */

const Package = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
type Package = z.output<typeof Package>;
const Lock = z.looseObject({ packages: z.record(z.string(), Package) });

const SYSTEMS =
  /(?:^|[-/])(android|darwin|win32|freebsd|openharmony|linux|sunos|aix|netbsd|openbsd)(?:-|$)/;
const PROCESSORS = /-(arm64|x64|ia32|arm|ppc64|riscv64|s390x|loong64|mips64el)(?:-|$)/;

/** Every folder in which Node would look for `name` from the package at `at`, nearest first. */
function places(at: string, name: string): string[] {
  const nearest = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
  if (at === '') return [nearest];
  return [nearest, ...places(at.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, ''), name)];
}

/** What npm would have written for a platform package it did not find, or `null` if it is none. */
function missingEntry(name: string, range: string, parent: Package): Package | null {
  const os = SYSTEMS.exec(name)?.[1];
  if (os === undefined) return null;
  const cpu = PROCESSORS.exec(name)?.[1];
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(name.includes('musl') ? { libc: ['musl'] } : {}),
    ...(parent.dev === undefined ? {} : { dev: parent.dev }),
    optional: true,
    os: [os],
  };
}

const lock = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
const added: [string, Package][] = [];
for (const [at, parent] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
    if (places(at, name).some((place) => place in lock.packages)) continue;
    const entry = missingEntry(name, range, parent);
    if (entry !== null) added.push([`node_modules/${name}`, entry]);
  }
}
const packages = [...Object.entries(lock.packages), ...added].toSorted(([a], [b]) =>
  a < b ? -1 : 1,
);
writeFileSync(
  'package-lock.json',
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`,
);
console.log(`package-lock.json: ${added.length} platform packages added`);
