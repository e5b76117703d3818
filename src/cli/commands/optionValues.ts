import { InvalidArgumentError } from 'commander';
import { languageIds } from '../../text/languageIds';

/** A commander parser for a whole number between two bounds. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    const allowed =
      maximum === Number.MAX_SAFE_INTEGER
        ? `${minimum} or more`
        : `between ${minimum} and ${maximum.toLocaleString('en-US')}`;
    throw new InvalidArgumentError(`Give a whole number, ${allowed}.`);
  };
}

/** A commander parser for a number between two bounds, such as a probability. */
export function numberBetween(minimum: number, maximum: number): (value: string) => number {
  return (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (number >= minimum && number <= maximum) return number;
    throw new InvalidArgumentError(`Give a number between ${minimum} and ${maximum}.`);
  };
}

/** A commander parser for a language that the trim rules may know. */
export function languageId(value: string): string {
  if (languageIds.includes(value)) return value;
  throw new InvalidArgumentError(
    'Give an identifier of VS Code, such as python, shellscript or plaintext; leave the option out for a language without one.',
  );
}

/** A commander parser for a text: an empty one is mostly a variable of the shell that was not set. */
export function nonEmpty(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('It must not be empty; leave the option out for its default.');
}
