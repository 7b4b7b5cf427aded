/** Says what is wrong with the value found at `path`, or nothing if it is as it should be. */
export type Check = (value: unknown, path: string) => string | undefined;

/** A check whose complaint is always the same. */
export function takes(wanted: string, isWanted: (value: unknown) => boolean): Check {
	return (value, path) => (isWanted(value) ? undefined : `${path} takes ${wanted}`);
}

/** One of some texts. */
export function oneOf(texts: readonly string[]): Check {
	return takes(texts.map((text) => `'${text}'`).join(', '), (value) =>
		texts.some((text) => text === value),
	);
}

/** A list in which every entry passes a check. */
export function listOf(entry: Check): Check {
	return (value, path) => {
		if (!Array.isArray(value)) return `${path} takes a list`;
		return firstComplaint(value.map((item: unknown, index) => entry(item, `${path}[${index}]`)));
	};
}

/** An object with these fields and no others. */
export function objectOf(fields: Readonly<Record<string, Check>>): Check {
	return (value, path) => {
		if (typeof value !== 'object' || value === null || Array.isArray(value))
			return `${path} takes an object`;
		const stranger = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
		if (stranger !== undefined)
			return `${path} has no '${stranger}'. It takes ${Object.keys(fields).join(', ')}`;
		const values = value as Readonly<Record<string, unknown>>;
		return firstComplaint(
			Object.entries(fields).map(([name, check]) => check(values[name], `${path}.${name}`)),
		);
	};
}

/** A field that may be absent. */
export function optional(check: Check): Check {
	return (value, path) => (value === undefined ? undefined : check(value, path));
}

/** Passes what all of the checks pass. */
export function allOf(...checks: readonly Check[]): Check {
	return (value, path) => {
		for (const check of checks) {
			const complaint = check(value, path);
			if (complaint !== undefined) return complaint;
		}
		return undefined;
	};
}

export const isBoolean = takes('true or false', (value) => typeof value === 'boolean');
export const isText = takes('a text', (value) => typeof value === 'string');
export const isCount = takes(
	'a whole number, 1 or more',
	(value) => Number.isSafeInteger(value) && Number(value) > 0,
);
export const isDuration = takes(
	'milliseconds, 0 or more',
	(value) => Number.isFinite(value) && Number(value) >= 0,
);

export const isRate = takes(
	'a probability, 0 to 1',
	(value) => typeof value === 'number' && value >= 0 && value <= 1,
);

function firstComplaint(complaints: ReadonlyArray<string | undefined>): string | undefined {
	return complaints.find((complaint) => complaint !== undefined);
}
