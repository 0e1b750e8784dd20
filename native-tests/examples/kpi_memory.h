/* What the memory knows of situations like the newest one: part of kpi_report. */
#ifndef KPI_MEMORY_H
#define KPI_MEMORY_H

/* Reads erab_hourly.csv in the folder, keeps its past as episodes, prints what followed the situations most like now, and
 * writes the recall as a page. Ends the program when something fails. */
void show_memory(const char *folder, const char *page_path);

#endif
