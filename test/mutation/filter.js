/** Jest's filter: only the test file wanted now, or all in the run that finds out which test reaches what. */
module.exports = (files) => {
	const wanted = process.env.MUTATION_FILE;
	return { filtered: wanted === undefined ? files : files.filter((file) => file === wanted) };
};
