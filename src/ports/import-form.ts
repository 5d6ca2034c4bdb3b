import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { ImportRefusal } from '#domain/register/import-notice.ts';
import type { ImportProblems } from '#domain/register/import-problem.ts';
import type { RegisterDiff } from '#domain/register/register-change.ts';

/** The form of an import, and who has it open. */
export interface ImportPlace {
  readonly viewKey: string;
  readonly replyTo: ReplyTo;
}

/** What becomes of the form of an import. */
export type ImportShown =
  /** A field for the file. */
  | { readonly kind: 'form' }
  | { readonly kind: 'refused'; readonly why: ImportRefusal }
  | { readonly kind: 'failed'; readonly reference: string }
  | ({ readonly kind: 'problems'; readonly fileName: string } & ImportProblems)
  | { readonly kind: 'unchanged'; readonly fileName: string; readonly unchanged: number }
  | {
      readonly kind: 'changes';
      readonly fileName: string;
      /** What is to be confirmed, and the register in force that it was compared with. */
      readonly hash: string;
      readonly expected: string | null;
      readonly diff: RegisterDiff;
    };
