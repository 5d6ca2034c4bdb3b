import { Component, type ReactNode } from 'react';

/** Keeps what breaks inside from breaking what is around. */
export class Unbroken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return <p className="cannot">This content can't be displayed.</p>;
  }
}
