import type { Connection } from 'pg';

// Declares a property that is missing in the declarations of pg.
declare module 'pg' {
  interface ClientBase {
    readonly connection: Connection;
  }
}
