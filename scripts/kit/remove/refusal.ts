/** What was asked for cannot be done, with the reason; nothing has been touched. */
export class Refusal extends Error {}
