/* The harness's own test macros: CHECK records a failure and goes on, RUN names a test and counts it.
 * Every test also fails when it leaves result buffers behind. */
#ifndef CHECK_H
#define CHECK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Records a failed condition with its place; gives back whether it held, so that a loop can stop. */
#define CHECK(condition) check_that((condition) != 0, #condition, __FILE__, __LINE__)

/* As CHECK, with a note about the case (which input, which call). */
#define CHECK_CASE(condition, note) check_case((condition) != 0, #condition, (note), __FILE__, __LINE__)

#define RUN(test) check_run(#test, test)

int check_that(int held, const char *condition, const char *file, int line);
int check_case(int held, const char *condition, const char *note, const char *file, int line);
void check_run(const char *name, void (*test)(void));

/* Prints "N passed, N failed" and gives the exit code of the program. */
int check_finish(void);

/* full, or brief when RANCOG_HARNESS_SHORT is set (runs under valgrind and sanitizers). */
size_t check_scale(size_t full, size_t brief);

#ifdef __cplusplus
}
#endif

#endif
