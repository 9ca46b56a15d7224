/** Holds a fault of one part back from the rest: a single report must never be able to take the desk down. */
import { Component, type ComponentChildren } from "preact";

interface Props {
  readonly children: ComponentChildren;
  /** What is shown in the place of a part that failed. */
  readonly instead: ComponentChildren;
}

export class Boundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    reportError(error);
    this.setState({ failed: true });
  }

  override render({ children, instead }: Props) {
    return this.state.failed ? instead : children;
  }
}
