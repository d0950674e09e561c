/** An error for a request that cannot be carried out. It is thrown before anything is changed. */
export class Refusal extends Error {}
