/**
 * Quote numbers that are unique without network: User ID, the device's mark, and a counter kept on the device
 * ("JB-K7-00012"). The server gives each device of a User a mark of its own when it registers.
 */
export function quoteNumber(userId: string, mark: string, counter: number): string {
  return `${userId.toUpperCase().replace(/[^A-Z0-9]/g, "")}-${mark}-${String(counter).padStart(5, "0")}`;
}
