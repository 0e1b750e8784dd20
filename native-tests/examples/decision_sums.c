/* Sums over the two days, with and without the core, and what the core knows of itself after them. */
#include <math.h>
#include <stdio.h>

#include "answer.h"
#include "decision_hours.h"
#include "decision_loop.h"
#include "kpi_csv.h"

void add_hour(tally *sum, const sim_network *network, const unsigned char *is_touched)
{
    unsigned i;
    int kind;
    double fullest = 0;
    for (i = 0; i < SIM_RELATIONS; i++) {
        double problems = 0, attempts = sim_sum(&network->relations[i], SIM_ATTEMPTS);
        for (kind = SIM_TOO_LATE; kind < SIM_COUNTERS; kind++) {
            problems += sim_sum(&network->relations[i], kind);
        }
        sum->problems += problems;
        sum->attempts += attempts;
        sum->faults += problems >= FAULT * attempts;
        if (is_touched[i]) {
            sum->touched_problems += problems;
            sum->touched_attempts += attempts;
        }
    }
    for (i = 0; i < SIM_CELLS; i++) {
        fullest = fmax(fullest, mean_prb(network, i));
    }
    sum->fullest += fullest;
}

void show_both(const tally *with, const tally *without, unsigned rows, unsigned hours)
{
    unsigned row;
    char from[20], to[20];
    double spared = 0, all = 0;
    printf("\nPROBLEMS OF HANDOVERS          all relations            where something happened   relations at 5 %% and more   fullest cell, PRB use\n");
    printf("                               with core   without      with core   without        with core   without         with core   without\n");
    for (row = 0; row < rows; row++) {
        const tally *a = &with[row], *b = &without[row];
        kpi_time(end_of_hour(row * hours) - SIM_HOUR_NS, from);
        kpi_time(end_of_hour(row * hours + hours - 1), to);
        printf("  %s .. %s %11.2f %%%8.2f %%%13.1f %%%8.1f %%%17.1f%10.1f%18.0f %%%8.0f %%\n", from, to + 11, 100 * a->problems / a->attempts, 100 * b->problems / b->attempts,
               100 * a->touched_problems / a->touched_attempts, 100 * b->touched_problems / b->touched_attempts, a->faults / hours, b->faults / hours, a->fullest / hours, b->fullest / hours);
        spared += b->touched_problems - a->touched_problems;
        all += b->touched_problems;
    }
    printf("  spared where something happened: %.0f of %.0f problems in two days\n", spared, all);
    promised(spared > 0, "there are fewer problems with the core than without");
}

static void show_counts(json_value state, const char *field, const char *const *names, size_t count)
{
    size_t i;
    unsigned shown = 0;
    json_value counts = json_field(state, field);
    printf("  %-22s", field);
    for (i = 0; i < count; i++) {
        if (json_number(json_field(counts, names[i])) > 0) {
            printf("%s%.0f %s", shown++ ? ", " : "", json_number(json_field(counts, names[i])), names[i]);
        }
    }
    printf("%s\n", shown ? "" : "none");
}

uint8_t *show_state(rancog_cognitive *core)
{
    static const char *const decisions[] = {"TOTAL", "AUTONOMOUS", "SHADOW", "WITH_ACTIONS", "WITHOUT_ACTIONS", "EXECUTED", "KEPT", "ROLLED_BACK", "OPEN"};
    static const char *const guards[] = {"PROTECTED_CELL", "PACING", "AT_BOUND", "MAX_CHANGE", "INSUFFICIENT_SAMPLES", "CONFLICT", "CONSTRAINT", "LOW_CONFIDENCE", "NOT_ALLOWED"};
    uint8_t *result = rancog_cognitive_get_state(core);
    json_value state = text_or_exit(result), calibration = json_field(state, "calibration");
    printf("\nWHAT THE CORE KNOWS OF ITSELF\n");
    show_counts(state, "decisions", decisions, sizeof decisions / sizeof *decisions);
    show_counts(state, "vetoes", guards, sizeof guards / sizeof *guards);
    printf("  %-22sexpected error %.3f, Brier %.3f, over %.0f outcomes; few, so these are rough\n", "calibration", json_number(json_field(calibration, "ece")),
           json_number(json_field(calibration, "brier")), json_number(json_field(calibration, "count")));
    printf("  %-22s%.2f: errors of what it expected, against \"as it is now\" (1 = none, 0 = no better)\n", "consciousness_level", json_number(json_field(state, "consciousness_level")));
    printf("  %-22s%.0f %% of what came lay within p10 .. p90 (80 %% should)\n", "coverage", 100 * json_number(json_field(state, "coverage")));
    printf("  %-22s%+.2f: chance of the targets without the changes, less how often they held (below 0: acting was better)\n", "regret", json_number(json_field(state, "regret")));
    printf("  %-22s%.0f episodes, %.0f numbers of history\n", "kept", json_number(json_field(state, "episodes")), json_number(json_field(state, "history_samples")));
    return result;
}
