/* What calls cost in C: lines "name, tab, nanoseconds a call" (median of rounds). */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <rancognition.h>

enum { ROUNDS = 51, SAMPLES = 1008, TASKS = 1000 };

static rancog_temporal *core;
static rancog_scheduler *queue;
static uint32_t handler;
static double values[SAMPLES], mean[48], lower[48], upper[48];
static uint64_t moment = 1700000000000000000u;
static const char problem[] = "{\"id\":\"p\",\"network_id\":\"unknown\",\"problem_type\":\"t\",\"current_state\":{\"RRU.PrbTotDl\":61.5},\"objectives\":[],\"constraints\":[\"RRU.PrbTotDl <= 80\"]}";

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void row(const char *name, int calls, int units, void (*call)(void))
{
    double times[ROUNDS];
    int round, i;
    for (round = 0; round < ROUNDS; round++) {
        double start = now_ns();
        for (i = 0; i < calls; i++) {
            call();
        }
        times[round] = (now_ns() - start) / ((double)calls * units);
    }
    qsort(times, ROUNDS, sizeof *times, ascending);
    printf("%s\t%.1f\n", name, times[ROUNDS / 2]);
}

static int32_t nothing(uint64_t id, uint64_t payload, const uint8_t *data, size_t length, rancog_reply *reply, void *user_data)
{
    (void)id, (void)payload, (void)data, (void)length, (void)reply, (void)user_data;
    return 0;
}

static void clock_read(void) { rancog_nanotime(); }
static void level(void) { rancog_temporal_set_consciousness_level(core, 1.0); }
static void text_result(void) { rancog_buffer_free(rancog_temporal_get_performance_metrics(core)); }
static void expand(void) { rancog_buffer_free(rancog_temporal_expand_subjective_time(core, (const uint8_t *)problem, sizeof problem - 1, NULL, 0)); }
static void forecast(void) { rancog_temporal_forecast(core, values, SAMPLES, 3600000000000u, 48, 0.95, mean, lower, upper); }

static void observe(void)
{
    double value = 50;
    moment += 1000000000u;
    rancog_temporal_observe(core, (const uint8_t *)"n", 1, (const uint8_t *)"RRU.PrbTotDl", 12, &moment, &value, 1);
}

static void tasks(void)
{
    static rancog_task batch[TASKS];
    static rancog_task_outcome outcomes[TASKS];
    size_t count = TASKS;
    int i;
    for (i = 0; i < TASKS; i++) {
        batch[i].struct_size = sizeof *batch;
        batch[i].handler = handler;
    }
    rancog_scheduler_schedule_batch(queue, batch, TASKS, NULL);
    rancog_scheduler_execute_ready_batch(queue, TASKS, outcomes, &count);
}

int main(void)
{
    int i;
    core = rancog_temporal_create(200, 24, NULL);
    queue = rancog_scheduler_create((const uint8_t *)"{\"mode\":\"virtual\"}", 18, NULL);
    handler = rancog_scheduler_register_handler(queue, (const uint8_t *)"nothing", 7, nothing, NULL);
    for (i = 0; i < SAMPLES; i++) {
        values[i] = 50 + 20 * sin(i * 2 * 3.141592653589793 / 24) + i % 7;
    }
    row("the clock", 10000, 1, clock_read);
    row("a checked handle, no result", 10000, 1, level);
    row("a JSON result, as text", 2000, 1, text_result);
    row("one sample observed", 2000, 1, observe);
    row("a task: scheduled, run, handler called", 10, TASKS, tasks);
    row("a small problem analysed, as text", 100, 1, expand);
    row("a forecast, 1008 samples, 48 ahead", 5, 1, forecast);
    rancog_scheduler_destroy(queue);
    rancog_temporal_destroy(core);
    return 0;
}
