/** No ordinary text has more characters a token than this: indentation, mostly. The engine cuts to the exact budget. */
export const longestToken = 6;
