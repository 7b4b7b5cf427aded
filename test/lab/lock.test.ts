import { withAddresses } from '../../lab/n8n/lock';

const lock = JSON.stringify({
	name: 'some-n8n',
	packages: {
		'': { dependencies: { n8n: '2.0.0' } },
		'node_modules/n8n': { version: '2.0.0', integrity: 'sha512-a' },
		'node_modules/n8n/node_modules/@types/node': { version: '20.1.0', integrity: 'sha512-b' },
		'node_modules/xlsx': { name: '@other/xlsx', version: '0.20.3', integrity: 'sha512-c' },
		'node_modules/n8n/node_modules/inside': { version: '1.0.0', inBundle: true },
	},
});

const addresses = (registry: string) => {
	const { packages } = JSON.parse(withAddresses(lock, registry)) as {
		packages: Record<string, { resolved?: string }>;
	};
	return Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
};

describe('the addresses of packages', () => {
	it.each([
		'http://registry.example/npm',
		'http://registry.example/npm/',
		'http://registry.example/npm/\n',
	])('are in the registry of the machine, under the real names: %j', (registry) => {
		expect(addresses(registry)).toEqual([
			'http://registry.example/npm/n8n/-/n8n-2.0.0.tgz',
			'http://registry.example/npm/@types/node/-/node-20.1.0.tgz',
			'http://registry.example/npm/@other/xlsx/-/xlsx-0.20.3.tgz',
		]);
	});

	it('are all that is added', () => {
		const { packages, ...rest } = JSON.parse(withAddresses(lock, 'http://registry.example'));
		for (const one of Object.values(packages as Record<string, { resolved?: string }>))
			delete one.resolved;
		expect({ ...rest, packages }).toEqual(JSON.parse(lock));
	});
});
