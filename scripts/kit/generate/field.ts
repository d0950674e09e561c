/** A parsed field of a module. */
export interface Field {
  /** The name as written, such as `customer`. */
  readonly name: string;
  readonly type: FieldTypeName;
  /** The name in code and JSON, such as `customerId`. */
  readonly property: string;
  /** The column, such as `customer_id`. */
  readonly column: string;
  /** True if the field may be null or omitted. */
  readonly isNullable: boolean;
  readonly isUnique: boolean;
  /** True if the field refers to the owner of the row. */
  readonly isOwner: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** The values of an enum. */
  readonly values: readonly string[];
  /** The precision and scale of a decimal. */
  readonly digits: readonly [precision: number, scale: number];
  /** The module that a ref refers to. */
  readonly target: string;
}

export const fieldTypeNames = [
  'string', 'text', 'int', 'bigint', 'decimal', 'bool', 'date', 'datetime', 'enum', 'uuid', 'email', 'json', 'ref',
] as const; // prettier-ignore
export type FieldTypeName = (typeof fieldTypeNames)[number];
