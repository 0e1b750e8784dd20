/* Real measurement files and real counters: what can be taken from them, and whether anything in them has a cause with a name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "decision_loop.h"
#include "kpi_csv.h"
#include "question.h"

#define MESSAGE_MAX (1u << 20)

static const char *const files[] = {"ves_perf3gpp_pm_report.json", "ts28532_pm_keysight_gnb1.xml", "ts32435_pm_ericsson_style.xml"};
#define FILES (sizeof files / sizeof *files)

static const char *const rates[] = {"ERAB.EstabFailRate", "RRC.ConnEstabFailRate"}; /* columns of erab_hourly.csv */

static uint8_t *ingest(rancog_cognitive *core, const char *folder, const char *file)
{
    static uint8_t message[MESSAGE_MAX];
    char path[1100];
    size_t length;
    FILE *stream;
    uint8_t *report;
    snprintf(path, sizeof path, "%s/oran/%s", folder, file);
    stream = fopen(path, "rb");
    promised(stream != NULL, path);
    length = fread(message, 1, sizeof message, stream);
    fclose(stream);
    report = rancog_cognitive_ingest(core, message, length);
    text_or_exit(report);
    return report;
}

static double show_ingested(const char *file, json_value report)
{
    char format[32], to[20] = "-", why[32];
    json_value skipped, end = json_field(report, "to_ns");
    unsigned count = 0;
    if (json_number(end) > 0) {
        kpi_time(json_whole(end), to);
    }
    printf("  %-31s%-15s%7.0f%8.0f%9.0f   %-17s", file, json_text(json_field(report, "format"), format, sizeof format), json_number(json_field(report, "objects")),
           json_number(json_field(report, "metrics")), json_number(json_field(report, "samples")), to);
    for (skipped = json_first(json_field(report, "skipped")); skipped; skipped = json_next(skipped)) {
        printf("%s%.0f %s", count++ ? ", " : "", json_number(json_field(skipped, "count")), json_text(json_field(skipped, "why"), why, sizeof why));
    }
    printf("%s\n", count ? "" : "nothing");
    return json_number(json_field(report, "samples"));
}

/* Words for the tests that tell why no cause can be named. */
static const char *words_for(const char *test)
{
    return strcmp(test, "known_counters") == 0 ? "has no counter that causes are told from"
         : strcmp(test, "no_problem_counts") == 0 ? "counts handovers, but not what goes wrong with them"
                                                  : test;
}

/* What the core says of what was asked last. */
static void show_finding(rancog_cognitive *core, const char *what, const char *rate)
{
    uint8_t *decision = rancog_cognitive_decide(core, question_bytes(), question_length(), NULL, 0);
    json_value text = text_or_exit(decision), cause = json_field(text, "cause"), expected = json_field(json_field(text, "expected"), rate);
    char name[32], test[64], reason[200];
    json_text(json_field(json_first(json_field(cause, "tests")), "name"), test, sizeof test);
    printf("  %-31s%s (%s): %s; %s\n", what, json_text(json_field(cause, "name"), name, sizeof name), test, words_for(test), json_text(json_field(text, "reason"), reason, sizeof reason));
    if (expected) {
        printf("  %-31s%s in the next 4 hours: %.2f (%.2f .. %.2f); the target holds with %.0f %%\n", "", rate, json_number(json_field(expected, "p50")),
               json_number(json_field(expected, "p10")), json_number(json_field(expected, "p90")), 100 * json_number(json_field(text, "confidence")));
    }
    promised(json_first(json_field(text, "actions")) == NULL, "nothing is changed where no cause is known that a change could mend");
    rancog_buffer_free(decision);
}

static void ask_about_the_file(json_value report)
{
    char network[200];
    question_begin();
    ask("{\"id\":\"file\",\"network_id\":\"%s\",\"problem_type\":\"\",\"mode\":\"SHADOW\",\"seed\":1,\"time_ns\":%llu}",
        json_text(json_field(report, "network_id"), network, sizeof network), (unsigned long long)json_whole(json_field(report, "to_ns")));
}

static void ask_about_the_rates(const char *folder)
{
    static kpi_series series;
    char path[1100];
    int i;
    snprintf(path, sizeof path, "%s/erab_hourly.csv", folder);
    question_begin();
    ask("{\"id\":\"lte\",\"network_id\":\"lte-network\",\"problem_type\":\"\",\"mode\":\"SHADOW\",\"seed\":1,\"current_state\":{},"
        "\"objectives\":[\"minimize ERAB.EstabFailRate\"],\"constraints\":[\"ERAB.EstabFailRate <= 1\"],\"history\":{");
    for (i = 0; i < 2; i++) {
        promised(kpi_csv_read(path, NULL, i, &series), path);
        ask(i ? "," : "");
        ask_history(rates[i], &series);
    }
    ask("},\"time_ns\":%llu}", (unsigned long long)(series.start_ns + (series.rows - 1) * series.step_ns));
}

void take_counters(rancog_cognitive *core, const char *folder)
{
    uint8_t *reports[FILES];
    size_t i;
    printf("\nTAKEN FROM FILES                 format         objects metrics  numbers   until            not taken\n");
    for (i = 0; i < FILES; i++) {
        reports[i] = ingest(core, folder, files[i]);
        promised(show_ingested(files[i], (json_value)reports[i] + 4) > 0, "there are numbers in the file");
        keep_for_page((json_value)reports[i] + 4);
    }
    printf("\nIS THERE A CAUSE IN THEM?\n");
    for (i = 0; i < FILES; i++) {
        ask_about_the_file((json_value)reports[i] + 4);
        show_finding(core, files[i], rates[0]);
        rancog_buffer_free(reports[i]);
    }
    ask_about_the_rates(folder);
    show_finding(core, "erab_hourly.csv", rates[0]);
    printf("  Causes are told from counters of TS 28.552 that a cell or a relation has, whatever stands before its name. Of counters that their vendor alone knows, and of\n"
           "  rates of a whole network, nothing is told.\n");
}
