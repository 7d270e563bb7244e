// What went wrong, as the gateway says it (AIP-193): cause, fields, reason and the request id a person can copy.

export interface FieldViolation {
  field: string;
  description: string;
}

interface ErrorDetail {
  "@type"?: string;
  reason?: string;
  domain?: string;
  metadata?: Record<string, string>;
  fieldViolations?: FieldViolation[];
  locale?: string;
  message?: string;
}

interface ErrorBody {
  error?: { code?: number; status?: string; message?: string; details?: ErrorDetail[] };
}

export class ApiError extends Error {
  override name = "ApiError";
  readonly http: number;
  readonly status: string;
  readonly reason: string;
  readonly metadata: Record<string, string>;
  readonly fields: FieldViolation[];
  readonly requestId: string;
  readonly retryAfter: number | undefined;

  constructor(http: number, body: ErrorBody, requestId: string, retryAfter?: number) {
    const error = body.error ?? {};
    const details = error.details ?? [];
    const localized = details.find((detail) => detail.locale !== undefined && detail.message);
    super(localized?.message || error.message || `HTTP ${http}`);
    const info = details.find((detail) => detail.reason);
    this.http = http;
    this.status = error.status ?? "";
    this.reason = info?.reason ?? error.status ?? (http === 0 ? "OFFLINE" : "");
    this.metadata = info?.metadata ?? {};
    this.fields = details.flatMap((detail) => detail.fieldViolations ?? []);
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  // No answer came at all: the line or the gateway is down.
  get offline(): boolean {
    return this.http === 0;
  }
}

export function offline(cause: unknown, requestId: string): ApiError {
  const error = new ApiError(0, { error: { status: "OFFLINE", message: String(cause) } }, requestId);
  error.cause = cause;
  return error;
}

export const isApiError = (value: unknown): value is ApiError => value instanceof ApiError;
