/** Three things to try, for somebody who is here for the first time. */
export function HintCard(props: {
  onUsage(): void;
  onRequest(): void;
  onApprover(): void;
  onClose(): void;
}) {
  const things = [
    { text: 'See what we own', does: 'types /license usage', act: props.onUsage },
    { text: 'Request a launch', does: 'types /license request', act: props.onRequest },
    { text: 'Act as an approver', does: 'opens the approvals as Alex', act: props.onApprover },
  ];
  return (
    <section className="hint-card" aria-label="Things to try">
      <div>
        <h3>Your Slack, with a company in it</h3>
        <p>Everything here is made up. Press anything.</p>
      </div>
      <ul>
        {things.map(({ text, does, act }) => (
          <li key={text}>
            <button type="button" className="button" onClick={act}>
              {text}
            </button>
            <small>{does}</small>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="icon"
        aria-label="Hide things to try"
        onClick={props.onClose}
      >
        ×
      </button>
    </section>
  );
}
