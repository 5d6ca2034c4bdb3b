import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getRow, queryRows, type Table } from '#adapters/aws/table.ts';
import { registerPointerKey } from '#adapters/aws/table-item.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { DAY_MS, Instant, SECOND_MS } from '#domain/instant.ts';
import { LicenseRegister, type RegisterVersion } from '#domain/licenses/license-register.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import { NotFound } from '#src/errors.ts';

/** Below DynamoDB's 400 KB an item, with room for the keys. */
const PART_BYTES = 350_000;

const KEPT = 'REGISTER#';
const DRAFT = 'REGISTER#DRAFT#';

const Pointer = z.object({ hash: z.string(), importedBy: z.string(), importedAt: Instant });
const Part = z.object({ data: z.instanceof(Uint8Array), parts: z.int() });

/**
 * Registers as compressed canonical JSON, in parts under the hash of that text. Content is read when
 * the pointer names another hash than the last time.
 */
export function dynamodbLicenseRegisters(
  table: Table,
  now: () => Date,
): LicenseRegisters & RegisterContents {
  let known: RegisterVersion | null = null;

  async function put(prefix: string, register: LicenseRegister, lifetime: object): Promise<string> {
    const text = canonicalJson(register);
    const hash = hashOf(text);
    const slices = slicesOf(compress(text));
    for (const [index, data] of slices.entries()) {
      const key = { pk: `${prefix}${hash}`, sk: String(index).padStart(3, '0') };
      const Item = { ...key, data, parts: slices.length, ...lifetime };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    }
    return hash;
  }

  return {
    async current() {
      const row = await getRow(table, registerPointerKey);
      if (row === undefined) return null;
      const pointer = Pointer.parse(row);
      const { hash } = pointer;
      const register = known?.hash === hash ? known.register : await read(table, KEPT, hash);
      if (register === null) throw new NotFound(`The content of register ${hash} is missing`);
      known = { ...pointer, register };
      return known;
    },

    store: (register) => put(KEPT, register, {}),

    storeDraft(register) {
      const expiresAtSeconds = Math.ceil((now().getTime() + DAY_MS) / SECOND_MS);
      return put(DRAFT, register, { expiresAtSeconds });
    },

    draft: (hash) => read(table, DRAFT, hash),
  };
}

/** `null` when parts are missing or are not what the hash says. */
async function read(table: Table, prefix: string, hash: string): Promise<LicenseRegister | null> {
  const rows = await queryRows(table, { partition: `${prefix}${hash}`, consistent: true });
  const parts = rows.map((row) => Part.parse(row));
  const count = parts[0]?.parts ?? 0;
  if (count === 0 || parts.length < count) return null;
  const bytes = Buffer.concat(parts.slice(0, count).map(({ data }) => data));
  const text = brotliDecompressSync(bytes).toString('utf8');
  return hashOf(text) === hash ? LicenseRegister.parse(JSON.parse(text)) : null;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function compress(text: string): Buffer {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}

function slicesOf(bytes: Buffer): readonly Buffer[] {
  const count = Math.ceil(bytes.length / PART_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES),
  );
}
