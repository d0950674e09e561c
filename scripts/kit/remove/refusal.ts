/** An error for a request that cannot be carried out. Nothing has been changed. */
export class Refusal extends Error {}
