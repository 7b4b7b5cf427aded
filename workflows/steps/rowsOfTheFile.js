// The rows of a file, one item each: of a CSV file as any program writes it, or of the cells that Extract From File has
// read from an Excel file. The header is the row with the columns that Update Stocks names. Each row gets its place in
// the file (lineInFile); the first one also what was left out (leftOut). A row that cannot be read for certain has no
// cells, but says why (notRead): its numbers might be those of other columns.

/** At most this many rows, title and filters included, come before the header. */
const HEADER_WITHIN = 100;
const DELIMITERS = [';', '\t', ',', '|'];
const TOTAL = /^(?:итого|всего|общий итог|total|grand total)\s*:?$/i;
/** Letters of Serbian and Macedonian: in a Russian file they are what another encoding makes of Russian capitals. */
const FOREIGN = /[ЂЃѓЉЊЌЋЏђљњќћџ]/;
const RUSSIAN_WORD = /(?<![A-Za-zА-яЁё])[А-яЁё]{2,}(?![A-Za-zА-яЁё])/;

/** Stops the flow. n8n would add a line number of this code to an Error. */
function stop(message) {
	throw { message };
}

const textOf = (cell) =>
	String(cell ?? '')
		.replace(/[\s\u200b\ufeff]+/g, ' ')
		.trim();
const seen = (cell) => textOf(cell).toLowerCase();
const isBlank = (cells) => cells.every((cell) => String(cell ?? '').trim() === '');
const quote = (text) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);

/** The columns that Update Stocks reads, by its fields or, if it computes them, by its expressions. */
function namedColumns({ inputMode, skuField = 'sku', stockField = 'stock', sku, stock }) {
	if (inputMode !== 'expressions') return [skuField, stockField].map((name) => name.trim());
	return [sku, stock].map((expression) => {
		const [, word, double, single] =
			/\$json(?:\.([\p{L}\w]+)|\["([^"]+)"\]|\['([^']+)'\])/u.exec(String(expression)) ?? [];
		return word ?? double ?? single;
	});
}

/** The text of a file: by its mark, as UTF-8 if valid, otherwise as windows-1251, in which a Russian Excel saves CSV. */
function decoded(bytes) {
	const [first, second] = bytes;
	if ((first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf))
		stop('This is an Excel file, but its name does not end in .xlsx or .xls. Give it that ending.');
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		const text = new TextDecoder('windows-1251').decode(bytes);
		if (FOREIGN.test(text) || !RUSSIAN_WORD.test(text))
			stop('The file is neither in UTF-8 nor in windows-1251. Save it as CSV UTF-8 or as .xlsx.');
		return text;
	}
}

/** Where a cell that begins with a quote ends; -1 if the quote is just a character of the cell, such as an inch mark. */
function closingQuote(text, from, delimiter) {
	for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2)) {
		const next = text[at + 1];
		if (next === '"') continue;
		return next === undefined || next === delimiter || next === '\n' ? at : -1;
	}
	return -1;
}

/** The cells of a row with quotes in it, and where it ends. */
function quotedRow(text, from, delimiter) {
	const cells = [];
	for (let at = from; ;) {
		const close = text[at] === '"' ? closingQuote(text, at, delimiter) : -1;
		let end = close < 0 ? at : close + 1;
		while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
		const cell = close < 0 ? text.slice(at, end) : text.slice(at + 1, close).replaceAll('""', '"');
		cells.push(cell);
		if (text[end] !== delimiter) return { cells, end };
		at = end + 1;
	}
}

/** @returns rows with their cells and lines; one of several lines also has the last of them, and how many they are */
function csvRows(text, delimiter, most = Infinity) {
	const rows = [];
	let quote = -1;
	for (let at = 0, line = 1; at < text.length && rows.length < most; line++) {
		if (quote < at) quote = text.indexOf('"', at);
		if (quote < 0) quote = Infinity;
		const newLine = text.indexOf('\n', at);
		const end = newLine < 0 ? text.length : newLine;
		if (quote > end) {
			rows.push({ cells: text.slice(at, end).split(delimiter), line });
			at = end + 1;
			continue;
		}
		const row = quotedRow(text, at, delimiter);
		const all = text.slice(at, row.end).split('\n');
		rows.push({ cells: row.cells, line, lines: all.length, lastLine: all.at(-1) });
		line += all.length - 1;
		at = row.end + 1;
	}
	return rows;
}

/** Place of the first row that has all the columns; -1 if there is none. Without columns: the first that is not blank. */
function headerAt(rows, columns) {
	return rows.slice(0, HEADER_WITHIN).findIndex(({ cells }) => {
		if (columns.length === 0) return !isBlank(cells);
		const shown = cells.map(seen);
		return columns.every((name) => shown.includes(seen(name)));
	});
}

function noHeader(rows, columns, isExcel) {
	const filled = ({ cells }) => cells.filter((cell) => textOf(cell) !== '');
	const likely = rows
		.slice(0, HEADER_WITHIN)
		.reduce((best, row) => (filled(row).length > filled(best).length ? row : best));
	const names = filled(likely)
		.slice(0, 10)
		.map((cell) => quote(textOf(cell)));
	stop(
		`No row has ${columns.length > 1 ? 'both columns' : 'the column'} ${columns.map(quote).join(' and ')}. ` +
			`Line ${likely.line} has ${names.join(', ')}: write the names of the right columns into SKU Field and Stock Field of Update Stocks.` +
			(isExcel
				? ' If the table is on another sheet, add the option Sheet Name to Cells of the Excel File.'
				: ''),
	);
}

