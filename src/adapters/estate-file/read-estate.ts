import * as z from 'zod';
import { contradictions } from '#adapters/estate-file/estate-checks.ts';
import { EstateFile, SCHEMA_VERSION } from '#adapters/estate-file/estate-file.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';
import { whatToWrite } from '#domain/requests/what-to-write.ts';

export type ReadEstate =
  | { readonly ok: true; readonly estate: EstateFile }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** Read an estate from JSON text: all of it, or every problem with its path and what to write. */
export function readEstate(text: string): ReadEstate {
  const json = parseJson(text);
  if (!json.ok) return json;
  const future = futureVersion(json.value);
  if (future !== null) return { ok: false, problems: [future] };
  const parsed = EstateFile.safeParse(json.value, { error: whatToWrite });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      path: z.core.toDotPath(path),
      message,
    }));
    return { ok: false, problems };
  }
  const problems = contradictions(parsed.data);
  return problems.length === 0 ? { ok: true, estate: parsed.data } : { ok: false, problems };
}

type Json =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

function parseJson(text: string): Json {
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    return { ok: false, problems: [{ path: '', message: `Write JSON: ${why}` }] };
  }
}

const Versioned = z.object({ schemaVersion: z.number() });

/** A file from a later version of this program is refused whole: its fields may mean other things. */
function futureVersion(value: unknown): PolicyProblem | null {
  const versioned = Versioned.safeParse(value);
  if (!versioned.success || versioned.data.schemaVersion <= SCHEMA_VERSION) return null;
  const { schemaVersion } = versioned.data;
  const message = `This file has version ${schemaVersion}, this program reads version ${SCHEMA_VERSION}: use a newer program`;
  return { path: 'schemaVersion', message };
}
