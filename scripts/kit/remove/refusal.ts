/** An error for a request that cannot be carried out. The error is thrown before anything is changed. */
export class Refusal extends Error {}
