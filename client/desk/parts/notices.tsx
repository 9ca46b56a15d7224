/** Messages that are heard as well as seen. */
import type { ComponentChildren } from "preact";
import { problemWords } from "../problems.ts";
import { useLang, useText } from "../text.ts";

/** What went wrong, and a way on where there is one. Nothing when there is no code. */
export function ProblemNotice({
  code,
  onRetry,
}: {
  readonly code: string | null;
  readonly onRetry?: () => void;
}) {
  const lang = useLang();
  const t = useText();
  return (
    <div role="alert">
      {code !== null && (
        <p class="notice bad" data-problem={code}>
          <span>{problemWords(code, lang)}</span>
          {onRetry && (
            <button type="button" class="quiet" data-action="retry" onClick={onRetry}>
              {t("try_again")}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/** A calm message that is announced when its words change. */
export function Status({ children }: { readonly children?: ComponentChildren }) {
  return (
    <p class="status" role="status">
      {children}
    </p>
  );
}
