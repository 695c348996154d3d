# SPDX-License-Identifier: EUPL-1.2
# Field lists as offices send them, made by another program (openpyxl): lists.py KIND FILE,
# NIKs one a line on standard input. Also files that are made to hurt.
import datetime
import io
import sys
import zipfile

sys.path.append("/usr/lib/python3/dist-packages")
import openpyxl

kind, path = sys.argv[1], sys.argv[2]
niks = sys.stdin.read().split()
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Posko Karangkobar"


def head(row, *titles):
    for column, title in enumerate(titles or ("No", "NIK", "Nama", "Keterangan Korban", "Tgl", "Kerusakan Rumah", "Catatan"), 1):
        sheet.cell(row, column, title)


def line(number, nik, word, day=None, house=None, note=None):
    sheet.append([number, nik, "Warga %s" % number, word, day, house, note])


if kind == "field":
    # what a post keeps: titles above, a merged one among them, and every way to lose a NIK
    sheet["A1"] = "DAFTAR KORBAN TANAH LONGSOR"
    sheet.merge_cells("A1:G1")
    sheet["A2"] = "Posko Karangkobar"
    head(4)
    line(1, niks[0], "Mengungsi", datetime.date(2026, 1, 5), "RB", "di balai desa")
    line(2, int(niks[1]), "LUKA-LUKA", "6/1/2026")
    line(3, "'" + niks[2], "terdampak", "2026-01-07", "rusak ringan")
    line(4, int(niks[3][:15] + "0"), "Hilang")  # Excel kept fifteen digits
    line(5, "3,30406E+15", "Hilang")
    line(6, "=B7", "Hilang")
    line(7, niks[4], "bingung")
    line(8, niks[5], "Meninggal", "31-02-2026")
    line(9, niks[6], "Mengungsi", None, None, "NIK ayahnya " + niks[0])
    line(10, niks[0][:6] + " " + niks[0][6:12] + " " + niks[0][12:], "Mengungsi", datetime.date(2026, 1, 5), "Rusak berat", "di balai desa")
    line(11, niks[7], "Hilang")
    line(12, niks[7], "Meninggal")
    line(13, niks[8], "Mengungsi")  # nobody has looked this one up
    sheet["A20"] = "Mengetahui, Kepala Pelaksana"
elif kind == "plain":
    head(1, "NIK", "KETERANGAN")
    for nik in niks:
        sheet.append([nik, "Mengungsi"])
elif kind == "merged":
    head(1, "NIK", "KETERANGAN", "")
    sheet.merge_cells("B1:C1")
    sheet.append([niks[0], "Mengungsi"])
elif kind == "endless":
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["NIK", "KETERANGAN"])
    for i in range(21000):
        sheet.append([niks[0], "Mengungsi"])
book.save(path)

if kind == "macro":
    with zipfile.ZipFile(path, "a") as z:
        z.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
elif kind == "bomb":
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b" " * (80 << 20) + b"</t></is></c></row>"
                data = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + rows + b"</sheetData></worksheet>"
            new.writestr(name, data)
    open(path, "wb").write(out.getvalue())
