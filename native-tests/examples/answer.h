/* What is done with the results of the library: their text, and the page that shows them. */
#ifndef ANSWER_H
#define ANSWER_H

#include <stddef.h>
#include <stdint.h>

/* The JSON text of a result; ends the program when the call that gave it failed. */
const char *text_or_exit(const uint8_t *result);

/* Writes the page of a JSON result; ends the program when that fails. */
void write_page(const char *result, const char *path);

/* Name of a page beside another: "report.html", "memory" -> "report-memory.html". Gives the name. */
const char *path_beside(const char *path, const char *what, char *beside, size_t room);

#endif
