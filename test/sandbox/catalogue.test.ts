import { generateCatalogue, parseCatalogue } from '../../sandbox';

describe('generateCatalogue', () => {
	it('makes the same offers every time', () => {
		const catalogue = generateCatalogue(5_000);
		expect(new Set(catalogue.map(({ sku }) => sku)).size).toBe(5_000);
		expect(catalogue).toEqual(generateCatalogue(5_000));
		expect(catalogue.slice(0, 50)).toEqual(generateCatalogue(50));
		expect(catalogue[0]).toEqual({ sku: 'SKU-00001', name: 'Birch Mug 1', price: 190 });
	});
});

describe('parseCatalogue', () => {
	it('reads its columns wherever they stand, and keeps leading zeros', () => {
		const csv = [
			'\ufeffprice,colour,sku,name',
			'99.5,red,0557722,"Кружка ""Север"", 0,3 л"',
			'',
			'10,,a;b,Лампа',
			'',
		].join('\r\n');
		expect(parseCatalogue(csv)).toEqual([
			{ sku: '0557722', name: 'Кружка "Север", 0,3 л', price: 99.5 },
			{ sku: 'a;b', name: 'Лампа', price: 10 },
		]);
	});

	it('puts into the archive what the column archived says', () => {
		expect(parseCatalogue('sku,name,price,archived\na,b,1,yes\nc,d,1,no\ne,f,1,')).toEqual([
			{ sku: 'a', name: 'b', price: 1, archived: true },
			{ sku: 'c', name: 'd', price: 1 },
			{ sku: 'e', name: 'f', price: 1 },
		]);
	});

	it.each([
		{ csv: 'sku,name\na,b', error: "no column 'price'" },
		{ csv: 'sku,name,price\n,b,1', error: 'line 2 has no SKU' },
		{ csv: 'sku,name,price\na,b,1\na,c,2', error: "line 3 repeats the SKU 'a'" },
		{ csv: 'sku,name,price\na,b,dear', error: 'line 2 has a price' },
	])('says what is wrong: $error', ({ csv, error }) => {
		expect(() => parseCatalogue(csv)).toThrow(error);
	});
});
