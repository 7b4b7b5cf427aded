import ts from 'typescript';

/** The property, parameter or constant that says what to do about a message: the documents say that in their own words. */
const ADVICE = /^(?:advice|description|instead|wanted|zero)$/i;

type Declared = ts.FunctionDeclaration | ts.MethodDeclaration | ts.VariableDeclaration;

/** All that is given as advice, directly or by the name of a constant or a function. */
export class Advice {
	private readonly nodes = new Set<ts.Node>();
	private readonly declared = new Map<string, Declared[]>();

	constructor(sources: readonly ts.SourceFile[]) {
		for (const source of sources) visit(source, (node) => this.declare(node));
		for (const source of sources) visit(source, (node) => this.find(node));
	}

	has(node: ts.Node): boolean {
		return this.nodes.has(node);
	}

	private declare(node: ts.Node): boolean {
		if (isDeclared(node) && node.name && ts.isIdentifier(node.name)) {
			const { text } = node.name;
			this.declared.set(text, [...(this.declared.get(text) ?? []), node]);
		}
		return true;
	}

	private find(node: ts.Node): boolean {
		if (
			ts.isPropertyAssignment(node) ||
			ts.isVariableDeclaration(node) ||
			ts.isParameter(node) ||
			ts.isBindingElement(node)
		) {
			if (ADVICE.test(node.name.getText())) this.take(node.initializer);
		} else if (ts.isShorthandPropertyAssignment(node)) {
			if (ADVICE.test(node.name.text)) this.takeNamed(node.name);
		} else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
			for (const called of this.named(node.expression)) {
				if (ts.isVariableDeclaration(called)) continue;
				const at = called.parameters.findIndex(({ name }) => ADVICE.test(name.getText()));
				if (at >= 0) this.take(node.arguments[at]);
			}
		}
		return true;
	}

	private take(given: ts.Node | undefined): void {
		if (given === undefined || this.nodes.has(given)) return;
		this.nodes.add(given);
		visit(given, (node) => {
			// The texts of an object have names of their own.
			if (ts.isArrowFunction(node) || ts.isObjectLiteralExpression(node)) return false;
			if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') return false;
			if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
				this.takeNamed(node.expression, node.name.text);
				return false;
			}
			if (ts.isIdentifier(node)) this.takeNamed(node);
			if (!ts.isConditionalExpression(node)) return true;
			// What is asked is no text.
			this.take(node.whenTrue);
			this.take(node.whenFalse);
			return false;
		});
	}

	/** @param property the one of an object that is meant; all if it is computed */
	private takeNamed(name: ts.Identifier, property?: string): void {
		for (const declared of this.named(name)) {
			if (!ts.isVariableDeclaration(declared)) {
				if (declared.type?.kind === ts.SyntaxKind.StringKeyword) this.take(declared.body);
			} else if (declared.initializer && ts.isObjectLiteralExpression(declared.initializer)) {
				for (const one of declared.initializer.properties)
					if (
						ts.isPropertyAssignment(one) &&
						(property ?? one.name.getText()) === one.name.getText()
					)
						this.take(one.initializer);
			} else this.take(declared.initializer);
		}
	}

	/** What a name may stand for: what its own file declares, and what that imports. */
	private named(name: ts.Identifier): Declared[] {
		const { parent } = name;
		if (ts.isPropertyAccessExpression(parent) && parent.name === name) return [];
		if (ts.isPropertyAssignment(parent) && parent.name === name) return [];
		const source = name.getSourceFile();
		const isImported = importsOf(source).has(name.text);
		return (this.declared.get(name.text) ?? []).filter(
			(one) => one.getSourceFile() === source || (isImported && isTopLevel(one.parent)),
		);
	}
}

function isDeclared(node: ts.Node): node is Declared {
	return (
		ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isVariableDeclaration(node)
	);
}

/** The names that a file imports. */
function importsOf(source: ts.SourceFile): Set<string> {
	const names = source.statements.flatMap((statement) => {
		const bindings = ts.isImportDeclaration(statement) && statement.importClause?.namedBindings;
		return bindings && ts.isNamedImports(bindings)
			? bindings.elements.map(({ name }) => name.text)
			: [];
	});
	return new Set(names);
}

function isTopLevel(parent: ts.Node): boolean {
	const statement = ts.isVariableDeclarationList(parent) ? parent.parent.parent : parent;
	return ts.isSourceFile(statement);
}

/** Goes through a node and all in it. @param look whether to go on into a node */
export function visit(node: ts.Node, look: (node: ts.Node) => boolean): void {
	if (look(node)) ts.forEachChild(node, (child) => visit(child, look));
}
