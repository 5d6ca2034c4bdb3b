import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';

/* Solves a small program with the worker and the WebAssembly of the packaged function, and nothing else. */

const ARTIFACT = '.serverless/optimize.zip';

/**
 * Nine machines of three cores and one of one. A host costs 100 and has two sockets of four cores, so
 * that it takes two of three cores and, beside them, the small one. By itself a machine costs 90.
 */
const PROBLEM = {
  hostTypes: [
    {
      id: 'r6i',
      family: 'r6i',
      micros: 100,
      uses: [],
      compartments: { count: 2, cores: 4 },
      sizes: [1, 3],
      existing: [],
      mostNew: 10,
    },
  ],
  workloads: [
    { id: 'large', count: 9, cores: 3 },
    { id: 'small', count: 1, cores: 1 },
  ].map(({ cores, ...rest }) => ({
    ...rest,
    zone: 'a',
    alone: [{ id: 'alone', micros: 90, uses: [] }],
    hosted: [{ id: 'hosted', hostTypeId: 'r6i', cores, micros: 0, uses: [] }],
    apart: [],
  })),
  rights: [],
  headroom: { spareHosts: 0, fillPercent: 100 },
};
/** Four full hosts and the ninth by itself; the small one fits beside any of them. */
const OPTIMUM = 4 * 100 + 90;

/** Runs where nothing of this repository can be loaded. */
const RUN = `
  import { Worker } from 'node:worker_threads';
  const worker = new Worker(new URL('consolidation-worker.mjs', import.meta.url));
  worker.on('message', ({ found, final }) => {
    if (!final) return;
    const { plan, proven, lowerBoundMicros } = found;
    console.log(JSON.stringify({ micros: plan?.micros ?? null, proven, lowerBoundMicros }));
    process.exit(0);
  });
  worker.postMessage({
    problem: ${JSON.stringify(PROBLEM)},
    limits: { seconds: 20, relativeGap: 0 },
    brief: false,
  });
`;

/** The files of a zip archive, by name. */
function* unzipped(zip: Buffer): Generator<readonly [string, Buffer]> {
  const end = zip.lastIndexOf('PK\x05\x06');
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, nameLength] = [zip.readUInt32LE(entry + 20), zip.readUInt16LE(entry + 28)];
    const local = zip.readUInt32LE(entry + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(data, data + packed);
    const isDeflated = zip.readUInt16LE(entry + 10) === 8;
    const name = zip.toString('utf8', entry + 46, entry + 46 + nameLength);
    yield [name, isDeflated ? inflateRawSync(content) : content];
    entry += 46 + nameLength + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
}

const directory = await mkdtemp(join(tmpdir(), 'quartermaster-smoke-'));
try {
  for (const [name, content] of unzipped(await readFile(ARTIFACT))) {
    await writeFile(join(directory, basename(name)), content);
  }
  const runner = join(directory, 'run.mjs');
  await writeFile(runner, RUN);
  const { stdout } = await promisify(execFile)(process.execPath, [runner], {
    cwd: directory,
    env: {},
    timeout: 60_000,
  });
  const { micros, proven } = JSON.parse(stdout);
  console.log(`${ARTIFACT}: ${stdout.trim()}`);
  if (micros !== OPTIMUM || proven !== true) {
    throw new Error(`${ARTIFACT} does not solve what has an optimum of ${OPTIMUM}`);
  }
} finally {
  await rm(directory, { recursive: true });
}
