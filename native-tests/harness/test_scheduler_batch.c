/* Batches without JSON: order, ids, outcomes and their room. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "scheduler_kit.h"

static rancog_scheduler *self;
static kit_record seen;
static uint32_t note;

static void begin(void)
{
    self = kit_virtual("");
    note = kit_register(self, "note", &seen);
}

static void done(void)
{
    rancog_scheduler_destroy(self);
}

static void batches_run_in_order_with_their_payloads(void)
{
    rancog_task tasks[6];
    rancog_task_outcome outcomes[8];
    uint64_t ids[6];
    size_t n = 8, i;
    static const size_t order[] = {3, 1, 4, 0, 2, 5}; /* by time, priority, arrival */
    begin();
    tasks[0] = kit_task(note, 20, 1, 100);
    tasks[1] = kit_task(note, 10, 2, 101);
    tasks[2] = kit_task(note, 20, 1, 102);
    tasks[3] = kit_task(note, 10, 0, 103);
    tasks[4] = kit_task(note, 20, 0, UINT64_MAX);
    tasks[5] = kit_task(note, 21, 0, 0);
    CHECK(rancog_scheduler_schedule_batch(self, tasks, 6, ids) == RANCOG_OK);
    for (i = 1; i < 6; i++) {
        CHECK(ids[i] == ids[0] + i);
    }
    CHECK(rancog_scheduler_advance_time(self, 25) == RANCOG_OK);
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, outcomes, &n) == RANCOG_OK);
    CHECK(n == 6 && seen.runs == 6);
    for (i = 0; i < 6; i++) {
        const rancog_task *task = &tasks[order[i]];
        CHECK(outcomes[i].task_id == ids[order[i]] && seen.ids[i] == outcomes[i].task_id);
        CHECK(outcomes[i].payload == task->payload && seen.payloads[i] == task->payload);
        CHECK(outcomes[i].execute_time == task->execute_time && outcomes[i].lateness_ns == 25 - task->execute_time);
        CHECK(outcomes[i].handler == note && outcomes[i].status == 0);
        CHECK(strcmp(seen.data[i], "-") == 0);
    }
    done();
}

static void the_room_for_outcomes_bounds_the_executions(void)
{
    rancog_task tasks[10];
    rancog_task_outcome outcomes[4];
    size_t n, i;
    begin();
    for (i = 0; i < 10; i++) {
        tasks[i] = kit_task(note, i, 0, i);
    }
    CHECK(rancog_scheduler_schedule_batch(self, tasks, 10, NULL) == RANCOG_OK);
    CHECK(rancog_scheduler_advance_time(self, 100) == RANCOG_OK);
    memset(outcomes, 0x55, sizeof outcomes);
    n = 3;
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, outcomes, &n) == RANCOG_OK);
    CHECK(n == 3 && seen.runs == 3 && outcomes[2].payload == 2 && outcomes[3].payload == 0x5555555555555555u);
    n = 4;
    CHECK(rancog_scheduler_execute_ready_batch(self, 2, outcomes, &n) == RANCOG_OK);
    CHECK(n == 2 && seen.runs == 5 && outcomes[1].payload == 4);
    n = 0;
    CHECK(rancog_scheduler_execute_ready_batch(self, 2, outcomes, &n) == RANCOG_OK);
    CHECK(n == 0 && seen.runs == 5);
    n = 0;
    CHECK(rancog_scheduler_execute_ready_batch(self, 4, NULL, &n) == RANCOG_OK); /* only counted */
    CHECK(n == 4 && seen.runs == 9);
    n = 4;
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, outcomes, &n) == RANCOG_OK);
    CHECK(n == 1 && outcomes[0].payload == 9);
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, outcomes, &n) == RANCOG_OK && n == 0);
    done();
}

