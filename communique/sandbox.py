"""The sandbox: templates reach nothing but the values of their page, and end within bounds of time and memory."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from types import MappingProxyType, NoneType
from typing import Any, NamedTuple, cast

from jinja2 import Environment, nodes, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.compiler import Frame as CompilerFrame
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from communique.sizes import MEASURED, SIZE, Overrun, check_modest, check_size, measured, modest, weight_of, within
from communique.views import About, AnnouncementCard, Contact, Frame, PartnerCard, PersonCard, QuoteCard, TopicCard

STEPS = 2_000_000
"""What the loops, calls and sums of one page may take, besides its lists; an ordinary page takes a hundredth of it."""
EACH = 1_000
"""What each thing in the lists of a page may take besides; an announcement in a list takes some two hundred."""
CALL = 20
"""The steps of a call."""
KEPT = 4 * 1024 * 1024
"""How many signs of pieces are kept at a time."""
# as many signs as keeping one costs besides
_ENTRY = 256
# what is made but once for all pages, and what may stand beside it without a change from call to call
_CARDS = frozenset((About, AnnouncementCard, Contact, Frame, PartnerCard, PersonCard, QuoteCard, TopicCard))
_STEADY = _CARDS | {bool, int, str, MappingProxyType, Markup, NoneType}


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


class _Context(Context):
    """What a template sees while it makes a page."""

    def call(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        if type(function) is Piece and not named and self.eval_ctx.autoescape:
            return function._of(args)
        return super().call(function, *args, **named)


class _Kept(NamedTuple):
    """What a piece made of arguments, and the steps that it took; the arguments are kept too, so that no other value
    takes their place in memory."""

    args: tuple[Any, ...]
    made: Markup
    steps: int


class Piece(Macro):
    """A macro, whose calls are counted. One that sees nothing but what it is given makes the same of the same card each
    time, and so makes it but once."""

    # templates reach all names without an underscore
    def __init__(
        self, context: Context, environment: "Sandbox", function: Callable[..., str], name: str, *more: Any
    ) -> None:
        super().__init__(environment, function, name, *more)
        self._sandbox = environment
        # whether the arguments in their order are all that it takes, and all that it sees
        self._plain = not (self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller)
        # one that stands inside of another sees what is set there, and that may change from call to call
        self._alone = context.parent.keys() <= environment.globals.keys() and not _is_inner(function)

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        self._sandbox.spend(CALL)
        return super()._invoke(arguments, autoescape)

    def _of(self, args: tuple[Any, ...]) -> str:
        """What it makes of arguments."""
        if not self._plain or len(args) > self._argument_count:
            return self(*args)
        if not args or not self._alone or type(args[0]) not in _CARDS or not _STEADY.issuperset(map(type, args)):
            return self._make(args)
        sandbox, key = self._sandbox, (self, *map(id, args))
        known = sandbox.kept.get(key)
        if known is not None:
            sandbox.spend(known.steps)
            return known.made
        before = sandbox.left
        made = self._make(args)
        sandbox.keep(key, _Kept(args, made, before - sandbox.left))
        return made

    def _make(self, args: tuple[Any, ...]) -> Markup:
        # this is what calling does when nothing is given by name, in a third of the time
        self._sandbox.spend(CALL)
        return Markup(self._func(*args, *(missing,) * (self._argument_count - len(args))))


def _is_inner(function: Callable[..., str]) -> bool:
    """Whether a macro stands inside of another one, of a block or of a loop that calls itself."""
    return function.__qualname__.count(".<locals>.") > 1


class _Compiler(CodeGenerator):
    def visit_Getattr(self, node: nodes.Getattr, frame: CompilerFrame) -> None:  # noqa: N802
        self.write("environment.getattr(" if _GUARDED.fullmatch(node.attr) else "environment.plain(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def signature(self, node: Any, frame: CompilerFrame, extra_kwargs: Mapping[str, Any] | None = None) -> None:
        # nothing that a template can call wants to know the loop or block in which it is called
        kept = {name: value for name, value in (extra_kwargs or {}).items() if name == "caller"}
        super().signature(node, frame, kept)

    def write(self, x: str) -> None:
        if x == "environment.call(context, ":
            # what could be harmful to call is not given out at all
            x = "context.call("
        elif x.startswith("Macro(environment, "):
            x = "environment.piece(context, " + x.removeprefix("Macro(")
        super().write(x)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of templates."""

    code_generator_class = _Compiler
    context_class = _Context
    piece = Piece
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
        self.left = STEPS
        self.kept: dict[tuple[object, ...], _Kept] = {}
        self._size = 0

    def keep(self, key: tuple[object, ...], kept: _Kept) -> None:
        """Keep what a piece made; where that is too much, all that was kept goes."""
        self._size += len(kept.made) + _ENTRY
        if self._size > KEPT:
            self.kept.clear()
            self._size = len(kept.made) + _ENTRY
        self.kept[key] = kept

    def spend(self, steps: int) -> None:
        """Count steps. Raises Overrun where they are too many."""
        self.left -= steps
        if self.left < 0:
            raise Overrun("its loops take more steps than a page can need")

    def page(self, template: str, context: Mapping[str, Any]) -> str:
        """The page that a template makes of values. Raises whatever its expressions do, and Overrun."""
        listed = sum(len(value) for value in context.values() if isinstance(value, tuple))
        self.left = STEPS + EACH * listed
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
