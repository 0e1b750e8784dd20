/* The loops' models of themselves, read out of the state of the core. */
#include <math.h>
#include <stdio.h>

#include "answer.h"
#include "json_pick.h"
#include "kpi_csv.h"
#include "loop_watch.h"

#define CHANGES 3u /* of itself that are shown of a loop, the latest */

/* The name of the first field of an object; "" when there is none. */
static const char *first_name(json_value object, char *name, size_t room)
{
    return json_text(object ? json_blanks(object + 1) : NULL, name, room);
}

static void show_change(json_value change)
{
    static const struct {
        const char *field, *name;
    } parts[] = {{"memory", "memory"}, {"damping", "share of the correction"}, {"score_window", "errors for the width"}};
    json_value before = json_field(change, "before"), after = json_field(change, "after"), is_rollback = json_field(change, "is_rollback");
    char when[20];
    size_t i;
    kpi_time(json_whole(json_field(change, "time_ns")), when);
    for (i = 0; i < sizeof parts / sizeof *parts; i++) {
        double old = json_number(json_field(before, parts[i].field)), now = json_number(json_field(after, parts[i].field));
        if (old != now) {
            printf("    %s  %s%s %g -> %g: loss %.4g -> %.4g over %u steps, p = %.1g\n", when, is_rollback && *is_rollback == 't' ? "taken back: " : "", parts[i].name, old, now,
                   json_number(json_field(change, "loss_before")), json_number(json_field(change, "loss_after")), (unsigned)json_whole(json_field(change, "steps")),
                   json_number(json_field(change, "p_value")));
        }
    }
}

static void show_latest_changes(json_value changes)
{
    unsigned count = 0, at = 0;
    json_value change;
    for (change = json_first(changes); change; change = json_next(change)) {
        count++;
    }
    for (change = json_first(changes); change; change = json_next(change), at++) {
        if (at + CHANGES >= count) {
            show_change(change);
        }
    }
}

/* Gives how many changes of itself the loop adopted. */
static uint64_t show_loop(json_value loop)
{
    json_value metrics = json_field(loop, "metrics"), weights = json_field(json_field(loop, "experts"), "weights");
    char name[64], id[32], scale[32];
    json_value metric = json_field(metrics, first_name(metrics, name, sizeof name));
    json_value setting = json_field(metric, "setting"), tuning = json_field(metric, "tuning");
    uint64_t kept = json_whole(json_field(tuning, "adopted"));
    double gain = json_number(json_field(metric, "gain"));
    double factor = json_number(json_field(metric, "interval_scale"));
    snprintf(scale, sizeof scale, isnan(factor) ? "unbounded" : "%.2f", factor);
    printf("  %-18s%4.2f%10.2f%10.2f%12.3g%8.2f  x%9s%8g%10.0f %%%10u%14u%8u%9u\n", json_text(json_field(loop, "loop_id"), id, sizeof id), json_number(json_field(weights, "last")),
           json_number(json_field(weights, "repeated")), json_number(json_field(weights, "forecast")), json_number(json_field(metric, "bias")),
           fabs(gain) < 0.005 ? 0 : gain, scale, json_number(json_field(setting, "memory")), 100 * json_number(json_field(setting, "damping")),
           (unsigned)json_whole(json_field(setting, "score_window")), (unsigned)json_whole(json_field(tuning, "rounds")), (unsigned)kept,
           (unsigned)json_whole(json_field(tuning, "rolled_back")));
    show_latest_changes(json_field(tuning, "changes"));
    return kept;
}

void show_beliefs(rancog_strange_loop *self)
{
    uint8_t *state = rancog_strange_loop_get_state(self);
    json_value loop;
    uint64_t kept = 0;
    printf("\nABOUT ITSELF        weights of the experts       correction of mean and width     tuned: takes in, applies, width of   trials: all    kept   undone\n"
           "                    last  repeated  forecast        bias    gain      width   steps       share    errors\n");
    for (loop = json_first(json_field(text_or_exit(state), "loops")); loop; loop = json_next(loop)) {
        kept += show_loop(loop);
    }
    if (kept == 0) {
        printf("  no other setting lost 2 %% less on fresh steps at p < 0.01, so none was taken\n");
    }
    rancog_buffer_free(state);
}
