const WHAT_FOR: Readonly<Record<string, string>> = {
  licenses: 'Ask what is left, and request launches: type / to see how.',
  'license-approvals': 'Launch requests wait here until an approver decides.',
  'license-digest': 'The weekly digest is posted here.',
  Quartermaster: 'Only you and the app are here. Ask in your own words, or type / for commands.',
};

/** What stands above the first message. */
export function Intro({ name, isChannel }: { name: string; isChannel: boolean }) {
  return (
    <p className="intro">
      This is the very beginning of{' '}
      <strong>{isChannel ? `#${name}` : `your messages with ${name}`}</strong>. {WHAT_FOR[name]}
    </p>
  );
}