/** The name of each column: as Update Stocks has it, if it has one, and each only once. */
function columnNames({ cells, line }, columns) {
	for (const name of columns) {
		const places = cells.flatMap((cell, index) => (seen(cell) === seen(name) ? [index + 1] : []));
		if (places.length > 1)
			stop(
				`Line ${line} has the column ${quote(name)} ${places.length} times (columns ${places.join(', ')}). Give each a name of its own.`,
			);
	}
	const taken = new Set();
	return cells.map((cell) => {
		const own = columns.find((name) => seen(name) === seen(cell)) ?? textOf(cell);
		let name = own;
		for (let copy = 1; name !== '' && taken.has(name); copy++) name = `${own}_${copy}`;
		taken.add(name);
		return name;
	});
}

/** Why the cells of a row may not be those of their columns; undefined if they are. */
function doubtOf({ cells, line, lines, lastLine }, width, delimiter) {
	const shown = quote(cells.join(delimiter));
	if (lines > 1 && lastLine.split(delimiter).length >= width)
		return `a cell that begins with a quote goes on to line ${line + lines - 1}, which looks like a row of its own: ${shown}`;
	const isWide = cells.length > width && !isBlank(cells.slice(width));
	if (cells.length >= width && !isWide) return undefined;
	return `it has ${cells.length} cells where the header has ${width}: ${shown}`;
}

function rowsBelow(rows, header, columns, sku, delimiter) {
	const names = columnNames(rows[header], columns);
	const width = names.findLastIndex((name) => name !== '') + 1;
	const skuAt = names.indexOf(sku);
	const isTotal = ({ cells }) => {
		const own = textOf(cells[skuAt]);
		return TOTAL.test(own) || (own === '' && cells.some((cell) => TOTAL.test(textOf(cell))));
	};

	const filled = rows.slice(header + 1).filter(({ cells }) => !isBlank(cells));
	const blank = rows.length - header - 1 - filled.length;
	const totals = [];
	while (filled.length > 0 && isTotal(filled.at(-1))) totals.unshift(filled.pop().line);
	if (filled.length === 0)
		stop(`The file has a header (line ${rows[header].line}), but no rows under it.`);

	const leftOut = [
		header > 0 && `what is above the header in line ${rows[header].line}`,
		blank > 0 && `${blank} blank ${blank === 1 ? 'row' : 'rows'}`,
		totals.length > 0 &&
			`${totals.length === 1 ? 'the total in line' : 'the totals in lines'} ${totals.join(', ')}`,
	].filter(Boolean);

	const items = filled.map((row) => {
		const notRead = delimiter && doubtOf(row, width, delimiter);
		if (notRead) return { json: { notRead, lineInFile: row.line } };
		const json = {};
		names.forEach((name, index) => {
			if (name !== '') json[name] = row.cells[index] ?? '';
		});
		json.lineInFile = row.line;
		return { json };
	});
	if (leftOut.length > 0) items[0].json.leftOut = `${leftOut.join(', ')}.`;
	return items;
}

async function rowsOfTheFile(helpers) {
	const items = $input.all();
	const files = items.filter(({ binary }) => Object.keys(binary ?? {}).length > 0);
	const excelFiles = files.length > 0 ? [] : $('Is It an Excel File?').all(0);
	if (files.length > 1 || excelFiles.length > 1)
		stop('Several files came in. Let the step before give one.');
	const [sku, stock] = namedColumns($('Update Stocks').params);
	const columns = [sku, stock].filter(Boolean);

	if (files.length === 0) {
		const rows = items.flatMap(({ json }, index) =>
			Array.isArray(json.row) ? [{ cells: json.row, line: index + 1 }] : [],
		);
		if (rows.every(({ cells }) => isBlank(cells))) stop('The file is empty.');
		const header = headerAt(rows, columns);
		if (header < 0) noHeader(rows, columns, true);
		return rowsBelow(rows, header, columns, sku);
	}

	const bytes = await helpers.getBinaryDataBuffer(0, Object.keys(files[0].binary)[0]);
	const text = decoded(bytes).replace(/\r\n?/g, '\n');
	if (text.trim() === '') stop('The file is empty.');
	const heads = DELIMITERS.map((delimiter) => ({
		delimiter,
		rows: csvRows(text, delimiter, HEADER_WITHIN),
	}));
	const widthOf = ({ rows }) => Math.max(...rows.map(({ cells }) => cells.length));
	const [widest] = heads.sort((one, other) => widthOf(other) - widthOf(one));
	const found = heads.find(({ rows }) => headerAt(rows, columns) >= 0);
	if (!found) noHeader(widest.rows, columns);
	const rows = csvRows(text, found.delimiter);
	return rowsBelow(rows, headerAt(rows, columns), columns, sku, found.delimiter);
}

return rowsOfTheFile(this.helpers);
