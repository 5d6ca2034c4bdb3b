import { ClockMenu } from './clock-menu.tsx';

/** What is about the sandbox and not about Slack: its clock, its record, its hints. */
export function TopBar(props: {
  aheadMs: number;
  drawerOpen: boolean;
  onAdvance(duration: string): Promise<unknown>;
  onToggleDrawer(): void;
  onShowHint(): void;
}) {
  return (
    <header className="top-bar">
      <h1>
        <span className="logo" aria-hidden="true">
          Q
        </span>
        Quartermaster <span className="tag">sandbox</span>
      </h1>
      <div className="top-tools">
        <ClockMenu aheadMs={props.aheadMs} onAdvance={props.onAdvance} />
        <button type="button" aria-expanded={props.drawerOpen} onClick={props.onToggleDrawer}>
          What happened in AWS
        </button>
        <button type="button" aria-label="Show things to try" onClick={props.onShowHint}>
          ?
        </button>
      </div>
    </header>
  );
}
