/* Reads KPI files: a header line, then an ISO 8601 time in UTC and columns; an empty number is a missing sample. */
#ifndef KPI_CSV_H
#define KPI_CSV_H

#include <stddef.h>
#include <stdint.h>

#define KPI_ROWS_MAX 4096

typedef struct {
    size_t rows;
    uint64_t start_ns;            /* time of the first row, ns since the Unix epoch */
    uint64_t step_ns;             /* distance of the first two rows */
    double values[KPI_ROWS_MAX];  /* NaN = missing */
} kpi_series;

/* Reads one numeric column (0 = the first after the time). With a key, only rows whose first column after the time is that
 * text count. Gives 0 when the file cannot be read or no row fits. */
int kpi_csv_read(const char *path, const char *key, int column, kpi_series *series);

/* "2017-12-31 21:00" */
void kpi_time(uint64_t ns, char text[20]);

#endif
