// Small pieces that pages are made of.
import { App, Button } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { isApiError } from "../api/error";
import type { RoomState } from "../api/types";
import type { StatePaint } from "../theme/tokens";
import { useT, useWord } from "../i18n/provider";
import type { MessageKey } from "../i18n/messages";
import { Icon, Mark } from "./icons";

export function StateTag({ state, extra }: { state: RoomState; extra?: string }) {
  const word = useWord();
  return (
    <span className={`state state-${state}`}>
      <Mark state={state} size={11} />
      {word("state", state)}
      {extra ? ` · ${extra}` : ""}
    </span>
  );
}

// A state as it looks in a paint that need not be the page's own.
export function StateSample({ state, paint }: { state: RoomState; paint: StatePaint }) {
  const word = useWord();
  const ground = paint.pattern ? `repeating-linear-gradient(45deg, ${paint.fill} 0 6px, ${paint.pattern} 6px 12px)` : paint.fill;
  return (
    <span className="state" style={{ background: ground, color: paint.text, boxShadow: `inset 0 0 0 1px ${paint.edge}` }}>
      <Mark state={state} size={11} />
      {word("state", state)}
    </span>
  );
}

export function Panel({ title, meta, actions, children, className = "", flush }: {
  title?: ReactNode; meta?: ReactNode; actions?: ReactNode; children: ReactNode; className?: string; flush?: boolean;
}) {
  return (
    <section className={`panel ${className}`}>
      {(title || actions) && (
        <header className="panel-head">
          {title && <h2>{title}</h2>}
          {meta && <span className="meta">{meta}</span>}
          <span className="space" />
          {actions}
        </header>
      )}
      <div className={flush ? "panel-flush" : "panel-body"}>{children}</div>
    </section>
  );
}

export function PageHead({ title, meta, children }: { title: ReactNode; meta?: ReactNode; children?: ReactNode }) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      {meta && <span className="meta">{meta}</span>}
      <span className="space" />
      {children}
    </header>
  );
}

export type Tone = "plain" | "ok" | "warn" | "bad" | "main";
export const Chip = ({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`chip chip-${tone}`}>{children}</span>
);

export function Facts({ rows }: { rows: [label: string, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value ?? "—"}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Figure({ label, value, note, tone }: { label: string; value: ReactNode; note?: ReactNode; tone?: Tone }) {
  return (
    <div className={`figure figure-${tone ?? "plain"}`}>
      <div className="meta">{label}</div>
      <div className="figure-value">{value}</div>
      {note && <div className="meta">{note}</div>}
    </div>
  );
}

export function CopyText({ text }: { text: string }) {
  const t = useT();
  const { message } = App.useApp();
  if (!text) return null;
  const copy = () => void navigator.clipboard.writeText(text).then(() => message.success(t("common.copied")));
  return (
    <button type="button" className="copy" onClick={copy} title={t("common.copy")}>
      {text}
    </button>
  );
}

// Somebody else changed it first: it has to be read again. A document that is only being worked on will be free in a moment.
export const isStale = (error: unknown): boolean =>
  isApiError(error) && (error.reason === "STALE_ETAG" || (error.status === "ABORTED" && error.reason !== "DOCUMENT_BUSY"));

// What to do next, by what kind of refusal it was.
function nextStep(error: unknown): MessageKey {
  if (!isApiError(error)) return "error.next.retry";
  if (error.fields.length > 0) return "error.next.fields";
  if (isStale(error)) return "error.next.stale";
  if (error.reason === "DOCUMENT_BUSY") return "error.next.busy";
  if (error.reason === "ROOM_TAKEN") return "error.next.taken";
  if (error.http === 403) return "error.next.rights";
  return error.http >= 500 || error.http === 0 ? "error.next.retry" : "error.next.other";
}

// Cause, next step, request id: in place, never a toast.
export function ErrorBox({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT();
  if (!error) return null;
  const api = isApiError(error) ? error : undefined;
  const cause = api?.offline ? t("error.offline") : error instanceof Error ? error.message : String(error);
  return (
    <div className="error-box" role="alert">
      <Icon name="warn" size={18} />
      <div>
        <b>{cause}</b>
        {api?.fields.map((field) => (
          <div key={field.field + field.description}>{t("error.field", { field: field.field, text: field.description })}</div>
        ))}
        {!api?.offline && <div>{t(nextStep(error))}</div>}
        {api?.requestId && (
          <div className="meta">
            {t("error.requestId")} <CopyText text={api.requestId} />
          </div>
        )}
      </div>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {t(isStale(error) ? "common.reread" : "common.retry")}
        </Button>
      )}
    </div>
  );
}

export function Empty({ why, action }: { why: string; action?: ReactNode }) {
  return (
    <div className="empty">
      <span>{why}</span>
      {action}
    </div>
  );
}

// Grey rows of the real height, only after 150 ms.
export function Loading({ rows = 4 }: { rows?: number }) {
  const t = useT();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="loading" aria-busy="true" aria-label={t("common.loading")}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="loading-row" />
      ))}
    </div>
  );
}

export function NotAllowed() {
  const t = useT();
  return (
    <div className="page">
      <Panel title={t("common.notAllowed")}>{t("common.notAllowedWhy")}</Panel>
    </div>
  );
}

// The present second, for countdowns.
export function useNow(every = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export function useNarrow(limit = 760): boolean {
  const [query] = useState(() => window.matchMedia(`(max-width: ${limit}px)`));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const changed = () => setNarrow(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, [query]);
  return narrow;
}
