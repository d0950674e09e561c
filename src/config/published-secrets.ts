/**
 * Secrets that look random, but were published in standards and tutorials. People copy them, so the service must reject
 * them.
 */
export const publishedSecrets: ReadonlySet<string> = new Set([
  // RFC 7515, appendix A.
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  // FastAPI tutorial.
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
  // Spring Boot tutorials.
  '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970',
  // Manuals of Svix and Standard Webhooks.
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
]);
