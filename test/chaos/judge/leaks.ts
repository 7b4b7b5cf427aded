import type { Played } from '../play/stage';
import type { Complaint } from './complaint';

/** Length of a secret's base64 that is enough to recognise it. */
const LEAST_BASE64 = 8;

/** Searches outputs, messages, hints, logs and the foreign host for every secret, in every way of writing it. */
export function judgeLeaks({
	steps,
	secrets,
	logs,
	strayed,
}: Pick<Played, 'steps' | 'secrets' | 'logs' | 'strayed'>): Complaint[] {
	const places = new Map([
		['the log', logs.join('\n')],
		['the foreign host', strayed.join('\n')],
	]);
	for (const [index, { result }] of steps.entries()) {
		if (!result) continue;
		const run = `run ${index + 1}`;
		places.set(`the output of ${run}`, textOf([result.items, result.errorItems]));
		places.set(`the message of ${run}`, textOf(result.error));
		places.set(`the hints of ${run}`, textOf(result.hints));
	}
	const complaints: Complaint[] = [];
	for (const secret of secrets) {
		for (const [way, forms] of formsOf(secret)) {
			for (const [place, text] of places) {
				const found = forms.find((form) => text.includes(form));
				if (found === undefined) continue;
				const at = text.indexOf(found);
				const around = text.slice(Math.max(0, at - 60), at).replace(/\s+/g, ' ');
				complaints.push({
					failing: 'leaked',
					text: `a secret (${secret.slice(0, 12)}...), ${way}, in ${place} after "${around}"`,
				});
			}
		}
	}
	return complaints;
}

/** The forms in which a secret may be written: base64 at any of the three offsets in its groups. */
export function formsOf(secret: string): Array<[way: string, forms: string[]]> {
	const base64 = [0, 1, 2].flatMap((shift) => {
		const whole = Buffer.from('\0'.repeat(shift) + secret)
			.toString('base64')
			.replace(/=+$/, '');
		// The characters at both ends depend on their neighbours.
		const core = whole.slice(shift === 0 ? 0 : shift + 1, -1);
		return core.length < LEAST_BASE64 ? [] : [core, core.replace(/\+/g, '-').replace(/\//g, '_')];
	});
	return [
		['raw', [secret]],
		['URL-encoded', [encodeURIComponent(secret)].filter((form) => form !== secret)],
		['in base64', base64],
	];
}

/** All text in a value as n8n's database would get it: errors with messages, stacks and their own serialization. */
export function textOf(value: unknown, seen = new Set<object>()): string {
	if (typeof value === 'string') return `${value}\n`;
	if (typeof value !== 'object' || value === null || seen.has(value)) return '';
	seen.add(value);
	const parts: string[] = [];
	if (value instanceof Error) {
		parts.push(value.message, value.stack ?? '', textOf(value.cause, seen));
	}
	const { toJSON } = value as { toJSON?: () => unknown };
	if (typeof toJSON === 'function') parts.push(textOf(toJSON.call(value), seen));
	for (const [name, part] of Object.entries(value)) parts.push(name, textOf(part, seen));
	return parts.join('\n');
}
