"""Makes archives that try to do harm, and some that only look like it: the corpus of both unpackers.

    hostile_archives.py DIRECTORY

writes them into DIRECTORY, with `index.json`: a list of {"file", "verdict", "files"}. The verdict is `refused`,
`unpacked` (then `files` is the whole tree: path to content, or to "-> target" of a link), or `either`: what the
file system, or the library that reads it, decides. Whatever the verdict, nothing outside the target may change.

An archive's members are raw tar blocks, because tarfile would not write most of them.
"""

import gzip
import io
import json
import pathlib
import stat
import struct
import sys
import warnings
import zipfile

REGULAR, OLD, HARD, SYMBOLIC, CHARACTER, BLOCK, DIRECTORY, FIFO = b"0", b"\0", b"1", b"2", b"3", b"4", b"5", b"6"
PAX, PAX_GLOBAL, GNU_NAME, GNU_LINK, GNU_SPARSE = b"x", b"g", b"L", b"K", b"S"


def header(name, kind=REGULAR, size=0, link="", mode=0o644):
    def text(value, length):
        raw = value if isinstance(value, bytes) else value.encode()
        return raw[:length].ljust(length, b"\0")

    block = text(name, 100) + b"%07o\0" % (mode & 0o7777) + b"0000000\0" * 2
    block += b"%011o\0" % size if size < 8 << 30 else b"\x80" + size.to_bytes(11, "big")
    block += b"00000000000\0" + b" " * 8 + kind + text(link, 100) + b"ustar\x0000" + text("root", 32) * 2
    block += b"0000000\0" * 2
    block = block.ljust(512, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def member(name, content=b"x", kind=REGULAR, link="", mode=0o644):
    return header(name, kind, len(content), link, mode) + content + b"\0" * (-len(content) % 512)


def link(name, target):
    return member(name, b"", SYMBOLIC, target)


def hard(name, target):
    return member(name, b"", HARD, target)


def directory(name):
    return member(name, b"", DIRECTORY, mode=0o755)


def special(name, kind):
    return member(name, b"", kind)


def pax(fields, kind=PAX):
    content = b""
    for key, value in fields.items():
        raw = key.encode() + b"=" + (value if isinstance(value, bytes) else value.encode()) + b"\n"
        length = len(raw) + 3
        while len(str(length)) + 1 + len(raw) != length:
            length = len(str(length)) + 1 + len(raw)
        content += str(length).encode() + b" " + raw
    return member("pax", content, kind)


def sparse(name, real):
    """A file of `real` bytes in the old GNU form, none of which are in the archive."""
    block = bytearray(header(name, GNU_SPARSE))
    block[386:410] = b"%011o\0" % real + b"%011o\0" % 0
    block[483:495] = b"\x80" + real.to_bytes(11, "big")
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def zip_of(*entries):
    data = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(data, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content, mode in entries:
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = mode << 16
            archive.writestr(entry, content)
    return data.getvalue()


def overlapping():
    """Two entries of the central directory that name the same bytes."""
    data = zip_of(("a", b"x" * 1000, stat.S_IFREG | 0o644))
    end = data.rindex(b"PK\5\6")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    entry = data[start:end]
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 2, 2, 2 * len(entry), start, 0)
    return data[:start] + entry + entry + tail


ESCAPE = "../escaped"
DEEP = "a/b/c/d/e"

TARS = {
    "plain": ("unpacked", [directory("d/"), member("d/file", b"f"), link("d/link", "file"), member("./top", b"t")],
              {"d/file": "f", "d/link": "-> file", "top": "t"}),
    "old-directory": ("unpacked", [special("d/", OLD), member("d/file", b"f", OLD)], {"d/file": "f"}),
    "root-directory": ("unpacked", [directory("./"), directory("."), member("./x")], {"x": "x"}),
    "pax-name": ("unpacked", [pax({"path": "d/long"}), member("short")], {"d/long": "x"}),
    "gnu-long-name": ("unpacked", [member("././@LongLink", b"d/" + b"n" * 150 + b"\0", GNU_NAME), member("short")],
                      {"d/" + "n" * 150: "x"}),
    "global-pax": ("unpacked", [pax({"comment": "c" * 40}, PAX_GLOBAL), member("x")], {"x": "x"}),
    "setuid": ("unpacked", [member("x", mode=0o6777)], {"x": "x"}),
    "backslash": ("unpacked", [member("a\\x2db")], {"a\\x2db": "x"}),
    "trailing-dots": ("unpacked", [member("a", b"1"), member("a.", b"2"), member("a..", b"3")],
                      {"a": "1", "a.": "2", "a..": "3"}),
    "link-inside": ("unpacked", [link("d/up", ".."), link("d/e/two", "../../top"), member("top")],
                    {"d/up": "-> ..", "d/e/two": "-> ../../top", "top": "x"}),
    "link-chain-inside": ("unpacked", [link("one", "two"), link("two", "d"), link("three", "one/f"), member("d/f")],
                          {"one": "-> two", "two": "-> d", "three": "-> one/f", "d/f": "x"}),
    "link-to-nothing-inside": ("unpacked", [link("d/x", "../gone"), member("d/y")], {"d/x": "-> ../gone", "d/y": "x"}),
    "no-end": ("unpacked", [member("x")], {"x": "x"}),
    "case-twins": ("either", [member("a", b"1"), member("A", b"2")], {}),
    "unicode-twins": ("either", [member("\u00e9", b"1"), member("e\u0301", b"2")], {}),
    "case-twin-link": ("either", [link("d", "../"), member("D/escaped")], {}),
    "parent": ("refused", [member(ESCAPE)], {}),
    "parent-in-the-middle": ("refused", [member("a/../../escaped")], {}),
    "parent-that-stays": ("refused", [member("a/../x")], {}),
    "parent-directory": ("refused", [directory("../escaped/")], {}),
    "dot-parent": ("refused", [member("./../escaped")], {}),
    "absolute": ("refused", [member("/tmp/ansible-venv-escaped")], {}),
    "absolute-pax-name": ("either", [pax({"path": "/tmp/ansible-venv-escaped"}), member("x")], {}),
    "absolute-gnu-name": ("either", [member("././@LongLink", b"/tmp/ansible-venv-escaped\0", GNU_NAME), member("x")], {}),
    "pax-parent": ("refused", [pax({"path": ESCAPE}), member("x")], {}),
    "pax-nul": ("refused", [pax({"path": "x\0/../../escaped"}), member("x")], {}),
    "pax-newline": ("refused", [pax({"path": "x\ny"}), member("x")], {}),
    "global-pax-parent": ("either", [pax({"path": ESCAPE}, PAX_GLOBAL), member("x")], {}),
    "escape-sequence": ("refused", [member("\x1b]0;x\x07")], {}),
    "not-utf-8": ("either", [member(b"\xff\xfe")], {}),
    "empty-name": ("refused", [member("")], {}),
    "double-slash": ("refused", [member("a//b")], {}),
    "file-with-a-slash": ("either", [member("a/", b"content"), member("b")], {}),
    "long-name": ("refused", [pax({"path": "n" * 300}), member("x")], {}),
    "long-path": ("refused", [pax({"path": "/".join(["n" * 99] * 11)}), member("x")], {}),
    "deep": ("refused", [pax({"path": "/".join("d" * 65)}), member("x")], {}),
    "link-out": ("refused", [link("l", "../../escaped")], {}),
    "link-to-the-parent": ("refused", [link("l", "..")], {}),
    "link-absolute": ("refused", [link("l", "/etc/passwd")], {}),
    "link-empty": ("refused", [pax({"linkpath": ""}), link("l", "")], {}),
    "link-loop": ("refused", [link("a", "b"), link("b", "a")], {}),
    "link-itself": ("refused", [link("a", "a/x")], {}),
    "link-out-and-back": ("refused", [link("l", "../unpacked/x"), member("x")], {}),
    "file-through-link": ("refused", [link("l", ".."), member("l/escaped")], {}),
    "file-through-inner-link": ("refused", [link("l", "d"), member("d/x"), member("l/y")], {}),
    "directory-through-link": ("refused", [link("l", ".."), directory("l/escaped/")], {}),
    "link-behind-link": ("refused", [link(DEEP, "../../../.."), link(DEEP + "/u", "../../../.."),
                                     member("a/b/c/d/e/u/escaped")], {}),
    "link-behind-link-deeper": ("refused", [link("l", "../outside"), link("l/new/deeper", "x")], {}),
    "link-over-links": ("refused", [directory("a/b/c"), link("a/b/c/up", "../.."), link("z", "a/b/c/up/../../escaped")], {}),
    "link-replaces-file": ("refused", [member("x"), link("x", "../escaped")], {}),
    "file-replaces-link": ("refused", [link("x", "../escaped"), member("x")], {}),
    "link-twice": ("refused", [link("x", "y"), link("x", "../escaped"), member("y")], {}),
    "file-twice": ("refused", [member("x", b"1"), member("x", b"2")], {}),
    "file-over-directory": ("refused", [member("d/x"), member("d")], {}),
    "directory-over-file": ("refused", [member("d"), member("d/x")], {}),
    "hard-link": ("refused", [hard("l", "/etc/passwd")], {}),
    "hard-link-inside": ("refused", [member("x"), hard("l", "x")], {}),
    "hard-link-through-link": ("refused", [link("s", "/etc"), hard("l", "s/passwd")], {}),
    "character-device": ("refused", [special("x", CHARACTER)], {}),
    "block-device": ("refused", [special("x", BLOCK)], {}),
    "fifo": ("refused", [special("x", FIFO)], {}),
    "unknown-kind": ("refused", [special("x", b"Z")], {}),
    "sparse": ("refused", [sparse("x", 1 << 40)], {}),
    "pax-sparse": ("refused", [pax({"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "x",
                                    "GNU.sparse.realsize": str(1 << 40)}), member("x", b"0\n".ljust(512, b"\0"))], {}),
    "long-header": ("refused", [pax({"comment": "c" * 1_000_000}), member("x")], {}),
    "long-gnu-name": ("refused", [member("././@LongLink", b"n" * 1_000_000, GNU_NAME), member("x")], {}),
    "many-headers": ("refused", [pax({"comment": "c"}, PAX_GLOBAL)] * 5000 + [member("x")], {}),
    "truncated": ("refused", [header("x", size=1 << 20), b"x" * 1000], {}),
    "declares-too-much": ("refused", [header("x", size=1 << 50), b"x" * 1000], {}),
    "negative-size": ("refused", [pax({"size": "-512"}), member("x")], {}),
    "bomb": ("refused", [header("x", size=100 << 20), bytes(100 << 20)], {}),
    "bomb-left-out": ("refused", [header("tests/x", size=100 << 20), bytes(100 << 20)], {}),
    "bomb-in-a-link": ("either", [header("l", SYMBOLIC, 100 << 20, "x"), bytes(100 << 20)], {}),
    "not-a-tar": ("refused", [b"no archive" * 100], {}),
}

FILE = stat.S_IFREG | 0o644

ZIPS = {
    "plain": ("unpacked", zip_of(("d/", b"", stat.S_IFDIR | 0o755), ("d/x", b"x", FILE), ("l", b"d/x", stat.S_IFLNK | 0o777)),
              {"d/x": "x", "l": "-> d/x"}),
    "without-modes": ("unpacked", zip_of(("d/x", b"x", 0)), {"d/x": "x"}),
    "parent": ("refused", zip_of((ESCAPE, b"x", FILE)), {}),
    "absolute": ("refused", zip_of(("/tmp/ansible-venv-escaped", b"x", FILE)), {}),
    "twice": ("refused", zip_of(("x", b"1", FILE), ("x", b"2", FILE)), {}),
    "fifo": ("refused", zip_of(("x", b"", stat.S_IFIFO | 0o644)), {}),
    "device": ("refused", zip_of(("x", b"", stat.S_IFBLK | 0o644)), {}),
    "link-out": ("refused", zip_of(("l", b"../escaped", stat.S_IFLNK | 0o777)), {}),
    "file-through-link": ("refused", zip_of(("l", b"..", stat.S_IFLNK | 0o777), ("l/escaped", b"x", FILE)), {}),
    "overlapping": ("refused", overlapping(), {}),
    "bomb": ("refused", zip_of(("x", bytes(100 << 20), FILE)), {}),
    "not-a-zip": ("refused", b"PK\5\6 no archive", {}),
}


def main(target):
    index = []

    def add(name, content, verdict, files):
        (target / name).write_bytes(content)
        index.append({"file": name, "verdict": verdict, "files": files})

    for name, (verdict, blocks, files) in TARS.items():
        data = b"".join(blocks) + (b"" if name == "no-end" else bytes(1024))
        packed = gzip.compress(data, 6, mtime=0)
        add(name + ".tar.gz", packed, verdict, files)
        if len(data) < 1 << 20:
            add(name + ".tar", data, verdict, files)
    whole = gzip.compress(member("x", bytes(range(256)) * 100), mtime=0)
    add("half-a-gzip.tar.gz", whole[: len(whole) // 2], "refused", {})
    for name, (verdict, data, files) in ZIPS.items():
        add(name + ".zip", data, verdict, files)
    (target / "index.json").write_text(json.dumps(index))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
