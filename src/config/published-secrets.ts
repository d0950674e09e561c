/** Random secrets that anybody can read, in standards and in manuals that people copy from. */
export const publishedSecrets: ReadonlySet<string> = new Set([
  // RFC 7515, appendix A.
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  // The tutorial of FastAPI.
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
  // Tutorials of Spring Boot.
  '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970',
  // The manuals of Svix and of the specification that it follows.
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
]);
