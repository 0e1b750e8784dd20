"""The command line's reader: every dialect gives back what was written, and nothing goes without a word."""

import csv
import math
import random
import tempfile
import unittest
from datetime import datetime, timezone
from pathlib import Path

from rancognition.cli.errors import CommandError, DataError, UsageError
from rancognition.cli.numeric import Numbers
from rancognition.cli.samples import SAMPLES_KEPT
from rancognition.cli.units import named_columns, split_unit

from .cli_data import TIMES, RandomData, read, series_of, write

_DATA = Path(__file__).resolve().parents[3] / "tests" / "data"
HOUR = 3600 * 10**9
MUTATIONS = 100


class ReadingTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "kpi.csv"

    def file(self, text):
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return self.path

    def noted(self, data):
        return "\n".join(data.notes)

    def refused(self, text, *words, kind=DataError, **options):
        with self.assertRaises(kind) as caught:
            read(self.file(text), **options)
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_random_data_come_back_from_every_way_of_writing_times(self):
        for seed, times in enumerate(TIMES):
            for long in (False, True):
                with self.subTest(times=times, long=long):
                    data = RandomData(seed)
                    write(data, self.path, times, long=long)
                    self.assertEqual(series_of(read(self.path)), data.truth())

    def test_random_data_come_back_from_random_dialects(self):
        for seed in range(60):
            pick = random.Random(seed)
            data = RandomData(seed + 1000)
            delimiter = pick.choice(",;\t|")
            dialect = {
                "times": pick.choice(list(TIMES)), "delimiter": delimiter, "comma": delimiter != "," and pick.random() < 0.5, "long": pick.random() < 0.5,
                "quoting": pick.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)), "encoding": pick.choice(("utf-8", "utf-8-sig", "latin-1", "utf-16")),
                "newline": pick.choice(("\n", "\r\n", "\r")), "packed": pick.random() < 0.3, "grouped": pick.random() < 0.3, "shuffled": pick.random() < 0.3,
            }
            with self.subTest(seed=seed, **dialect):
                write(data, self.path, **dialect)
                self.assertEqual(series_of(read(self.path)), data.truth())

    def test_real_data_are_read_as_a_naive_reader_reads_them(self):
        for name, cell_column, metrics in (("erab_hourly.csv", None, ["erab_setup_fail", "rrc_setup_fail"]), ("qp_cells.csv", 1, ["throughput", "prb_avail_dl"])):
            expected = {}
            for line in (_DATA / name).read_text(encoding="utf-8").splitlines()[1:]:
                fields = line.split(",")
                time = datetime.strptime(fields[0].replace("Z", "+0000"), "%Y-%m-%dT%H:%M:%S.%f%z" if "." in fields[0] else "%Y-%m-%dT%H:%M:%S%z")
                ns = round((time - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds() * 1000) * 10**6
                for metric, value in zip(metrics, fields[-2:]):
                    expected.setdefault((fields[cell_column] if cell_column else "erab_hourly", metric), {})[ns] = float(value)
            self.assertEqual(series_of(read(_DATA / name)), expected)

    def test_missing_rows_become_missing_values_on_the_grid(self):
        data = read(self.file("time,x\n2024-05-01T00:00Z,1\n2024-05-01T01:00Z,2\n2024-05-01T03:00Z,4\n2024-05-01T04:00Z,-\n"))
        history, values = data.cells["kpi"]["x"]
        self.assertEqual(str(list(history.on_grid(values))), "[1.0, 2.0, nan, 4.0, nan]")
        self.assertIn('"step_ns":3600000000000,"values":[1.0,2.0,null,4.0,null]', history.json(values))
        self.assertIn("1 time missing on the regular grid", self.noted(data))

    def test_irregular_times_are_kept_as_they_are(self):
        history, values = read(self.file("time,x\n0,1\n10,2\n17,3\n31,4\n")).cells["kpi"]["x"]
        self.assertEqual(history.json(values), '{"times_ns":[0,10000000000,17000000000,31000000000],"values":[1.0,2.0,3.0,4.0]}')

    def test_of_equal_times_the_last_known_value_counts_and_that_is_said(self):
        rows = "".join(f"2024-05-01T{hour:02}:00Z,{hour}\n" for hour in range(24))
        data = read(self.file(f"time,x\n{rows}2024-05-01T05:00Z,50\n2024-05-01T05:00Z,NA\n"))
        self.assertEqual(series_of(data)[("kpi", "x")][int(datetime(2024, 5, 1, 5, tzinfo=timezone.utc).timestamp()) * 10**9], 50)
        self.assertIn("2 times given again, 1 of them with another value: the last value counts", self.noted(data))

    def test_cells_that_no_column_tells_apart_are_an_error_that_says_so(self):
        self.refused("time,band,x\n" + "".join(f"2024-05-01T{hour:02}:00Z,{band},{hour}{i}\n" for hour in range(24) for i, band in enumerate("abc")),
                     "--object-column", "band")

    def test_only_the_newest_samples_are_kept_whatever_the_order(self):
        total, pick = 3 * SAMPLES_KEPT, random.Random(5)
        times = list(range(total))
        pick.shuffle(times)
        data = read(self.file("time,x\n" + "".join(f"{1_700_000_000 + 60 * i},{i}\n" for i in times)))
        self.assertEqual(series_of(data)[("kpi", "x")], {(1_700_000_000 + 60 * i) * 10**9: float(i) for i in range(total - SAMPLES_KEPT, total)})
        self.assertIn(f"{total - SAMPLES_KEPT} older ones left out", self.noted(data))

    def test_what_is_not_used_is_named_with_the_reason(self):
        data = read(self.file("row,time,x,remark,empty\n1,2024-05-01T00:00Z,1,all well,\n2,2024-05-01T01:00Z,bad,so so,\n3,yesterday,1,x,\n4,2024-05-01T02:00Z,2\n"
                              "5,2024-05-01T03:00Z,2,y,,more\n6,2024-05-01T03:00Z,inf,y,\n"))
        said = self.noted(data)
        for words in ("row: a number of rows", "remark: text such as 'all well'", "empty: no number", "1 row without an understood time", "line 4", "'yesterday'",
                      "x: 2 texts that is no finite number", "'bad'", "1 row shorter than the header", "1 row longer than the header left out; the first at line 6"):
            self.assertIn(words, said)

    def test_units_leave_the_names_and_are_kept(self):
        data = read(self.file("time;PRB use [%];throughput (Mbit/s);delay_ms;Thp (DL)\n2024-05-01;1,5;2;3;4\n2024-05-02;2,5;2;3;4\n"))
        self.assertEqual(data.units, {"PRB use": "%", "throughput": "Mbit/s", "delay": "ms", "Thp (DL)": None})
        self.assertEqual(split_unit("PRB_use"), ("PRB_use", None))
        self.assertEqual(named_columns(["delay_ms", "delay_us", "x", "x"]), [("delay_ms", "ms"), ("delay_us", "us"), ("x", None), ("x#2", None)])

    def test_headers_may_break_lines_and_times_may_have_a_unit(self):
        data = read(self.file('"Timestamp\n(ms)",Cell,"PRB\r\nuse (%)"\n1714521600000,c1,1\n"Timestamp\n(ms)",Cell,"PRB\nuse (%)"\n1714525200000,c1,2\n'))
        self.assertEqual((data.units, list(data.cells["c1"]["PRB use"][1])), ({"PRB use": "%"}, [1, 2]))
        self.assertIn("the header comes again 1 time", self.noted(data))
        self.assertIn("epoch milliseconds", self.noted(data))

    def test_numbers_are_read_as_people_write_them(self):
        either, comma, point = Numbers(), Numbers.with_decimal(","), Numbers.with_decimal(".")
        for text, expected in (("1,234.5", 1234.5), ("1.234,5", 1234.5), ("12,5", 12.5), ("1,234,567", 1234567), ("1.234.567", 1234567), ("1 234,5", 1234.5),
                               ("1'234", 1234), ("45 %", 45), ("-1e3", -1000), ("\u22125", -5), ("0,123", 0.123), ("1\u202f234", 1234), (".5", 0.5), ("5.", 5)):
            for numbers in (either, comma, point):
                self.assertEqual(numbers.read(text), expected, text)
        self.assertEqual([comma.read("1.234"), comma.read("1,234"), point.read("1.234"), point.read("1,234")], [1234, 1.234, 1.234, 1234])
        for text in ("x", "1_000", "inf", "1e999", "1.2.3", "1,23,4", "0x10", "--5", "5-", "true", "12 34", "1.23,45,6"):
            self.assertIsNone(either.read(text), text)
        for text in ("", " ", "-", "NA", "null", "NaN", "#N/A"):
            self.assertTrue(math.isnan(either.read(text)), text)

    def test_a_decimal_sign_that_nothing_shows_is_said(self):
        self.assertIn("1,234 may have a decimal sign or thousands: read as 1.234", self.noted(read(self.file("time;x\n2024-05-01;1,234\n2024-05-02;2,345\n"))))
        late = "".join(f"{1714521600 + 60 * i}|{i % 900}\n" for i in range(1500)) + "1714621600|1,234\n"  # beyond the rows that columns are judged by
        self.assertIn("1,234 may have a decimal sign or thousands: read as 1234", self.noted(read(self.file("time|x\n" + late))))
        self.assertIn("decimal comma", self.noted(read(self.file("time;x\n2024-05-01;1,2\n2024-05-02;2.345,5\n"))))

    def test_a_dot_that_may_group_thousands_is_said_unless_another_number_or_the_delimiter_decides(self):
        rows = (("1", "12.345"), ("2", "987"), ("3", "1.002"))
        for delimiter, more, doubtful in ((";", "", True), ("\t", "", True), (",", "", False), (";", "4;0.5", False), (";", "4;1,5", False)):
            text = f"time{delimiter}x\n" + "".join(f"2024-05-0{day}{delimiter}{value}\n" for day, value in rows) + more
            self.assertEqual("12.345 may have a decimal sign or thousands: read as 12.345" in self.noted(read(self.file(text))), doubtful)
        text = "time;x\n" + "".join(f"2024-05-0{day};{value}\n" for day, value in rows)
        self.assertEqual(list(read(self.file(text), decimal="comma").cells["kpi"]["x"][1]), [12345, 987, 1002])

    def test_dates_with_day_and_month_need_a_date_that_tells(self):
        early = "".join(f"0{day}/05/2024 {hour:02}:00,{hour}\n" for day in range(1, 10) for hour in range(24))
        self.refused(f"time,x\n{early}", "--time-format", "day or the month first")
        late = f"time,x\n{early * 6}13/05/2024 00:00,7\n"  # beyond the rows that columns are judged by
        self.assertIn("day first", self.noted(read(self.file(late))))
        data = read(self.file(f"time,x\n{early}"), time_format="%m/%d/%Y %H:%M")
        self.assertEqual(max(series_of(data)[("kpi", "x")]), int(datetime(2024, 9, 5, 23, tzinfo=timezone.utc).timestamp()) * 10**9)

    def test_a_day_and_a_time_of_day_may_stand_in_two_columns(self):
        data = read(self.file("Date;Time;Cell;x\n" + "".join(f"0{day}/05/2024;{hour}:30;c1;{hour}\n" for day in (1, 2) for hour in range(24)) + "13/05/2024;0:30;c1;5\n"))
        history, _ = data.cells["c1"]["x"]
        self.assertEqual((history.times[1] - history.times[0], history.times[0] % (24 * HOUR)), (HOUR, HOUR // 2))
        self.assertIn("Date and Time: day first", self.noted(data))

    def test_the_time_of_day_may_be_an_hour_alone_or_stand_beside_a_day_with_midnight(self):
        for text in ("Date,Hour,Cell,x\n2024-05-01,0,c1,1\n2024-05-01,1,c1,2\n2024-05-01,23,c1,3\n",
                     "Datum;Stunde;Zelle;x\n01.05.2024 00:00:00;0;c1;1\n01.05.2024 00:00:00;1;c1;2\n01.05.2024 00:00:00;23;c1;3\n",
                     "Date,Time,Cell,x\n2024-05-01 00:00:00,00:00:00,c1,1\n2024-05-01 00:00:00,01:00:00,c1,2\n2024-05-01 00:00:00,23:00:00,c1,3\n"):
            history, values = read(self.file(text)).cells["c1"]["x"]
            self.assertEqual(([time // HOUR % 24 for time in history.times], list(values)), ([0, 1, 23], [1, 2, 3]))

    def test_dates_with_dots_have_the_month_first_where_a_date_shows_it(self):
        def days(count, form):
            return "".join(f"{datetime(2024, 5, day).strftime(form)} {hour:02}:00:00;L1;{day}\n" for day in range(1, count + 1) for hour in range(24))

        for count, form, words in ((20, "%m.%d.%Y", "month first, as the dates show"), (20, "%d.%m.%Y", "day first, as the dates show"), (9, "%d.%m.%Y", "day first, as usual with dots")):
            data = read(self.file("Period start time;DN;x\n" + days(count, form)))
            history, values = data.cells["L1"]["x"]
            self.assertEqual((history.times[0], history.step_ns, history.gaps, list(values)),
                             (int(datetime(2024, 5, 1, tzinfo=timezone.utc).timestamp()) * 10**9, HOUR, 0, [day for day in range(1, count + 1) for _ in range(24)]))
            self.assertIn(words, self.noted(data))
        late = "".join(f"05.{day:02}.2024 {hour:02}:{minute:02};{day}\n" for day in range(1, 14) for hour in range(24) for minute in range(0, 60, 15))
        self.assertEqual(read(self.file(f"time;x\n{late}")).cells["kpi"]["x"][0].gaps, 0)  # the thirteenth is beyond the rows that columns are judged by

    def test_day_numbers_of_spreadsheets_are_times(self):
        start = int(datetime(2024, 5, 1, tzinfo=timezone.utc).timestamp()) * 10**9
        for delimiter, digits in ((",", 6), (",", 10), (";", 8)):
            rows = "".join(f"{45413 + i / 96:.{digits}f}".replace(".", "," if delimiter == ";" else ".") + f"{delimiter}{i}\n" for i in range(500))
            data = read(self.file(f"time{delimiter}x\n{rows}"))
            self.assertEqual(series_of(data)[("kpi", "x")], {start + i * HOUR // 4: i for i in range(500)})
            self.assertIn("days as spreadsheets count them", self.noted(data))
        daily = read(self.file("Date,x\n" + "".join(f"{45413 + i},{i}\n" for i in range(9))), tz="+02:00")
        self.assertEqual(min(series_of(daily)[("kpi", "x")]), start - 2 * HOUR)
        self.assertEqual(series_of(read(self.file("time,x\n9,1\nx,2\n1e30,3\n25569.5,4\n"), time_format="excel_days")), {("kpi", "x"): {12 * HOUR: 4}})

    def test_the_format_that_an_error_names_reads_the_file(self):
        for form in ("%m/%d/%Y %I:%M %p", "%m/%d/%Y", "%m-%d-%y %H:%M:%S", "%m/%d/%Y %H:%M:%S.%f"):
            text = "time,x\n" + "".join(f"{datetime(2024, month, 2, 1).strftime(form)},{month}\n" for month in range(1, 13))
            with self.assertRaises(DataError) as caught:
                read(self.file(text))
            named = str(caught.exception).split("'")[-2]
            self.assertEqual(list(read(self.file(text), time_format=named).cells["kpi"]["x"][1]), list(range(1, 13)))

    def test_other_times_are_no_kpis_and_cells_of_vendors_are_known(self):
        data = read(self.file("begin_time,end_time,Granularity Period,EUtranCellFDD,x\n" + "".join(f"{1714521600 + 900 * i},{1714522500 + 900 * i},15,c{c},{i}\n" for i in range(5) for c in (1, 2))))
        self.assertEqual((data.metrics, sorted(data.cells)), (["x"], ["c1", "c2"]))
        self.assertIn("end_time, Granularity Period: another time, by its name", self.noted(data))
        self.assertEqual(list(read(self.file("Period start time;MRBTS/SBTS name;LNCEL name;x\n2024-05-01;S1;L1;1\n2024-05-02;S1;L1;2\n")).cells), ["S1/L1"])

    def test_times_beyond_what_can_be_counted_are_left_out_with_a_word(self):
        data = read(self.file("time,x\n1969-12-31T23:59:59Z,1\n2024-05-01T00:00:00Z,2\n2024-05-01T01:00:00Z,3\n9999-12-31T00:00:00Z,4\n9999-12-31T00:00:00Z,4\n1969-12-31T23:59:59Z,1\n"))
        self.assertEqual(list(data.cells["kpi"]["x"][1]), [2, 3])
        self.assertIn("4 rows without an understood time left out, the first at line 2", self.noted(data))

    def test_a_damaged_time_does_not_change_how_the_others_are_read(self):
        for good in ([str(1_700_000_000 + 60 * i) for i in range(50)], [f"2024050112{i:02}" for i in range(50)], [f"202405{i % 28 + 1:02}" for i in range(28)]):
            whole = series_of(read(self.file("time,x\n" + "".join(f"{time},1\n" for time in good))))
            data = read(self.file("time,x\n" + "".join(f"{time},1\n" for time in [*good[:9], "1e400", *good[9:], "9" * 30])))
            self.assertEqual(series_of(data), whole)
            self.assertIn("2 rows without an understood time left out", self.noted(data))

    def test_zones_of_times_without_one(self):
        self.assertEqual(min(series_of(read(self.file("time,x\n2024-05-01 12:00,1\n2024-05-01 13:00,1\n"), tz="+02:00"))[("kpi", "x")]) % (24 * HOUR), 10 * HOUR)
        mixed = read(self.file("time,x\n2024-05-01T12:00+02:00,1\n2024-05-01T11:00,2\n2024-05-01T12:00Z,3\n"))
        self.assertEqual(list(mixed.cells["kpi"]["x"][1]), [1, 2, 3])
        self.assertIn("2 with a zone, 1 without", self.noted(mixed))
        self.refused("time,x\n2024-05-01,1\n2024-05-02,1\n", "--tz", kind=UsageError, tz="Nowhere/Land")

    def test_the_hour_that_occurs_twice_and_the_one_that_is_left_out(self):
        try:
            autumn = read(self.file("time,x\n2024-10-27 01:00,1\n2024-10-27 02:00,2\n2024-10-27 02:00,3\n2024-10-27 03:00,4\n"), tz="Europe/Berlin")
        except UsageError:
            self.skipTest("SKIPPED no time zone database (Debian package tzdata)")
        history, values = autumn.cells["kpi"]["x"]
        self.assertEqual((list(values), history.is_regular, history.step_ns), ([1, 2, 3, 4], True, HOUR))
        rows = [f"2024-10-27 {hour:02}:{minute:02},{i * 4 + minute // 15}\n" for i, hour in enumerate((0, 1, 2, 2, 3, 4)) for minute in (0, 15, 30, 45)]
        for ordered in (rows, rows[::-1], rows[::4], rows[::-4]):
            data = read(self.file("time,x\n" + "".join(ordered)), tz="Europe/Berlin")
            history, values = data.cells["kpi"]["x"]
            self.assertEqual((list(values), history.gaps), (sorted(values), 0))
            self.assertEqual(len(values), len(ordered))
        spring = read(self.file("time,x\n2024-03-31 01:00,1\n2024-03-31 02:30,2\n2024-03-31 04:00,3\n"), tz="Europe/Berlin")
        self.assertIn("1 local time that the clock change of Europe/Berlin leaves out", self.noted(spring))

    def test_titles_repeated_headers_and_spreadsheet_hints_are_understood(self):
        data = read(self.file("sep=;\nExport of May;\n\ntime;x;\n2024-05-01;1;\ntime;x;\n2024-05-02;2;\n"))
        self.assertEqual(list(data.cells["kpi"]["x"][1]), [1, 2])
        self.assertIn("the header comes again 1 time", self.noted(data))

    def test_hostile_files_are_clear_errors(self):
        rows = "2024-05-01,1\n2024-05-02,2\n"
        for text, words in (
                ("", "is empty"), ("\n\n", "one column only"), ("time,x\n", "no row of data"), (f"time,x\n{rows}a\0b,1\n", "line 4 holds a NUL"),
                ("x" * 10_000_000, "longer than"), (f"time,x\n{rows}2024-05-03,\"5\n" + "y\n" * 9, "line 4: a quote is opened here and never closed"),
                (f'time,x\n{rows}2024-05-03,"5"6\n', "line 4"), (rows, "must name the columns"), ("a,b\nx,y\n", "no column holds times"),
                ("time,b\n2024-05-01,y\n", "no column holds KPIs"), ("time,x\n2024-05-01,NA\n", "no KPI has a single number"),
                (b"\x1f\x8bdamaged", "after line 0"), (b"\x1f\x8b\x08\x00" + bytes(40), "after line 0"), (b"\xff\xfea", "utf-16"), ("time,x\n1e999999,2\n1e999998,2\n", "")):
            with self.subTest(words=words):
                self.refused(text, words)
        with self.assertRaises(CommandError):
            read(self.path.parent)
        with self.assertRaises(CommandError):
            read(self.path.parent / "not there")

    def test_workbooks_are_told_to_be_saved_as_csv(self):
        for start in (b"PK\x03\x04\x14\0\x06\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            self.refused(start + bytes(100), "is a workbook", "as CSV")

    def test_damaged_files_are_read_or_refused_and_nothing_else(self):
        for seed in range(MUTATIONS):
            pick, data = random.Random(seed), RandomData(seed % 7)
            write(data, self.path, pick.choice(list(TIMES)), delimiter=pick.choice(",;"), long=pick.random() < 0.5, packed=pick.random() < 0.1)
            raw = bytearray(self.path.read_bytes())
            for _ in range(pick.randint(1, 20)):
                place = pick.randrange(len(raw))
                raw[place:place + pick.choice((0, 1, 1, 30))] = pick.choice((b'"', b",", b";", b"\n", b"\r", b"\xff", b"\xc3", b"9" * 40, b"-", b"T", b"e", b"\x00",
                                                                             b"", raw[:20], b"NaN", b"\xe2\x88\x9e", b"1e400"))
            with self.subTest(seed=seed):
                try:
                    read(self.file(bytes(raw)))
                except CommandError as error:
                    self.assertGreater(len(str(error)), len(str(self.path)))

    def test_wide_files_huge_numbers_and_equal_headers(self):
        header, row = ",".join(["x"] * 10_000), ",".join(["1e300"] * 10_000)
        data = read(self.file(f"time,{header}\n2024-05-01,{row}\n2024-05-02,{row}\n"))
        self.assertEqual((len(data.metrics), data.metrics[9_999], data.cells["kpi"]["x#7"][1][1]), (10_000, "x#10000", 1e300))

    def test_names_that_are_not_there_are_answered_with_near_ones(self):
        text = "time,cell,PrbTotDl\n2024-05-01,alpha,1\n2024-05-02,alpha,1\n"
        self.refused(text, "did you mean PrbTotDl?", kind=UsageError, value_columns=["PrbTotDL1"])
        self.refused(text, "did you mean alpha?", cell=["alpa"])
        self.refused(text, "did you mean PrbTotDl?", metric=["PrbTot"])


if __name__ == "__main__":
    unittest.main()
