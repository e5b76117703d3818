/** What package.json has to state about a setting, in the words of JSON Schema. */
export interface SettingSchema {
  readonly type: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: 'string' };
  readonly additionalProperties?: { readonly type: 'boolean' };
}

/** A setting: its key, what it may be, and what it is unless somebody says otherwise. */
export interface SettingDefinition<Value> {
  readonly key: string;
  readonly default: Value;
  readonly schema: SettingSchema;
  /** What is allowed, in words that follow "allowed:". */
  readonly allowed: string;
  /** Whether a value from a settings file, which may be anything, can be used. */
  accepts(value: unknown): value is Value;
}

export function booleanSetting(key: string, defaultValue: boolean): SettingDefinition<boolean> {
  return {
    key,
    default: defaultValue,
    schema: { type: 'boolean' },
    allowed: 'true or false',
    accepts: (value): value is boolean => typeof value === 'boolean',
  };
}

export function integerSetting(key: string, defaultValue: number, range: Range): SettingDefinition<number> {
  return {
    key,
    default: defaultValue,
    schema: { type: 'integer', ...range },
    allowed: `a whole number from ${range.minimum} to ${range.maximum}`,
    accepts: (value): value is number => Number.isInteger(value) && isWithin(value as number, range),
  };
}

export function numberSetting(key: string, defaultValue: number, range: Range): SettingDefinition<number> {
  return {
    key,
    default: defaultValue,
    schema: { type: 'number', ...range },
    allowed: `a number from ${range.minimum} to ${range.maximum}`,
    accepts: (value): value is number => typeof value === 'number' && isWithin(value, range),
  };
}

/** A number, or null where Top-K is to choose it. */
export function numberOrNullSetting(
  key: string,
  defaultValue: number | null,
  range: Range,
): SettingDefinition<number | null> {
  const number = numberSetting(key, 0, range);
  return {
    key,
    default: defaultValue,
    schema: { type: ['number', 'null'], ...range },
    allowed: `${number.allowed}, or null`,
    accepts: (value): value is number | null => value === null || number.accepts(value),
  };
}

export function stringSetting(key: string, defaultValue: string): SettingDefinition<string> {
  return {
    key,
    default: defaultValue,
    schema: { type: 'string' },
    allowed: 'a text',
    accepts: (value): value is string => typeof value === 'string',
  };
}

export function choiceSetting<const Choice extends string>(
  key: string,
  defaultValue: NoInfer<Choice>,
  choices: readonly Choice[],
): SettingDefinition<Choice> {
  return {
    key,
    default: defaultValue,
    schema: { type: 'string', enum: choices },
    allowed: choices.map((choice) => `"${choice}"`).join(', '),
    accepts: (value): value is Choice => choices.some((choice) => choice === value),
  };
}

export function stringListSetting(key: string, defaultValue: readonly string[]): SettingDefinition<readonly string[]> {
  return {
    key,
    default: defaultValue,
    schema: { type: 'array', items: { type: 'string' } },
    allowed: 'a list of texts',
    accepts: (value): value is readonly string[] =>
      Array.isArray(value) && value.every((item) => typeof item === 'string'),
  };
}

export function booleanMapSetting(
  key: string,
  defaultValue: Readonly<Record<string, boolean>>,
): SettingDefinition<Readonly<Record<string, boolean>>> {
  return {
    key,
    default: defaultValue,
    schema: { type: 'object', additionalProperties: { type: 'boolean' } },
    allowed: 'an object whose values are true or false',
    accepts: (value): value is Readonly<Record<string, boolean>> =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((item) => typeof item === 'boolean'),
  };
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** False for NaN too. */
function isWithin(value: number, { minimum, maximum }: Range): boolean {
  return value >= minimum && value <= maximum;
}
