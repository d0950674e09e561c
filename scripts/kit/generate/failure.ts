/** An error that the user of the command can correct. Its message says what happened and what to do. */
export class Failure extends Error {}
