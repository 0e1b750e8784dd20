#include "kpi_csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Days since 1970-01-01 in the Gregorian calendar. */
static int64_t days_from_civil(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int leap_year = month > 2 ? year : year - 1; /* the leap day of this year counts from March on */
    return (int64_t)(year - 1970) * 365 + leap_year / 4 - leap_year / 100 + leap_year / 400 - 477 + before[month - 1] + day - 1;
}

static int parse_time(const char *text, uint64_t *ns)
{
    int year, month, day, hour, minute;
    double second;
    if (sscanf(text, "%d-%d-%dT%d:%d:%lf", &year, &month, &day, &hour, &minute, &second) != 6 || year < 1970 || month < 1 || month > 12) {
        return 0;
    }
    *ns = (uint64_t)days_from_civil(year, month, day) * 86400000000000u + (uint64_t)(hour * 60 + minute) * 60000000000u
        + (uint64_t)(second * 1e3 + 0.5) * 1000000u;
    return 1;
}

/* The column-th text after the time, or NULL. */
static const char *column_of(const char *line, int column)
{
    for (; column >= 0 && line; column--) {
        line = strchr(line, ',');
        line = line ? line + 1 : NULL;
    }
    return line;
}

int kpi_csv_read(const char *path, const char *key, int column, kpi_series *series)
{
    char line[512];
    FILE *file = fopen(path, "r");
    series->rows = 0;
    series->step_ns = 0;
    while (file && series->rows < KPI_ROWS_MAX && fgets(line, sizeof line, file)) {
        const char *first = column_of(line, 0), *text = column_of(line, column);
        size_t key_length = key ? strlen(key) : 0;
        uint64_t at;
        char *end;
        if (!text || !parse_time(line, &at) || (key && (strncmp(first, key, key_length) != 0 || first[key_length] != ','))) {
            continue; /* the header, or another cell */
        }
        if (series->rows == 0) {
            series->start_ns = at;
        } else if (series->rows == 1) {
            series->step_ns = at - series->start_ns;
        }
        series->values[series->rows] = strtod(text, &end);
        if (end == text) {
            series->values[series->rows] = NAN;
        }
        series->rows++;
    }
    if (file) {
        fclose(file);
    }
    return series->rows > 0;
}

void kpi_time(uint64_t ns, char text[20])
{
    time_t seconds = (time_t)(ns / 1000000000u);
    struct tm civil;
    gmtime_r(&seconds, &civil);
    strftime(text, 20, "%Y-%m-%d %H:%M", &civil);
}
