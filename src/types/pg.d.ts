import type { Connection } from 'pg';

// The declarations of pg omit this property.
declare module 'pg' {
  interface ClientBase {
    readonly connection: Connection;
  }
}
