// SPDX-License-Identifier: Apache-2.0
import Strategies

/// The program that `PythonInspector` gives to the interpreter; it reads code from standard input and never runs it.
enum PythonHelper {
    static let source = #"""
        import ast, builtins, json, resource, sys
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))

        def dotted(node):
            if isinstance(node, ast.Name): return node.id
            if isinstance(node, ast.Attribute):
                left = dotted(node.value)
                return left + "." + node.attr if left else None
            return None

        def code():
            text = sys.stdin.read()
            report = {"undefined": [], "waits": []}
            try:
                tree = ast.parse(text)
                compile(text, "step", "exec")
            except (SyntaxError, ValueError) as error:
                report["error"] = getattr(error, "msg", None) or str(error)
                report["line"] = getattr(error, "lineno", None) or 1
                return report
            bound, star = set(dir(builtins)) | {
                "__name__", "__file__", "__builtins__", "__doc__", "exit", "quit", "copyright", "help"}, False
            for node in ast.walk(tree):
                if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load): bound.add(node.id)
                elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)): bound.add(node.name)
                elif isinstance(node, ast.arg): bound.add(node.arg)
                elif isinstance(node, (ast.Import, ast.ImportFrom)):
                    for alias in node.names:
                        star = star or alias.name == "*"
                        bound.add((alias.asname or alias.name).split(".")[0])
                elif isinstance(node, ast.ExceptHandler) and node.name: bound.add(node.name)
                elif isinstance(node, (ast.Global, ast.Nonlocal)): bound.update(node.names)
                elif type(node).__name__ in ("MatchAs", "MatchStar", "MatchMapping"):
                    bound.update(filter(None, [getattr(node, "name", None), getattr(node, "rest", None)]))
            shells = ("sh", "bash", "zsh", "dash", "ksh", "fish", "python", "python3")
            for node in ast.walk(tree):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    if node.id not in bound and not star:
                        report["undefined"].append({"name": node.id, "line": node.lineno})
                if isinstance(node, ast.Call):
                    name = dotted(node.func) or ""
                    waits = name in ("input", "raw_input", "getpass.getpass", "sys.stdin.read", "sys.stdin.readline",
                                     "code.interact")
                    first = node.args[0] if node.args else None
                    if isinstance(first, (ast.List, ast.Tuple)) and len(first.elts) == 1: first = first.elts[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        shell = first.value.rsplit("/", 1)[-1] in shells
                        waits = waits or shell and name.split(".")[-1] in ("spawn", "call", "run", "system", "check_call")
                    if waits: report["waits"].append({"name": name, "line": node.lineno})
            ends = ("exit", "quit", "sys.exit", "os._exit", "os.abort", "os.execv", "os.execl", "os.execvp", "os.execlp")
            for index, node in enumerate(tree.body[:-1]):
                leaves = isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
                    and dotted(node.value.func) in ends)
                if leaves:
                    report["unreachable"] = tree.body[index + 1].lineno
                    break
            return report

        def module(name):
            from importlib.machinery import PathFinder
            parts, path, spec = name.split("."), None, None
            if name in sys.builtin_module_names: return "idle"
            for index in range(len(parts)):
                spec = PathFinder.find_spec(".".join(parts[: index + 1]), path)
                if spec is None: return "unknown"
                path = spec.submodule_search_locations
            if path is not None:
                spec = PathFinder.find_spec(name + ".__main__", path)
                return "idle" if spec is None else "runs"
            if not spec.origin or not spec.origin.endswith(".py"): return "idle"
            with open(spec.origin, encoding="utf-8", errors="replace") as file: tree = ast.parse(file.read())
            for node in tree.body:
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call): return "unknown"
                if isinstance(node, ast.If):
                    if any(isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(node.test)): return "runs"
            return "idle"

        if sys.argv[1] == "code": sys.stdout.write(json.dumps(code()))
        else: sys.stdout.write(module(sys.argv[2]))
        """#
}
