/**
 * The inside of an expression for a node's subtitle: what was chosen in a locator, by its name in the list if it has
 * one. `$parameter` gives a locator's value alone; the name is only in what `toJSON` of it returns, if it has that.
 */
export function chosenIn(parameter: string): string {
	return `$parameter.toJSON?.().${parameter}?.cachedResultName || $parameter.${parameter}`;
}
