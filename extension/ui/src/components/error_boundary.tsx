import { Alert, Button } from "@mui/material";
import { Component, type ReactNode } from "react";
import { failedView, LABELS } from "./labels.ts";

/** Props of {@linkcode ErrorBoundary}. */
export interface ErrorBoundaryProps {
  /** Identity of the content; a change resets the error. */
  readonly resetKey: string;
  readonly children: ReactNode;
}

/** Confines an error to one view and shows its message. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failure: Error | undefined }> {
  override state: { readonly failure: Error | undefined } = { failure: undefined };

  /** Stores the error for the next render. */
  static getDerivedStateFromError(failure: Error): { readonly failure: Error } {
    return { failure };
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (before.resetKey !== this.props.resetKey && this.state.failure !== undefined) {
      this.setState({ failure: undefined });
    }
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    const retry = (
      <Button size="small" color="inherit" onClick={() => location.reload()}>{LABELS.reload}</Button>
    );
    return (
      <Alert severity="error" action={retry} sx={{ m: 2 }}>
        {failedView(failure.message.replace(/[^.!?]$/, "$&."))}
      </Alert>
    );
  }
}
