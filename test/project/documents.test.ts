import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** Files with one of these endings in a folder, by their paths from the project's root. */
function filesIn(folder: string, recursive: boolean): string[] {
	return readdirSync(path.join(root, folder), { recursive, encoding: 'utf8' })
		.filter((file) => /\.(?:md|json)$/.test(file))
		.map((file) => path.join(folder, file));
}

it.each([...filesIn('.', false), ...filesIn('docs', true), ...filesIn('workflows', true)])(
	'%s was merged to its end',
	(file) => {
		expect(readFileSync(path.join(root, file), 'utf8')).not.toMatch(/^(?:<{7}|={7}|>{7})(?: |$)/m);
	},
);