static void outcomes_tell_what_went_wrong(void)
{
    rancog_task_outcome outcomes[6];
    rancog_task task;
    size_t n = 6;
    begin();
    task = kit_task(note, 0, 0, 5);
    seen.answer = -77;
    CHECK(rancog_scheduler_schedule_batch(self, &task, 1, NULL) == RANCOG_OK);
    kit_custom(self, 0, 1, "nobody", NULL);
    kit_schedule(self, 0, 2, "\"CognitiveProcessing\"", NULL);
    kit_schedule(self, 0, 3, "\"TemporalAnalysis\"", "{");
    kit_schedule(self, 0, 4, "{\"type\":{\"Custom\":\"note\"},\"deadline_ns\":0,\"drop_late\":true}", "d");
    kit_schedule(self, 0, 5, "\"TemporalAnalysis\"", sample_problem_full);
    CHECK(rancog_scheduler_advance_time(self, 1) == RANCOG_OK);
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, outcomes, &n) == RANCOG_OK && n == 6);
    CHECK(outcomes[0].status == -77 && outcomes[0].handler == note && outcomes[0].payload == 5);
    CHECK(outcomes[1].status == RANCOG_E_NOT_FOUND);
    CHECK(outcomes[2].status == RANCOG_E_INTERNAL && outcomes[2].handler == 0);
    CHECK(outcomes[3].status == RANCOG_E_INTERNAL && outcomes[3].handler == 0 && outcomes[3].payload == 0);
    CHECK(outcomes[4].status == RANCOG_E_CANCELLED && outcomes[4].handler == note && outcomes[4].payload == 0);
    CHECK(outcomes[5].status == 0);
    CHECK(seen.runs == 1);
    done();
}

static void a_batch_may_hold_recurring_tasks(void)
{
    rancog_task tasks[2];
    uint64_t ids[2];
    size_t n = 0;
    begin();
    tasks[0] = kit_task(note, 5, 0, 8);
    tasks[0].interval = 10;
    tasks[0].max_executions = 3;
    tasks[1] = kit_task(note, 5, 0, 9);
    tasks[1].max_executions = 7; /* not looked at: interval is 0 */
    CHECK(rancog_scheduler_schedule_batch(self, tasks, 2, ids) == RANCOG_OK);
    CHECK(ids[1] == ids[0] + 3);
    CHECK(rancog_scheduler_get_next_execution_time(self) == 5);
    CHECK(rancog_scheduler_advance_time(self, 1000) == RANCOG_OK);
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, NULL, &n) == RANCOG_OK);
    CHECK(n == 4 && seen.runs == 4);
    CHECK(seen.payloads[0] == 8 && seen.payloads[1] == 9 && seen.ids[3] == ids[0] + 2);
    CHECK(kit_status(self, "pending_tasks") == 0);
    done();
}

static void a_million_equal_times_keep_their_order(void)
{
    size_t count = check_scale(1000000, 5000), i, n = count;
    rancog_task *tasks = malloc(count * sizeof *tasks);
    rancog_task_outcome *outcomes = malloc(count * sizeof *outcomes);
    begin();
    for (i = 0; i < count; i++) {
        tasks[i] = kit_task(note, 7, (uint8_t)(i % 5), i);
    }
    CHECK(rancog_scheduler_schedule_batch(self, tasks, count, NULL) == RANCOG_OK);
    CHECK(rancog_scheduler_advance_time(self, 7) == RANCOG_OK);
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, outcomes, &n) == RANCOG_OK);
    CHECK(n == count);
    for (i = 1; i < n; i++) {
        uint64_t before = outcomes[i - 1].payload, here = outcomes[i].payload;
        if (!CHECK(before % 5 < here % 5 || (before % 5 == here % 5 && before < here))) {
            break;
        }
    }
    free(tasks);
    free(outcomes);
    done();
}

int main(void)
{
    RUN(batches_run_in_order_with_their_payloads);
    RUN(the_room_for_outcomes_bounds_the_executions);
    RUN(outcomes_tell_what_went_wrong);
    RUN(a_batch_may_hold_recurring_tasks);
    RUN(a_million_equal_times_keep_their_order);
    return check_finish();
}
