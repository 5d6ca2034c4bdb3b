import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { TermsRule } from '#domain/licenses/requirement.ts';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

const Rule = z.object({
  id: z.string(),
  text: z.string(),
  source: z.string(),
  asOf: z.string(),
  confidence: z.enum(['primary', 'secondary', 'contested']),
}) satisfies z.ZodType<TermsRule>;

/** A source file that states terms of vendors. */
export interface RuleFile {
  readonly file: string;
  /** How many rules its text has. */
  readonly written: number;
  /** Those that its exports show. */
  readonly exported: readonly TermsRule[];
}

/** Every file that states terms; rules of custom products are made from the policy, not written there. */
export async function ruleFiles(): Promise<readonly RuleFile[]> {
  const files = globSync(['domain/vendors/*.ts', 'domain/launch/license-included*.ts'], {
    cwd: SRC,
  });
  const stating = files.filter((file) => !file.endsWith('custom-product.ts')).toSorted();
  return Promise.all(
    stating.map(async (file) => {
      const module: unknown = await import(pathToFileURL(`${SRC}${file}`).href);
      const text = readFileSync(`${SRC}${file}`, 'utf8');
      return {
        file,
        written: text.match(/^\s+confidence: '/gm)?.length ?? 0,
        exported: rulesIn(module),
      };
    }),
  );
}

/** Whatever looks like a rule, however deep and under whatever name; each object once. */
function rulesIn(value: unknown, seen = new Set<unknown>()): readonly TermsRule[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const rule = Rule.safeParse(value);
  return rule.success ? [rule.data] : Object.values(value).flatMap((part) => rulesIn(part, seen));
}
