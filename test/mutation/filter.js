/** Jest's filter: only the test file that is wanted now, or all in the run that looks which test comes by what. */
module.exports = (files) => {
	const wanted = process.env.MUTATION_FILE;
	return { filtered: wanted === undefined ? files : files.filter((file) => file === wanted) };
};
