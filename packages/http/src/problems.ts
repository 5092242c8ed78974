/** The same sentence in both languages that every screen and message has. */
export type Words = Readonly<{ ja: string; en: string }>

/** One way in which a request can end without success, as the caller is told it. */
export type ProblemDefinition = Words &
  Readonly<{
    status: number
    /** Sent as `Retry-After`. A 429 or 503 without it is told one or two seconds. */
    retryAfterSeconds?: number
  }>

/** Which field of a request broke which rule, with what the rule allows. */
export type Fault = Words & Readonly<{ field: string; rule: string; [detail: string]: unknown }>

export type Problems<Code extends string = string> = Readonly<Record<Code, ProblemDefinition>>

/** The problems that the edge itself answers with; every service has them. */
export const generalProblems = {
  malformed_request: {
    status: 400,
    ja: '通信の形式が正しくありません。',
    en: 'The request is not well-formed HTTP.',
  },
  malformed_json: {
    status: 400,
    ja: '送信内容がJSONとして読めません。',
    en: 'The body is not well-formed JSON in UTF-8.',
  },
  duplicate_key: {
    status: 400,
    ja: '同じ項目が二度書かれています。',
    en: 'A field is written twice.',
  },
  unknown_field: {
    status: 400,
    ja: '使えない項目が含まれています。',
    en: 'There is a field that is not known here.',
  },
  invalid_field: {
    status: 400,
    ja: '入力に誤りがあります。',
    en: 'A field does not follow its rule.',
  },
  body_needed: { status: 400, ja: '送信内容が空です。', en: 'A body is needed and is missing.' },
  body_not_expected: {
    status: 400,
    ja: 'この操作は本文を受け取りません。',
    en: 'No body is taken here.',
  },
  idempotency_key_needed: {
    status: 400,
    ja: 'Idempotency-Key が必要です(英数字と記号、255文字まで)。',
    en: 'An Idempotency-Key header of 1 to 255 visible ASCII characters is needed.',
  },
  sign_in_needed: { status: 401, ja: 'ログインしてください。', en: 'Sign in first.' },
  forbidden: {
    status: 403,
    ja: 'この操作をする権限がありません。',
    en: 'Your role may not do this.',
  },
  foreign_origin: {
    status: 403,
    ja: '別のサイトからの操作は受け付けません。',
    en: 'Requests from this origin are not accepted.',
  },
  not_found: { status: 404, ja: '見つかりません。', en: 'There is nothing here.' },
  method_not_allowed: {
    status: 405,
    ja: 'この方法では呼び出せません。',
    en: 'This method is not allowed here.',
  },
  request_timeout: {
    status: 408,
    ja: '受信に時間がかかりすぎました。',
    en: 'The request took too long to arrive.',
  },
  idempotency_in_flight: {
    status: 409,
    retryAfterSeconds: 1,
    ja: '同じ操作を処理中です。少し待ってもう一度お試しください。',
    en: 'The same request is still being carried out. Send it again in a moment.',
  },
  idempotency_key_reused: {
    status: 422,
    ja: 'この Idempotency-Key は別の内容ですでに使われています。',
    en: 'This Idempotency-Key was used with other contents.',
  },
  body_too_large: { status: 413, ja: '送信内容が大きすぎます。', en: 'The body is too large.' },
  unsupported_media_type: {
    status: 415,
    ja: 'この形式の送信内容は受け付けません。',
    en: 'This content type or encoding is not accepted here.',
  },
  headers_too_large: {
    status: 431,
    ja: 'ヘッダーが大きすぎます。',
    en: 'The headers are too large.',
  },
  too_many_requests: {
    status: 429,
    ja: '回数が多すぎます。少し待ってからもう一度お試しください。',
    en: 'Too many requests. Wait a moment and try again.',
  },
  internal: {
    status: 500,
    ja: 'システムの不具合です。お問い合わせの際は受付番号をお知らせください。',
    en: 'Something is wrong on our side. Please quote the request id.',
  },
  busy: {
    status: 503,
    ja: 'ただいま混み合っています。少し待ってからもう一度お試しください。',
    en: 'Too busy at the moment. Nothing was done; try again shortly.',
  },
  outcome_unknown: {
    status: 503,
    ja: '結果を確認できませんでした。同じ内容でもう一度お試しください。',
    en: 'The outcome is not known yet. Send the same request again.',
  },
} as const satisfies Problems

export type GeneralCode = keyof typeof generalProblems

/**
 * Names the problems of one service, beside the general ones.
 *
 * Every problem has a status from 400 to 599 and a sentence in Japanese and in English.
 *
 * Throws when one of these is missing, or when a code is one of the general ones.
 */
export function defineProblems<const Code extends string>(
  problems: Problems<Code>,
): Problems<Code | GeneralCode> {
  for (const [code, { status, ja, en }] of Object.entries<ProblemDefinition>(problems)) {
    if (!/^[a-z][a-z0-9_]*$/.test(code)) throw new Error(`problem code ${code} is not snake_case`)
    if (Object.hasOwn(generalProblems, code)) throw new Error(`${code} is a general problem`)
    if (!Number.isInteger(status) || status < 400 || status > 599)
      throw new Error(`problem ${code} has status ${status}`)
    if (ja.trim() === '' || en.trim() === '') throw new Error(`problem ${code} lacks its words`)
  }
  return { ...generalProblems, ...problems }
}

/**
 * A problem as it travels (RFC 9457), with its data merged in at the top level.
 * Data never replaces a standard member.
 */
export function problemDocument(
  problems: Problems,
  {
    code,
    data,
    requestId,
  }: { code: string; data: Readonly<Record<string, unknown>>; requestId: string },
): { status: number; retryAfterSeconds: number | undefined; document: Record<string, unknown> } {
  const definition = problems[code]
  if (definition === undefined) throw new Error(`problem ${code} is not defined`)
  const { status } = definition
  const passing = status === 429 || status === 503
  const standard = {
    type: `urn:minnaken:problem:${code}`,
    title: definition.ja,
    titleEn: definition.en,
    status,
    code,
    requestId,
    ...(passing ? { retryable: true } : {}),
  }
  const asked = data['retryAfterSeconds']
  const retryAfterSeconds =
    typeof asked === 'number' && Number.isFinite(asked)
      ? Math.max(1, Math.ceil(asked))
      : (definition.retryAfterSeconds ?? (passing ? 1 + Math.floor(Math.random() * 2) : undefined))
  return { status, retryAfterSeconds, document: { ...standard, ...data, ...standard } }
}
