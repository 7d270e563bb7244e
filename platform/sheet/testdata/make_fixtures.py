#!/usr/bin/env python3
"""Makes the room files of this folder: one list of rooms in every shape that real files arrive in.

    python3 make_fixtures.py        writes beside itself; the results are committed

The rooms are invented. Prices are chosen so that truncating and rounding half up differ in some rooms. known.json holds
the sums both ways. The XLSX keeps numbers as spreadsheet programs do (52229.870000000003), the XLS as binary doubles.
"""
import io
import json
import pathlib
import struct
import zipfile
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
HEADER = ["楼栋", "单元", "楼层", "房号", "预售单价", "建筑面积", "套内面积", "备案编号"]
NUMERIC = {4, 5, 6}  # Columns that a spreadsheet keeps as numbers; all others are text.
AREAS = [("96.42", "75.18"), ("125.53", "100.05"), ("88.70", "69.33"), ("143.06", "112.90")]


def rooms():
    """Three buildings, whose entrance reads `--`, `1单元` and nothing; room numbers are text with leading zeros."""
    rows = []
    for building, entrance in (("晴川里1栋", "--"), ("晴川里2栋", "1单元"), ("晴川里3栋", "")):
        for floor in (2, 3, 11):
            for number, (built, inner) in enumerate(AREAS, start=1):
                serial = len(rows) + 1
                price = Decimal("31800.15") + serial * Decimal("217.37")
                rows.append([building, entrance, str(floor), f"{number:02d}", str(price), built, inner,
                             f"4403002026{serial:08d}"])
    return rows


def known(rows):
    exact = [Decimal(r[4]) * Decimal(r[5]) for r in rows]
    yuan = Decimal(1)
    return {
        "rooms": len(rows),
        "builtAreaHundredths": int(sum(Decimal(r[5]) for r in rows) * 100),
        "innerAreaHundredths": int(sum(Decimal(r[6]) for r in rows) * 100),
        "listValueTruncatedYuan": int(sum(e.quantize(yuan, ROUND_DOWN) for e in exact)),
        "listValueHalfUpYuan": int(sum(e.quantize(yuan, ROUND_HALF_UP) for e in exact)),
        "roomsWhereRoundingsDiffer": sum(e.quantize(yuan, ROUND_DOWN) != e.quantize(yuan, ROUND_HALF_UP) for e in exact),
    }


def csv_text(rows):
    return "".join(",".join(row) + "\r\n" for row in [HEADER] + rows)


# --- XLSX -------------------------------------------------------------------------------------------------------------

def column_name(index):
    return "ABCDEFGHIJ"[index]


def xlsx(rows):
    shared, index_of = [], {}

    def shared_index(text):
        if text not in index_of:
            index_of[text] = len(shared)
            shared.append(text)
        return index_of[text]

    body = []
    for r, row in enumerate([HEADER] + rows, start=1):
        cells = []
        for c, text in enumerate(row):
            if text == "":
                continue
            reference = f"{column_name(c)}{r}"
            if r > 1 and c in NUMERIC:
                cells.append(f'<c r="{reference}"><v>{float(text):.17g}</v></c>')
            else:
                cells.append(f'<c r="{reference}" t="s"><v>{shared_index(text)}</v></c>')
        body.append(f'<row r="{r}">{"".join(cells)}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relationships}/officeDocument" '
                       f'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relationships}"><sheets>'
                           f'<sheet name="说明" sheetId="1" state="hidden" r:id="rId1"/>'
                           f'<sheet name="房源表" sheetId="2" r:id="rId2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
                                      f'<Relationship Id="rId1" Type="{relationships}/worksheet" Target="worksheets/sheet1.xml"/>'
                                      f'<Relationship Id="rId2" Type="{relationships}/worksheet" Target="/xl/worksheets/sheet2.xml"/>'
                                      f'<Relationship Id="rId3" Type="{relationships}/sharedStrings" Target="sharedStrings.xml"/>'
                                      f'</Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData/></worksheet>',
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(body)}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">' + "".join(f"<si><t>{escape(t)}</t></si>" for t in shared) + "</sst>",
    }
    return zipped(parts)


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8"?>' + text,
                             zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- XLS: BIFF8 records in a compound file ------------------------------------------------------------------------------

def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def unicode_string(text, length_format):
    return struct.pack(length_format, len(text)) + b"\x01" + text.encode("utf-16-le")


