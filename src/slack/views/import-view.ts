import type { KnownBlock, ModalView } from '@slack/types';
import { countsOf } from '#domain/register/register-change.ts';
import type { ImportShown } from '#ports/import-form.ts';
import { CALLBACK } from '#slack/views/action-ids.ts';
import { failureView } from '#slack/views/apology.ts';
import { figure } from '#slack/views/figures.ts';
import { targetText } from '#slack/views/import-target.ts';
import { changeLine, countsText, importRefusalLine, placeText } from '#slack/views/import-words.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, plainText } from '#slack/views/message.ts';
import { bold, bullets, type Line, lines } from '#slack/views/rich-text.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';

/** What the form shows while somebody waits. */
type Waiting = { readonly kind: 'opening' } | { readonly kind: 'reading' };

/** The form of an import through its life; `viewKey` finds it again. Modals take no tables. */
export function importView(viewKey: string, shown: ImportShown | Waiting): ModalView {
  return { ...(viewKey === '' ? {} : { external_id: viewKey }), ...viewOf(shown) };
}

function viewOf(shown: ImportShown | Waiting): ModalView {
  switch (shown.kind) {
    case 'opening':
      return modal([lines(['One moment…'])]);
    case 'reading':
      return modal([lines(['⏳ Reading your file… If you close this, I send you the result.'])]);
    case 'form':
      return formView();
    case 'refused':
      return modal([lines([...importRefusalLine(shown.why), ' Nothing was changed.'])]);
    case 'failed':
      return failureView('I could not read that. Nothing was changed.', shown.reference);
    case 'unchanged':
      return modal([
        title(shown.fileName),
        lines(['Nothing changes: the register already says exactly this.']),
      ]);
    case 'problems':
      return problemsView(shown);
    case 'changes':
      return changesView(shown);
  }
}

function modal(blocks: readonly KnownBlock[], rest: Partial<ModalView> = {}): ModalView {
  return {
    type: 'modal',
    title: plainText('Import', LIMITS.modalTitle),
    close: plainText('Close', LIMITS.modalTitle),
    blocks: [...blocks],
    ...rest,
  };
}

function formView(): ModalView {
  const text =
    'A CSV file of entitlements, or of servers outside AWS: the names of its columns say which. It takes the place of all of that kind. You see what changes before anything does.';
  return modal(
    [
      lines([text]),
      {
        type: 'input',
        block_id: 'file',
        label: plainText('CSV file', LIMITS.label),
        hint: plainText('At most 20 MB.', LIMITS.hint),
        element: { type: 'file_input', action_id: 'file', filetypes: ['csv'], max_files: 1 },
      },
    ],
    { callback_id: CALLBACK.importFile, submit: plainText('Preview', LIMITS.modalTitle) },
  );
}

function problemsView(shown: Extract<ImportShown, { kind: 'problems' }>): ModalView {
  const total = shown.problems.length + shown.more;
  return modal([
    title(shown.fileName),
    lines([
      `⛔ Nothing was imported: ${total === 1 ? 'one problem' : `${figure(total)} problems`}.`,
    ]),
    ...listed(
      'What to correct',
      shown.problems.map((problem) => [bold(`${placeText(problem)}: `), problem.message]),
      total,
    ),
    lines(['Correct the file and import it again.']),
  ]);
}

function changesView(shown: Extract<ImportShown, { kind: 'changes' }>): ModalView {
  const { fileName, diff } = shown;
  return modal(
    [
      title(fileName),
      lines([bold('Preview: '), countsText(countsOf(diff))]),
      ...listed('What changes', diff.changes.map(changeLine), diff.changes.length),
      context(
        mrkdwn`Nothing is changed before you confirm. The import is recorded under your name.`,
      ),
    ],
    {
      callback_id: CALLBACK.confirmImport,
      private_metadata: targetText(shown),
      submit: plainText('Confirm', LIMITS.modalTitle),
      close: plainText('Cancel', LIMITS.modalTitle),
    },
  );
}

const title = (fileName: string): KnownBlock => lines([bold(nameText(fileName, 150))]);

/** As many as a person reads in a form; the rest is counted. */
function listed(heading: string, items: readonly Line[], total: number): KnownBlock[] {
  const left = total - Math.min(items.length, SHOWN);
  const more: Line[] = left > 0 ? [[`and ${figure(left)} more`]] : [];
  return bullets(heading, [...items.slice(0, SHOWN), ...more]);
}

const SHOWN = 40;
