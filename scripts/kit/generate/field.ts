/** A field of a module, as the field language says it. */
export interface Field {
  /** As it was written, such as `customer`. */
  readonly name: string;
  readonly type: FieldTypeName;
  /** What it is called in code and in JSON: `customerId`. */
  readonly property: string;
  /** `customer_id` */
  readonly column: string;
  /** Whether it may be null, or left out. */
  readonly isNullable: boolean;
  readonly isUnique: boolean;
  /** Whether it is who the thing belongs to. */
  readonly isOwner: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** What an enum may be. */
  readonly values: readonly string[];
  /** Digits in all and behind the point, of a decimal. */
  readonly digits: readonly [precision: number, scale: number];
  /** The module that a ref refers to. */
  readonly target: string;
}

export const fieldTypeNames = [
  'string', 'text', 'int', 'bigint', 'decimal', 'bool', 'date', 'datetime', 'enum', 'uuid', 'email', 'json', 'ref',
] as const; // prettier-ignore
export type FieldTypeName = (typeof fieldTypeNames)[number];
