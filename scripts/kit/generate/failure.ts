/** Something that the caller has to put right; its message says what happened and what to do. */
export class Failure extends Error {}
