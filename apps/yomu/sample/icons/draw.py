#!/usr/bin/env python3
"""Draws the icons of the sample library: 32x32 PNG files, from rectangles and discs, with the standard library alone.

Run it in this folder after changing a drawing:  python3 draw.py
"""
import struct
import zlib
from pathlib import Path

SIZE = 32
SUPERSAMPLE = 4  # each pixel is the mean of 4x4 points, for round edges


def rectangle(left, top, right, bottom):
    return lambda x, y: left <= x < right and top <= y < bottom


def disc(centre_x, centre_y, radius):
    return lambda x, y: (x - centre_x) ** 2 + (y - centre_y) ** 2 < radius**2


def below(shape, slope):
    """The part of a shape under a V with its tip in the middle: the notch of a bookmark."""
    return lambda x, y: shape(x, y) and y < slope + abs(x - SIZE / 2)


def rounded(left, top, right, bottom, radius):
    def inside(x, y):
        near_x = min(max(x, left + radius), right - radius)
        near_y = min(max(y, top + radius), bottom - radius)
        return (x - near_x) ** 2 + (y - near_y) ** 2 <= radius**2

    return inside


TILE = rounded(0, 0, 32, 32, 6)

# name: background, then (colour, shape) painted in order
DRAWINGS = {
    "the-margin": ("#f4ecdc", [("#c2412d", rectangle(9, 0, 11, 32))]
                   + [("#4a4038", rectangle(14, y, 28 if y < 22 else 22, y + 2)) for y in (7, 12, 17, 22)]),
    "shiori": ("#f7f3ee", [("#8c2f39", below(rectangle(10, 3, 22, 30), 22))]),
    "cupboard": ("#2f3b47", [("#8fa3b5", rounded(5, 6, 27, 14, 2)), ("#8fa3b5", rounded(5, 18, 27, 26, 2)),
                             ("#7ee08a", disc(23, 10, 2)), ("#7ee08a", disc(23, 22, 2))]),
    "kakueki": ("#3f7d58", [("#fdfaf0", rounded(6, 5, 26, 25, 4)), ("#3f7d58", rectangle(9, 9, 23, 16)),
                            ("#e3a72f", disc(11, 21, 2)), ("#e3a72f", disc(21, 21, 2)), ("#fdfaf0", rectangle(9, 26, 23, 28))]),
    "two-chairs": ("#e9b44c", [("#fff8e7", rectangle(8, 4, 24, 16)), ("#e9b44c", rectangle(15, 4, 17, 16)),
                               ("#5b3a29", rectangle(5, 15, 7, 29)), ("#5b3a29", rectangle(5, 22, 13, 24)), ("#5b3a29", rectangle(11, 22, 13, 29)),
                               ("#5b3a29", rectangle(25, 15, 27, 29)), ("#5b3a29", rectangle(19, 22, 27, 24)), ("#5b3a29", rectangle(19, 22, 21, 29))]),
    "furuhon": ("#ece4f2", [("#5e4b8b", rectangle(5, 6, 11, 27)), ("#a23e48", rectangle(12, 9, 17, 27)), ("#2a7f7f", rectangle(18, 4, 22, 27)),
                            ("#c98b2b", rectangle(23, 8, 28, 27))]),
    "plain-type": ("#ffffff", [("#111111", rectangle(6, 6, 26, 10)), ("#111111", rectangle(14, 6, 18, 27)), ("#d1342f", rectangle(10, 25, 22, 27))]),
    "mending": ("#3a5a78", [("#f2efe6", rectangle(6, 15, 26, 17))]
                + [("#e27d60", rectangle(x, 10, x + 2, 22)) for x in (8, 13, 18, 23)]),
    "tejun": ("#fbfaf3", [("#7a5a3a", rectangle(0, y, 32, y + 2)) for y in (0, 10, 20, 30)]
              + [("#7a5a3a", rectangle(x, 0, x + 2, 32)) for x in (0, 10, 20, 30)]),
    "kawamukou": ("#dcebf2", [("#e8674a", disc(16, 13, 7)), ("#2c6e91", rectangle(0, 17, 32, 20)), ("#2c6e91", rectangle(0, 22, 32, 25)),
                              ("#2c6e91", rectangle(0, 27, 32, 32))]),
}


def colour(hex_code):
    return tuple(int(hex_code[i:i + 2], 16) for i in (1, 3, 5))


def pixel(background, shapes, x, y):
    total = [0, 0, 0, 0]
    for dy in range(SUPERSAMPLE):
        for dx in range(SUPERSAMPLE):
            at = (x + (dx + 0.5) / SUPERSAMPLE, y + (dy + 0.5) / SUPERSAMPLE)
            if TILE(*at):
                paint = next((ink for ink, shape in reversed(shapes) if shape(*at)), background)
                total = [a + b for a, b in zip(total, (*colour(paint), 255))]
    covered = total[3] // 255 or 1
    return bytes((total[0] // covered, total[1] // covered, total[2] // covered, total[3] // SUPERSAMPLE**2))


def png(rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


for name, (background, shapes) in DRAWINGS.items():
    rows = b"".join(b"\0" + b"".join(pixel(background, shapes, x, y) for x in range(SIZE)) for y in range(SIZE))
    Path(name + ".png").write_bytes(png(rows))
