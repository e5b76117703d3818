/** As the user's own locale writes it: "14:05". */
export function clockTime(date: Date, timeStyle: 'short' | 'medium' = 'short'): string {
  return date.toLocaleTimeString(undefined, { timeStyle });
}
