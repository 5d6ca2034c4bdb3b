/** What the sandbox refused, and why. */
export function Trouble(props: { text: string | null; onClose(): void }) {
  return (
    <div role="alert" className="trouble-place">
      {props.text !== null && (
        <div className="trouble">
          <p>{props.text}</p>
          <button type="button" className="icon" aria-label="Dismiss" onClick={props.onClose}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
