#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
# workbooks.py make DIR   - workbooks as a program other than ours writes them, into DIR
# workbooks.py show FILE  - what such a program finds in a workbook of ours
# Debian's python3-openpyxl. Serials 9900-9999 are never issued.
import datetime
import sys

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904


def list_of_people(path):
    book = openpyxl.Workbook()
    book.active.title = 'Referensi'
    book.active.append(['tidak dibaca'])
    book.active.sheet_state = 'hidden'
    deep = book.create_sheet('Rahasia')
    deep.sheet_state = 'veryHidden'
    sheet = book.create_sheet('Daftar Korban')
    sheet.merge_cells('A1:C1')
    sheet['A1'] = 'DAFTAR KORBAN'
    sheet.append([])
    sheet.append(['No', 'NIK', 'Nama'])
    sheet.append([1, '3304060101909999', 'BUDI "CONTOH"'])
    sheet.append([2, 3304060101909998, 'ANI\nCONTOH'])
    sheet.append([3, '=A5+1', '=A5'])
    sheet.append([4, '#N/A', True, None, None])
    sheet.row_dimensions[5].hidden = True
    book.create_sheet('Lain').append(['juga tidak dibaca'])
    book.create_chartsheet('Bagan', 0)
    book.save(path)


def dates(path, epoch=None):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.append([datetime.date(1990, 2, 28), datetime.datetime(2026, 11, 23, 9, 41), datetime.time(9, 41)])
    sheet.append([datetime.date(2199, 12, 31), datetime.date(1904, 1, 2), 32874])
    sheet['D1'] = 32874
    sheet['D1'].number_format = '[$-421]dd\\ mmmm\\ yyyy;@'
    sheet['E1'] = 32874
    sheet['E1'].number_format = '#,##0.00 "hari"'
    sheet['F1'] = 60.5
    sheet['F1'].number_format = 'dd/mm/yyyy'
    book.save(path)


def merged_below(path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (['KK', 'NIK'], ['3304060101909990', 'a'], [None, 'b'], [None, 'c'], ['x', 'd']):
        sheet.append(row)
    sheet.merge_cells('A2:A4')
    sheet.merge_cells('A20:B22')
    book.save(path)


def many(path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet('Banyak')
    for i in range(10000):
        sheet.append([i, '33040601019%05d' % i, 'NAMA CONTOH %d' % i, 'Desa Contoh RT 001 RW 002', datetime.date(1990, 1, 1)])
    book.save(path)


def show(path):
    book = openpyxl.load_workbook(path)
    sheet = book.active
    print('sheet', sheet.title, sheet.dimensions, sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows)
    print('width', [sheet.column_dimensions[c].width for c in 'AB'], 'bold', sheet['A1'].font.b, sheet['A2'].font.b,
          'text', sheet.column_dimensions['A'].number_format, sheet.column_dimensions['C'].number_format)
    for row in sheet.iter_rows():
        print('|'.join('%s %s %r' % (c.data_type, c.number_format, c.value) for c in row))


if sys.argv[1] == 'make':
    list_of_people(sys.argv[2] + '/people.xlsx')
    dates(sys.argv[2] + '/dates.xlsx')
    dates(sys.argv[2] + '/dates1904.xlsx', CALENDAR_MAC_1904)
    merged_below(sys.argv[2] + '/merged.xlsx')
    many(sys.argv[2] + '/many.xlsx')
else:
    show(sys.argv[2])
