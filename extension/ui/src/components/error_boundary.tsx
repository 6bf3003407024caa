import { Alert, Button } from "@mui/material";
import { Component, type ReactNode } from "react";

/** Props of {@linkcode ErrorBoundary}. */
export interface ErrorBoundaryProps {
  /** What may fail: a change of it is another try. */
  readonly what: string;
  readonly children: ReactNode;
}

/** A fault in one view does not take the page away: it says what failed, and the other views go on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failure: Error | undefined }> {
  override state: { readonly failure: Error | undefined } = { failure: undefined };

  static getDerivedStateFromError(failure: Error): { readonly failure: Error } {
    return { failure };
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (before.what !== this.props.what && this.state.failure !== undefined) {
      this.setState({ failure: undefined });
    }
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    const retry = (
      <Button size="small" color="inherit" onClick={() => location.reload()}>Load the page again</Button>
    );
    return (
      <Alert severity="error" action={retry} sx={{ m: 2 }}>
        This view has failed:{" "}
        {failure.message}. The other views go on. Please report it with what Diagnostics says.
      </Alert>
    );
  }
}
