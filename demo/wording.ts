/** The package's own errors are sentences already, with the cure in them. */
export function errorWords(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^ice-servers-loader: /, '') : 'Something failed without an error message.';
}
