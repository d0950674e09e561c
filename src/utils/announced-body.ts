interface Announcement {
  readonly headers: {
    readonly 'content-length'?: string | undefined;
    readonly 'transfer-encoding'?: string | undefined;
  };
}

/** Returns the length of a body as its sender declares it; 0 for a chunked body, whose length is not known. */
export const declaredLength = ({ headers }: Announcement): number => Number(headers['content-length'] ?? 0);

/** Returns whether a request announces a body (RFC 9112, section 6.3). */
export const hasBody = (req: Announcement): boolean =>
  req.headers['transfer-encoding'] !== undefined || declaredLength(req) > 0;
