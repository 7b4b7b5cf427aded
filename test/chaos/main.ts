import './typescriptFirst';
import '../support/setup';

import { parseArgs } from 'node:util';

import { Figures } from './figures';
import { judge } from './judge/judge';
import { Stage } from './play/stage';
import { scenarioOf } from './scenario/scenario';

const HELP = `Random scenarios through the fault proxy; see docs/chaos.md.

  --runs <number>   how many scenarios (200)
  --from <number>   the first seed (1)
  --seed <number>   this one scenario alone
`;

const DEFAULT_RUNS = 200;
const PROGRESS_EVERY = 500;

function whole(name: string, text: string | undefined, byDefault: number): number {
	const value = text === undefined ? byDefault : Number(text);
	if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
	return value;
}

async function main(): Promise<void> {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: { runs: text, from: text, seed: text, help: { type: 'boolean' } },
	});
	if (values.help) return console.log(HELP);
	const isOne = values.seed !== undefined;
	const from = isOne ? whole('seed', values.seed, 1) : whole('from', values.from, 1);
	const count = isOne ? 1 : whole('runs', values.runs, DEFAULT_RUNS);
	const figures = new Figures();
	const stage = await Stage.open();
	for (let seed = from; seed < from + count; seed += 1) {
		const scenario = scenarioOf(seed);
		const played = await stage.play(scenario).catch((error: unknown) => {
			throw new Error(`Seed ${seed}`, { cause: error });
		});
		const complaints = judge(played);
		figures.add(played, complaints);
		if (isOne) console.log(scenario.summary);
		if (complaints.length > 0 && !isOne)
			console.log(`npm run chaos -- --seed ${seed}   # ${scenario.summary}`);
		for (const { failing, text: said } of complaints) console.log(`  ${failing}: ${said}`);
		if ((seed - from + 1) % PROGRESS_EVERY === 0) console.log(`${seed - from + 1} of ${count}`);
	}
	await stage.close();
	console.log(`\n${figures.table()}\n\n${figures.faultsTable()}\n`);
	process.exit(figures.isClean ? 0 : 1);
}

void main();
