#!/usr/bin/env python3
"""Draws the text on standard input as a terminal: an SVG on standard output, light or dark as its viewer is.

dotnet run --project examples/Quickstart | sed -n '/^Cost of calls/,/^\\$ costreport/p' | head -n -2 |
  python3 eng/terminal_picture.py 'costreport' > docs/images/summary.svg
"""
import html
import sys

CHAR_WIDTH, LINE_HEIGHT, PADDING, BAR = 8.4, 19, 20, 34

title = sys.argv[1] if len(sys.argv) > 1 else ""
lines = [f"$ {title}"] + [line.rstrip() for line in sys.stdin.read().rstrip().split("\n")]
width = int(max(len(line) for line in lines) * CHAR_WIDTH + 2 * PADDING)
height = len(lines) * LINE_HEIGHT + 2 * PADDING + BAR

print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">')
print(f"<title>{html.escape(title)}</title>")
print("<style>")
print("text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328;white-space:pre}")
print("rect{fill:#f6f8fa;stroke:#d1d9e0}circle{fill:#afb8c1}.h{font-weight:600}.b{fill:#0969da}")
print("@media (prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#0d1117;stroke:#3d444d}circle{fill:#656c76}.b{fill:#58a6ff}}")
print("</style>")
print(f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8"/>')
for i in range(3):
    print(f'<circle cx="{PADDING + i * 18}" cy="{BAR // 2 + 4}" r="5"/>')
for number, line in enumerate(lines):
    y = BAR + PADDING + number * LINE_HEIGHT
    is_head = line and not line.startswith(" ") and number > 0
    bars = line.rstrip("▏▎▍▌▋▊▉█")
    text, bar = (bars, line[len(bars):]) if len(bars) < len(line) else (line, "")
    style = ' class="h"' if is_head else ""
    tail = f'<tspan class="b">{bar}</tspan>' if bar else ""
    if line:
        print(f'<text x="{PADDING}" y="{y}" textLength="{len(line) * CHAR_WIDTH:.1f}"{style} xml:space="preserve">{html.escape(text)}{tail}</text>')
print("</svg>")
