/* Decisions that an engineer can check, undo and learn from. Real measurement files are taken in, and real counters asked for a
 * cause. Then a simulated network of 57 cells answers back for two days: what ails it is found and named, changes are decided,
 * explained, made, watched, and taken back where they turn out badly; what was learned is used when the same comes again. The
 * program checks what the library promises, and ends with an error otherwise.
 *
 *   decision_loop [--data FOLDER] [--report FILE]      the page and the file of the core go beside FILE, with -cognition in their names
 *
 * See tests/data/README.md for the data. */
#include "decision_loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "question.h"

#define FILE_END 14 /* of ".html" the name of the core's file has ".sqlite-shm" at most */

static char *results; /* a JSON array, for the page */
static size_t results_length;

void promised(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "decision_loop: not so: %s\n", what);
        exit(1);
    }
}

void keep_for_page(json_value result)
{
    size_t length = strlen(result);
    results = realloc(results, results_length + length + 3); /* before it, after it, the end */
    promised(results != NULL, "there is memory for the page");
    results[results_length] = results_length ? ',' : '[';
    results_length++;
    memcpy(results + results_length, result, length);
    results_length += length;
    memcpy(results + results_length, "]", 2);
}

static rancog_cognitive *open_core(const char *file)
{
    rancog_cognitive *core;
    question_begin();
    ask("{\"path\":\"%s\",\"seed\":1}", file);
    core = rancog_cognitive_create(question_bytes(), question_length(), NULL);
    promised(core != NULL, rancog_last_error_message());
    return core;
}

/* Without what an earlier run has left. */
static void remove_file(const char *file)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[1100 + FILE_END];
    size_t i;
    for (i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", file, ends[i]);
        remove(name);
    }
}

/* A core that opens the file knows what the one before it knew. */
static void open_again(const char *file, json_value state)
{
    rancog_cognitive *again = open_core(file);
    uint8_t *copy = rancog_cognitive_get_state(again);
    const char *end = strstr(state, "\"integration\""); /* of the latest problem, which no file keeps */
    promised(end && strncmp(state, text_or_exit(copy), (size_t)(end - state)) == 0, "a core that opens the file again knows the same");
    rancog_buffer_free(copy);
    rancog_cognitive_destroy(again);
}

int main(int count, char **arguments)
{
    const char *folder = "tests/data", *report = "build/report.html";
    char page[1100], file[1100 + FILE_END];
    rancog_cognitive *core;
    uint8_t *state;
    int i;
    for (i = 1; i + 1 < count; i += 2) {
        *(strcmp(arguments[i], "--data") == 0 ? &folder : &report) = arguments[i + 1];
    }
    path_beside(report, "cognition", page, sizeof page);
    snprintf(file, sizeof file, "%.*s.sqlite", (int)(strlen(page) - strlen(".html")), page);
    remove_file(file);
    core = open_core(file);
    printf("RanCognition %s: decisions with their reasons; three measurement files, two failure rates of an LTE network, and 57 simulated cells that answer back\n",
           rancog_version_string());
    take_counters(core, folder);
    run_hours(core);
    state = show_state(core);
    keep_for_page((json_value)state + 4);
    rancog_cognitive_destroy(core);
    open_again(file, (json_value)state + 4);
    rancog_buffer_free(state);
    write_page(results, page);
    printf("\nDecisions, outcomes and what the core knows of itself: %s; its journal and memory, opened again and found the same: %s\n", page, file);
    free(results);
    return 0;
}
