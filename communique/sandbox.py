"""The sandbox: templates reach nothing but the values of their page, and end within bounds of time and memory."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from typing import Any, cast

from jinja2 import Environment, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from communique.sizes import MEASURED, SIZE, Overrun, check_modest, check_size, measured, modest, weight_of, within

STEPS = 2_000_000
"""What the loops, calls and sums of one page may take; the longest page of a large site takes a hundredth of it."""
CALL = 20
"""The steps of a call."""


# the inside of classes, functions, generators and frames; what makes wide texts; what changes lists and dictionaries
_GUARDED = re.compile(
    "(?:_|f_|tb_|co_|cr_|gi_|ag_|func_|format).*|center|expandtabs|[lr]just|zfill|join|replace|translate|to_bytes|mro|add|append(?:left)?|clear|discard|extend(?:left)?|"
    "insert|pop(?:item|left)?|remove|reverse|rotate|setdefault|sort|(?:.*_)?update"
)
_LOOP, _CALLED, _JOINED = "steps of a loop", "steps of a call", "size of a text"
_WIDE_METHODS = ("center", "expandtabs", "ljust", "rjust", "zfill")
# with how many arguments before the widths
_WIDE_FILTERS = {"batch": 1, "center": 1, "slice": 1, "tojson": 2}
# what makes one text of many, or a long one of a short one, has to say before how long it will be
_MEASURED = ("format", "join", "replace")


class _Compiler(CodeGenerator):
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("environment.getattr(" if _GUARDED.fullmatch(node.attr) else "environment.plain(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def write(self, x: str) -> None:
        # what could be harmful to call is not given out at all
        super().write("context.call(" if x == "environment.call(context, " else x)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of templates."""

    code_generator_class = _Compiler
    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # a template must not ask the world: no lists of the engine's own, no clock, no chance
        self.globals = {"range": self._range}
        del self.filters["random"]
        for name, ahead in _WIDE_FILTERS.items():
            self.filters[name] = modest(self.filters[name], ahead)
        self.filters |= MEASURED
        self.filters[_LOOP] = self._looped
        self.filters[_CALLED] = self._called
        self.filters[_JOINED] = self._joined
        self._left = STEPS

    def spend(self, steps: int) -> None:
        """Count steps. Raises Overrun where they are too many."""
        self._left -= steps
        if self._left < 0:
            raise Overrun("its loops take more steps than a page can need")

    def page(self, template: str, context: Mapping[str, Any]) -> str:
        """The page that a template makes of values. Raises whatever its expressions do, and Overrun."""
        self._left = STEPS
        made = self.get_template(template)
        try:
            return "".join(within(made.root_render_func(made.new_context(dict(context)))))
        except Exception:
            self.handle_exception()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for parent in [template, *template.find_all(nodes.Node)]:
            for field, value in list(parent.iter_fields()):
                if isinstance(value, nodes.Node):
                    setattr(parent, field, _watched(value))
                elif isinstance(value, list):
                    value[:] = [_watched(each) for each in value]
        return template

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self._given_out(super().getitem(obj, argument))

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._given_out(super().getattr(obj, attribute))

    def _given_out(self, value: Any) -> Any:
        """A value, or a method that makes texts of any width, for the widths that pages need."""
        name = getattr(value, "__name__", "") if callable(value) else ""
        if name in _MEASURED:
            text = getattr(getattr(value, "__wrapped__", value), "__self__", "")
            return measured(value, name, text) if isinstance(text, str) else value
        return modest(value) if name in _WIDE_METHODS else value

    # for the names that cannot be guarded ones; this costs no more than outside a sandbox
    plain = Environment.getattr

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return (attr in (*_WIDE_METHODS, *_MEASURED) or not _GUARDED.fullmatch(attr)) and super().is_safe_attribute(
            obj, attr, value
        )

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "*":
            for many, times in ((left, right), (right, left)):
                if isinstance(many, Sized) and isinstance(times, int) and weight_of(many) * times > SIZE >> 5:
                    raise Overrun("it repeats a text more often than a page can need")
        if operator in ("*", "**") and _bits(operator, left, right) > 10_000:
            raise Overrun("it counts with larger numbers than a page can need")
        if operator == "%":
            check_modest(left)
            check_size(left.count("%") * weight_of(right) if isinstance(left, str) else 0)
        return self._joined(super().call_binop(context, operator, left, right))

    def _range(self, *args: int) -> range:
        numbers = range(*args)
        if len(numbers) > STEPS:
            raise Overrun("it counts further than a page can need")
        self.spend(len(numbers))
        return numbers

    # with the context, since Jinja would count but once, when it compiles, what needs none
    @pass_context
    def _called(self, _: Context, steps: int) -> str:
        self.spend(steps)
        return ""

    def _looped(self, items: Iterable[Any]) -> Iterable[Any]:
        if isinstance(items, Sized):
            self.spend(len(items))
            return items
        return self._counted(items) if isinstance(items, Iterator) else items

    def _counted(self, items: Iterator[Any]) -> Iterator[Any]:
        for item in items:
            self.spend(1)
            yield item

    def _joined(self, value: Any) -> Any:
        """What was put together, after its size has been counted."""
        if isinstance(value, Sized):
            self.spend(weight_of(value) >> 5)
        return value


def _watched(node: Any) -> Any:
    """A node of a template as it is compiled: loops and texts that are put together are counted."""
    match node:
        case nodes.For():
            node.iter = _filtered(cast(nodes.Expr, node.iter), _LOOP)
            if node.recursive:
                node.body.insert(0, _count(node))
        case nodes.Macro():
            node.body.insert(0, _count(node))
        case nodes.Concat() | nodes.List() | nodes.Dict():
            return _filtered(node, _JOINED)
        case nodes.Tuple() if node.ctx == "load":
            return _filtered(node, _JOINED)
    return node


def _filtered(node: nodes.Expr, name: str) -> nodes.Expr:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)


def _count(node: nodes.Node) -> nodes.ExprStmt:
    """The statement that a call of a macro begins with."""
    steps = nodes.Const(CALL, lineno=node.lineno, environment=node.environment)
    return nodes.ExprStmt(_filtered(steps, _CALLED), lineno=node.lineno, environment=node.environment)


def _bits(sign: str, left: Any, right: Any) -> int:
    """How many bits the result of a sum with whole numbers has."""
    if not isinstance(left, int) or not isinstance(right, int):
        return 0
    size = abs(left).bit_length()
    return size * max(right, 0) if sign == "**" else size + abs(right).bit_length()
