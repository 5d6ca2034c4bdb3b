import { Words } from '../blocks/words.tsx';
import type { Confirmation } from '../confirm-context.ts';
import { useOpenDialog } from './use-open-dialog.ts';

/** Slack's confirmation dialog. */
export function ConfirmDialog(props: { question: Confirmation; onAnswer(goOn: boolean): void }) {
  const { question, onAnswer } = props;
  const dialog = useOpenDialog();
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      className="modal confirm"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
    >
      <header>
        <h2 id="confirm-title">{question.title}</h2>
      </header>
      <div id="confirm-text" className="modal-body words">
        <Words of={question.text} />
      </div>
      <footer>
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {question.deny}
        </button>
        <button
          type="button"
          className={question.danger ? 'button danger filled' : 'button primary filled'}
          onClick={() => onAnswer(true)}
        >
          {question.confirm}
        </button>
      </footer>
    </dialog>
  );
}
