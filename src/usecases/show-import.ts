import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import { whyNotAdministrator } from '#domain/register/decide-import.ts';
import type { ImportRefusal } from '#domain/register/import-notice.ts';
import { MOST_IMPORT_BYTES, TOO_LARGE } from '#domain/register/import-problem.ts';
import type { ImportShown } from '#ports/import-form.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { People } from '#ports/people.ts';
import type { UploadedFiles } from '#ports/uploaded-files.ts';
import { type FilePreview, type PreviewPorts, previewFile } from '#usecases/preview-file.ts';

interface Ports extends PreviewPorts {
  readonly registers: LicenseRegisters & Pick<RegisterContents, 'storeDraft'>;
  readonly people: People;
  readonly files: UploadedFiles;
  readonly notifier: Pick<Notifier, 'showImport'>;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
}
type FormJob = Extract<AnswerJob, { kind: 'import-form' }>;
type PreviewJob = Extract<AnswerJob, { kind: 'import-preview' }>;

/** Let an administrator choose a file; tell anybody else why not. */
export async function showImportForm(ports: Ports, job: FormJob): Promise<void> {
  const why = await whyNot(ports, job.replyTo.personId);
  await ports.notifier.showImport(job, why === null ? { kind: 'form' } : { kind: 'refused', why });
}

/** Show an administrator what their file would change, or everything that is wrong with it. */
export async function showImportPreview(ports: Ports, job: PreviewJob): Promise<void> {
  const why = await whyNot(ports, job.replyTo.personId);
  const shown = why === null ? await preview(ports, job.fileId) : { kind: 'refused' as const, why };
  await ports.notifier.showImport(job, shown);
}

async function preview(ports: Ports, fileId: string): Promise<ImportShown> {
  const file = await ports.files.read(fileId, MOST_IMPORT_BYTES);
  switch (file.kind) {
    case 'gone':
      return { kind: 'problems', fileName: '', problems: [GONE], more: 0 };
    case 'too-large':
      return { kind: 'problems', fileName: file.name, problems: [TOO_LARGE], more: 0 };
    case 'read':
      return draft(ports, file.name, await previewFile(ports, file.bytes));
  }
}

/** What is shown of a preview; what it would change is kept, so that it can be confirmed. */
async function draft(
  { registers }: Ports,
  fileName: string,
  found: FilePreview,
): Promise<ImportShown> {
  if (found.kind !== 'changes') return { fileName, ...found };
  const { register, expected, diff } = found;
  const hash = await registers.storeDraft(register);
  return { kind: 'changes', fileName, hash, expected, diff };
}

const GONE = { row: null, column: null, message: 'Slack does not have the file any more' };

async function whyNot(
  { people, policies, firstAdministrators }: Ports,
  personId: string,
): Promise<ImportRefusal | null> {
  const [actor, published] = await Promise.all([people.get(personId), policies.current()]);
  return whyNotAdministrator({ actor, published, firstAdministrators });
}