def bof(kind):
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def worksheet(rows):
    out = bof(0x0010)
    table = [HEADER] + rows
    out += record(0x0200, struct.pack("<IIHHH", 0, len(table), 0, len(HEADER), 0))  # DIMENSIONS
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            if text == "":
                continue
            if r > 0 and c in NUMERIC:
                out += record(0x0203, struct.pack("<HHHd", r, c, 0, float(text)))  # NUMBER
            else:
                out += record(0x0204, struct.pack("<HHH", r, c, 0) + unicode_string(text, "<H"))  # LABEL
    return out + record(0x000A)


def workbook_stream(rows):
    sheet_name = "房源表"
    font = record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + unicode_string("Arial", "<B"))
    style = record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0))
    before = bof(0x0005) + record(0x0042, struct.pack("<H", 1200)) + font + style
    name = unicode_string(sheet_name, "<B")
    boundsheet_size = 4 + 6 + len(name)
    offset = len(before) + boundsheet_size + 4  # The EOF record follows.
    globals_ = before + record(0x0085, struct.pack("<IBB", offset, 0, 0) + name) + record(0x000A)
    return globals_ + worksheet(rows)


def compound_file(stream, name="Workbook"):
    """One stream in 512-byte sectors: header, FAT, directory, stream (MS-CFB)."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")  # Below 4096 it would need the mini stream.
    sectors = len(stream) // 512
    end, free, fat_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat = [fat_mark, end] + [2 + i + 1 for i in range(sectors - 1)] + [end]
    assert len(fat) <= 128, "one FAT sector is enough for fixtures"
    fat += [free] * (128 - len(fat))

    def entry(text, kind, start, size, child=free):
        encoded = (text + "\0").encode("utf-16-le") if text else b""
        return (encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, free, free, child) + b"\0" * 36
                + struct.pack("<IQ", start, size))

    directory = entry("Root Entry", 5, end, 0, child=1) + entry(name, 2, 2, len(stream)) + entry("", 0, 0, 0) * 2
    header = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
              + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + struct.pack("<I", free) * 108)
    return header + struct.pack("<128I", *fat) + directory + stream


# --- Seeds of the fuzz targets --------------------------------------------------------------------------------------------

def seeds(rows):
    few = rows[:1] + rows[12:13] + rows[24:25]
    text = csv_text(few)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = ('<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><r><t>1&amp;</t></r><rPh><t>x</t></rPh></is></c></row>'
             '<row><c s="1"><v>46349.5</v></c><c r="C2"><v>4.4030119900101101E+17</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>')

    def packed(text):
        return struct.pack("<I", len(text.encode())) + text.encode()

    reply = b"S" + packed("表") + struct.pack("<I", 1) + struct.pack("<II", 1, 2) + packed("01") + struct.pack("<I", 1) + packed("A1") + packed("x")
    return {
        "sheet_csv/utf8": b"\xEF\xBB\xBF" + text.encode(),
        "sheet_csv/gbk": text.encode("gbk"),
        "sheet_csv/utf16": b"\xFF\xFE" + text.replace(",", "\t").encode("utf-16-le"),
        "sheet_csv/quotes": b'a;"b;""c\r\n";\r\n\r\n"d"x;e',
        "sheet_xlsx/rooms": xlsx(few),
        "sheet_worksheet/cells": f'<x:worksheet xmlns:x="{main}"><sheetData>{cells}</sheetData></x:worksheet>'.encode(),
        "sheet_reply/sheet": reply,
        "sheet_reply/refusal": b"R" + packed("SHEET_BROKEN") + packed("A1") + packed("cut"),
        "sheet_number/integer": b"440301199001011234",
        "sheet_number/artifact": b"-52229.870000000003",
        "sheet_number/exponent": b"9.9999999999999999E+14",
        "sheet_number/format": b'[$-804]yyyy"\xE5\xB9\xB4"m;@',
    }


def main():
    rows = rooms()
    for name, data in seeds(rows).items():
        path = HERE.parent / "fuzz" / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    text = csv_text(rows)
    (HERE / "rooms.utf8.csv").write_bytes(text.encode())
    (HERE / "rooms.bom.csv").write_bytes(b"\xEF\xBB\xBF" + text.encode())
    (HERE / "rooms.gbk.csv").write_bytes(text.encode("gbk"))
    (HERE / "rooms.xlsx").write_bytes(xlsx(rows))
    (HERE / "rooms.xls").write_bytes(compound_file(workbook_stream(rows)))
    (HERE / "known.json").write_text(json.dumps(known(rows), indent=2) + "\n")


if __name__ == "__main__":
    main()
