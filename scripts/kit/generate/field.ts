/** A parsed field of a module. */
export interface Field {
  /** The name in the command line, such as `customer`. */
  readonly name: string;
  readonly type: FieldTypeName;
  /** The name in code and JSON, such as `customerId`. */
  readonly property: string;
  /** The name of the column, such as `customer_id`. */
  readonly column: string;
  /** True if the field may be null or missing. */
  readonly isNullable: boolean;
  readonly isUnique: boolean;
  /** True if the field contains the owner of the row. */
  readonly isOwner: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** The values of an enum. */
  readonly values: readonly string[];
  /** The precision and scale of a decimal. */
  readonly digits: readonly [precision: number, scale: number];
  /** The module that a field `ref(module)` refers to. */
  readonly target: string;
}

export const fieldTypeNames = [
  'string', 'text', 'int', 'bigint', 'decimal', 'bool', 'date', 'datetime', 'enum', 'uuid', 'email', 'json', 'ref',
] as const; // prettier-ignore
export type FieldTypeName = (typeof fieldTypeNames)[number];
