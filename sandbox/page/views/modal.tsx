import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { FieldErrors } from '../blocks/input-block.tsx';
import type { View } from '../model/sandbox-state.ts';
import { SurfaceContext, useNewSurface } from '../surface.ts';
import type { Tell } from '../use-sandbox.ts';
import { useOpenDialog } from './use-open-dialog.ts';

const FIELDS = 'input, textarea, select';

/** The form or notice that the app opened for a person, on top of everything. */
export function Modal({ view, person, tell }: { view: View; person: string; tell: Tell }) {
  const dialog = useOpenDialog();
  const form = useRef<HTMLFormElement>(null);
  const [submitting, setSubmitting] = useState(false);
  const { errors, notice, submit } = view;
  const surface = useNewSurface({
    person,
    tell,
    site: { view_id: view.id },
    blocks: view.blocks,
    entered: view.state?.values,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view starts at its first field
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(FIELDS)?.focus();
  }, [view.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new errors lead to the first of them
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [JSON.stringify(errors)]);

  const close = () => void tell('close', { user: person, view_id: view.id });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (submitting || !submit) return;
    setSubmitting(true);
    await tell('submit', { user: person, view_id: view.id, values: surface.values });
    setSubmitting(false);
  };
  const title = view.title?.text ?? '';

  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form ref={form} noValidate onSubmit={(event) => void send(event)}>
        <header>
          <span className="avatar app small" aria-hidden="true">
            Q
          </span>
          <h2>{title}</h2>
          <button type="button" className="icon" aria-label="Close" onClick={close}>
            ×
          </button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must reach what scrolls */}
        <section className="modal-body" aria-label="Content" tabIndex={0}>
          {notice && (
            <p role="alert" className="alert error">
              {notice}
            </p>
          )}
          <SurfaceContext value={surface}>
            <FieldErrors value={errors ?? {}}>
              <Blocks blocks={view.blocks} />
            </FieldErrors>
          </SurfaceContext>
        </section>
        <footer>
          <button type="button" className="button" onClick={close}>
            {view.close?.text ?? (submit ? 'Cancel' : 'Close')}
          </button>
          {submit && (
            <button
              type="submit"
              className={submitting ? 'button primary filled busy' : 'button primary filled'}
              aria-busy={submitting}
            >
              {submit.text}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}
