/* Loops that watch themselves: what each expects next of real counters, how wrong that was and what it learned from it; the
 * loads of a network as a fixed point with a certificate; two functions that chase each other, found and damped. The program
 * checks what the library promises (bounds, certificates, counts) with sums of its own, and ends with an error otherwise.
 *
 *   loop_watch [--data FOLDER] [--report FILE]      the page goes beside FILE, with -loops in its name
 *
 * See tests/data/README.md for the data. */
#include "loop_watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"

void promised(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "loop_watch: not so: %s\n", what);
        exit(1);
    }
}

/* Writes the page of what the core believes about itself, and checks that another core can go on from there. */
static void keep_state(rancog_strange_loop *self, const char *page)
{
    uint8_t *state = rancog_strange_loop_get_state(self);
    const char *text = text_or_exit(state), *end;
    rancog_strange_loop *again = rancog_strange_loop_create(NULL, 0, NULL);
    uint8_t *copy;
    promised(rancog_strange_loop_restore(again, (const uint8_t *)text, strlen(text)) == RANCOG_OK, rancog_last_error_message());
    copy = rancog_strange_loop_get_state(again);
    end = strstr(text, "\"execution_time\"");
    promised(end && strncmp(text, text_or_exit(copy), (size_t)(end - text)) == 0, "a restored core believes what the first one did");
    write_page(text, page);
    rancog_buffer_free(copy);
    rancog_buffer_free(state);
    rancog_strange_loop_destroy(again);
}

int main(int count, char **arguments)
{
    const char *folder = "tests/data", *report = "build/report.html";
    char page[1100];
    rancog_strange_loop *self = rancog_strange_loop_create(NULL, 0, NULL);
    int i;
    if (!self) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        return 1;
    }
    for (i = 1; i + 1 < count; i += 2) {
        *(strcmp(arguments[i], "--data") == 0 ? &folder : &report) = arguments[i + 1];
    }
    printf("RanCognition %s: what loops know of themselves; two failure rates of an LTE network by the hour, free PRBs of six O-RAN cells every 10 ms, and more\n",
           rancog_version_string());
    watch_counters(self, folder);
    show_beliefs(self);
    watch_loads(self);
    watch_functions(self);
    keep_state(self, path_beside(report, "loops", page, sizeof page));
    printf("\nWhat the loops believe about themselves: %s\n", page);
    rancog_strange_loop_destroy(self);
    return 0;
}
