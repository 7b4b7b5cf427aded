/** A text for where n8n shows HTML, descriptions and hints: without this, a SKU `A&lt;B` would be read as `A<B`. */
export function asHtml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
