interface Announcement {
  readonly headers: {
    readonly 'content-length'?: string | undefined;
    readonly 'transfer-encoding'?: string | undefined;
  };
}

/**
 * Returns the length of a body as the sender declares it. Returns 0 for a chunked body, because its length is unknown.
 */
export const declaredLength = ({ headers }: Announcement): number => Number(headers['content-length'] ?? 0);

/** Returns whether the headers of a request announce a body (RFC 9112, section 6.3). */
export const hasBody = (req: Announcement): boolean =>
  req.headers['transfer-encoding'] !== undefined || declaredLength(req) > 0;
