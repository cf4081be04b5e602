/** The time zone of this computer. */
export function homeTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * Every time zone to choose from.
 * @param chosen is among them whatever it is: systems differ in the names that they list
 */
export function timeZoneOptions(chosen: string): readonly { value: string; text: string }[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', homeTimeZone(), chosen]);
  return [...names].sort().map((value) => ({ value, text: value.replaceAll('_', ' ') }));
}
