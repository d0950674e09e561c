/** An error that the user can fix. Its message states what happened and what to do. */
export class Failure extends Error {}
