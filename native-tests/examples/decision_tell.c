/* What is printed of decisions and their outcomes. */
#include <stdio.h>
#include <string.h>

#include "decision_hours.h"
#include "decision_loop.h"
#include "kpi_csv.h"

#define LINE 150u                 /* columns of what is told */
#define INDENT 6u

static const char *const kinds[SIM_COUNTERS] = {"", "too late", "too early", "to the wrong cell", "ping-pong"};

/* Writes words, a new line where it gets too long; gives the column behind them. */
static unsigned tell(const char *text, unsigned column)
{
    while (*text) {
        size_t length = strcspn(text, " ");
        if (column > INDENT && column + length + 1 > LINE) {
            printf("\n      ");
            column = INDENT;
        }
        printf("%s%.*s", column > INDENT ? " " : "", (int)length, text);
        column += (unsigned)length + 1;
        text += length + strspn(text + length, " ");
    }
    return column;
}

/* What is expected of metrics is told with the outcome, and in sentences when all is to be told. */
static void tell_reasons(json_value decision, int all)
{
    char text[600], when[20], type[16];
    unsigned column = INDENT;
    json_value sentence;
    kpi_time(json_whole(json_field(decision, "time_ns")), when);
    printf("\n  %s  decision %.0f, %s: %s\n      ", when, json_number(json_field(decision, "decision_id")), json_text(json_field(decision, "problem_type"), type, sizeof type),
           json_text(json_field(decision, "reason"), text, sizeof text));
    for (sentence = json_first(json_field(decision, "explanation")); sentence; sentence = json_next(sentence)) {
        json_value field = json_first(json_field(sentence, "fields"));
        if (all || !field || strncmp(field, "\"/expected/", 11) != 0) {
            column = tell(json_text(json_field(sentence, "text"), text, sizeof text), column);
        }
    }
    printf("\n");
}

/* A change that a guard took out is told once; a guard is known by its place in the list. */
static int has_new_veto(json_value decision)
{
    unsigned bit = 1, news = 0;
    char object[60];
    json_value guard, change;
    for (guard = json_first(json_field(decision, "guards")); guard; guard = json_next(guard), bit *= 2) {
        for (change = json_first(json_field(guard, "vetoed")); change; change = json_next(change)) {
            if (is_relation(json_text(json_field(change, "managedObject"), object, sizeof object))) {
                unsigned *told = &now.told[relation_of(object)];
                news |= bit & ~*told;
                *told |= bit;
            }
        }
    }
    return news != 0;
}

/* Whether what is done is what a similar case of the memory proposed; 2: and nobody else. */
static int is_known_from_memory(json_value decision)
{
    json_value actions = json_field(decision, "actions"), one;
    char source[16];
    size_t length = (size_t)(json_end(actions) - actions);
    int is_first = 1;
    for (one = json_first(json_field(decision, "alternatives")); one; one = json_next(one), is_first = 0) {
        json_value proposed = json_field(one, "actions"); /* the first one is what was chosen */
        if (strcmp(json_text(json_field(one, "source"), source, sizeof source), "memory") == 0 && strncmp(proposed, actions, length) == 0) {
            return 1 + is_first;
        }
    }
    return 0;
}

void tell_decision(json_value decision)
{
    int acts = json_first(json_field(decision, "actions")) != NULL, is_news = has_new_veto(decision);
    if (acts || is_news || now.decisions == 0) {
        tell_reasons(decision, acts && now.made == 0);
        keep_for_page(decision);
    }
    if (acts && is_known_from_memory(decision)) {
        printf("      %s\n", is_known_from_memory(decision) == 2 ? "The memory proposed this: as large a step as helped then." : "The memory proposed the same, from what helped then.");
    }
}

static void tell_metric(json_value decision, const char *metric, const char *title, double before, double came, double unit)
{
    json_value expected = json_field(json_field(decision, "expected"), metric);
    printf("      %-44s%8.1f %% before, %5.1f %% (%.1f .. %.1f) expected, %5.1f %% came\n", title, unit * before, unit * json_number(json_field(expected, "p50")),
           unit * json_number(json_field(expected, "p10")), unit * json_number(json_field(expected, "p90")), unit * came);
}

/* Shares of handovers, or how full a cell is: as it was, as it was to be, as it came. */
void tell_outcome(const open_decision *of, json_value reply)
{
    json_value decision = (json_value)of->result + 4;
    char verdict[16], when[20], metric[140], title[70], name[40], reason[800];
    unsigned i;
    kpi_time(end_of_hour(now.hour), when);
    printf("\n  %s  decision %.0f %s\n      ", when, json_number(json_field(reply, "decision_id")), json_text(json_field(reply, "verdict"), verdict, sizeof verdict));
    tell(json_text(json_field(reply, "reason"), reason, sizeof reason), INDENT);
    printf("\n");
    for (i = 0; i < of->count; i++) {
        const sim_relation *one = &now.network.relations[of->watched[i]], *before = &of->before.relations[of->watched[i]];
        int kind = worst_kind(before);
        name_of(one, name);
        snprintf(metric, sizeof metric, "%s/%s / %s/%s", name, counters[kind], name, counters[SIM_ATTEMPTS]);
        snprintf(title, sizeof title, "%s %s", name, kinds[kind]);
        if (json_field(json_field(decision, "expected"), metric)) {
            tell_metric(decision, metric, title, share_of(before, kind), share_of(one, kind), 100);
        }
    }
    if (of->cell) {
        snprintf(metric, sizeof metric, "NRCellDU=%u/RRU.PrbTotDl", of->cell);
        tell_metric(decision, metric, metric, mean_prb(&of->before, of->cell - 1), mean_prb(&now.network, of->cell - 1), 1);
    }
}
