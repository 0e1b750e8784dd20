/* The story of the parity test in C. usage: parity FOLDER-OF-INPUTS */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rancognition.h>

typedef struct {
    uint8_t *bytes;
    size_t length;
} file;

static const char *folder;

static file read_file(const char *name)
{
    file f = {NULL, 0};
    char path[4096];
    FILE *in;
    long length;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    in = fopen(path, "rb");
    if (in == NULL || fseek(in, 0, SEEK_END) != 0 || (length = ftell(in)) < 0) {
        perror(path);
        exit(2);
    }
    rewind(in);
    f.length = (size_t)length;
    f.bytes = malloc(f.length + 1);
    if (f.bytes == NULL || fread(f.bytes, 1, f.length, in) != f.length) {
        perror(path);
        exit(2);
    }
    fclose(in);
    return f;
}

/* ---- lines ---- */
static void number(const char *name, uint64_t value) { printf("%s\t%llu\n", name, (unsigned long long)value); }

static void status(const char *name, int32_t value)
{
    if (value == RANCOG_OK) {
        printf("%s\tok\n", name);
    } else {
        printf("%s\t%d %s\n", name, (int)rancog_last_status(), rancog_last_error_message());
    }
}

static void doubles(const char *name, const double *values, size_t n)
{
    size_t i;
    printf("%s\t", name);
    for (i = 0; i < n; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        printf("%016llx", (unsigned long long)bits);
    }
    printf("\n");
}

static void floats(const char *name, const float *values, size_t n)
{
    size_t i;
    printf("%s\t", name);
    for (i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        printf("%08x", (unsigned)bits);
    }
    printf("\n");
}

static uint32_t length_of(const uint8_t *buffer)
{
    return buffer[0] | (uint32_t)buffer[1] << 8 | (uint32_t)buffer[2] << 16 | (uint32_t)buffer[3] << 24;
}

static uint8_t *json(const char *name, uint8_t *buffer)
{
    if (rancog_last_status() != RANCOG_OK) {
        status(name, rancog_last_status());
    } else {
        printf("%s\t%s\n", name, (const char *)buffer + 4);
    }
    return buffer;
}

static void json_free(const char *name, uint8_t *buffer) { rancog_buffer_free(json(name, buffer)); }

static void page(const char *name, uint8_t *buffer)
{
    uint64_t hash = 14695981039346656037u;
    uint32_t i, length = length_of(buffer);
    for (i = 0; i < length; i++) {
        hash = (hash ^ buffer[4 + i]) * 1099511628211u;
    }
    printf("%s\t%u %016llx\n", name, (unsigned)length, (unsigned long long)hash);
    rancog_buffer_free(buffer);
}

/* ---- the host ---- */
static uint64_t fixed_clock(void *unused)
{
    (void)unused;
    return 1600000000000000000u;
}

static uint64_t fixed_bits(void *unused)
{
    (void)unused;
    return 42;
}

static rancog_host fixed_host(void)
{
    rancog_host host;
    memset(&host, 0, sizeof host);
    host.struct_size = sizeof host;
    host.now_ns = fixed_clock;
    host.random_u64 = fixed_bits;
    return host;
}

/* ---- chapters ---- */
static void library(void)
{
    uint64_t first = rancog_nanotime(), second = rancog_nanotime();
    uint8_t *info = rancog_runtime_info();
    number("abi_version", rancog_abi_version());
    printf("version_string\t%s\n", rancog_version_string());
    number("nanotime goes on", first > 1600000000000000000u && second >= first);
    number("runtime_info tells the version", strstr((const char *)info + 4, rancog_version_string()) != NULL);
    rancog_buffer_free(info);
}

static void temporal(const rancog_host *host)
{
    file problem = read_file("problem.json"), constraints = read_file("constraints.json"), problems = read_file("problems.json");
    file observed = read_file("observed.json"), timeline = read_file("timeline.json"), samples = read_file("values.f64"), moments = read_file("times.u64");
    const double *values = (const double *)(void *)samples.bytes;
    size_t n = samples.length / sizeof *values, count = n, i, *indices = malloc(n * sizeof *indices);
    uint64_t hour = 3600000000000u;
    double mean[12], lower[12], upper[12], *scores = malloc(n * sizeof *scores);
    uint8_t *flags = malloc(n), *result;
    rancog_temporal *core = rancog_temporal_create(50, 12, host);

    result = json("expand_subjective_time", rancog_temporal_expand_subjective_time(core, problem.bytes, problem.length, constraints.bytes, constraints.length));
    page("report_render", rancog_report_render(result + 4, length_of(result)));
    rancog_buffer_free(result);
    status("set_consciousness_level", rancog_temporal_set_consciousness_level(core, 0.5));
    json_free("parallel_temporal_analysis", rancog_temporal_parallel_temporal_analysis(core, problems.bytes, problems.length, 2));
    json_free("analyze_temporal_patterns", rancog_temporal_analyze_temporal_patterns(core, timeline.bytes, timeline.length));
    json_free("predict_future_states", rancog_temporal_predict_future_states(core, timeline.bytes, timeline.length, 6 * hour));
    json_free("optimize_temporal_expansion", rancog_temporal_optimize_temporal_expansion(core, timeline.bytes, timeline.length));
    status("forecast", rancog_temporal_forecast(core, values, n, hour, 12, 0.9, mean, lower, upper));
    doubles("forecast mean", mean, 12);
    doubles("forecast lower", lower, 12);
    doubles("forecast upper", upper, 12);
    status("observe", rancog_temporal_observe(core, (const uint8_t *)"observed", 8, (const uint8_t *)"RRU.PrbTotDl", 12, (const uint64_t *)(void *)moments.bytes, values, n));
    json_free("expand_subjective_time of what was observed", rancog_temporal_expand_subjective_time(core, observed.bytes, observed.length, NULL, 0));
    status("score_anomalies", rancog_temporal_score_anomalies(core, values, n, hour, scores));
    doubles("scores", scores, n);
    status("detect_anomalies", rancog_temporal_detect_anomalies(core, values, n, hour, flags));
    printf("flags\t");
    for (i = 0; i < n; i++) {
        printf("%d", flags[i]);
    }
    printf("\n");
    status("detect_change_points", rancog_temporal_detect_change_points(core, values, n, hour, indices, &count));
    printf("change points\t");
    for (i = 0; i < count; i++) {
        printf("%u ", (unsigned)indices[i]);
    }
    printf("\n");
    json_free("get_performance_metrics", rancog_temporal_get_performance_metrics(core));
    json_free("a problem that is cut short", rancog_temporal_expand_subjective_time(core, (const uint8_t *)"{\"id\":", 6, NULL, 0));
    status("a coverage of 2", rancog_temporal_forecast(core, values, n, hour, 12, 2.0, mean, lower, upper));
    rancog_temporal_destroy(core);
    free(problem.bytes), free(constraints.bytes), free(problems.bytes), free(observed.bytes), free(timeline.bytes), free(samples.bytes), free(moments.bytes);
    free(indices), free(scores), free(flags);
}

static int32_t echo(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *unused)
{
    char text[100];
    int length = snprintf(text, sizeof text, "{\"id\":%llu,\"payload\":%llu,\"bytes\":%u}", (unsigned long long)task_id, (unsigned long long)payload, (unsigned)data_len);
    (void)data;
    (void)unused;
    return rancog_reply_write(reply, (const uint8_t *)text, (size_t)length);
}

static void scheduler(const rancog_host *host)
{
    static const uint8_t type[] = "{\"Custom\":\"echo\"}";
    file options = read_file("scheduler.json");
    rancog_scheduler *self = rancog_scheduler_create(options.bytes, options.length, host);
    uint32_t handler = rancog_scheduler_register_handler(self, (const uint8_t *)"echo", 4, echo, NULL);
    uint64_t task, ids[2];
    size_t count = 10, i;
    rancog_task batch[2];
    rancog_task_outcome outcomes[10];
    uint8_t *snapshot;

    number("register_handler", handler);
    task = rancog_scheduler_schedule_task(self, 5000, 3, type, sizeof type - 1, (const uint8_t *)"hello", 5);
    number("schedule_task", task);
    number("schedule_recurring_task", rancog_scheduler_schedule_recurring_task(self, 250, 1, type, sizeof type - 1, (const uint8_t *)"{\"again\":true}", 14, 3));
    memset(batch, 0, sizeof batch);
    for (i = 0; i < 2; i++) {
        batch[i].struct_size = sizeof batch[i];
        batch[i].handler = handler;
        batch[i].execute_time = 1500 + i;
        batch[i].payload = 11 + i;
    }
    status("schedule_batch", rancog_scheduler_schedule_batch(self, batch, 2, ids));
    number("schedule_batch id 0", ids[0]);
    number("schedule_batch id 1", ids[1]);
    status("reschedule_task", rancog_scheduler_reschedule_task(self, task, 1400));
    status("cancel_task", rancog_scheduler_cancel_task(self, ids[1]));
    status("cancel_task of none", rancog_scheduler_cancel_task(self, 999999));
    snapshot = json("snapshot", rancog_scheduler_snapshot(self));
    number("get_next_execution_time", rancog_scheduler_get_next_execution_time(self));
    status("advance_time", rancog_scheduler_advance_time(self, 300));
    json_free("execute_ready_tasks", rancog_scheduler_execute_ready_tasks(self, SIZE_MAX));
    status("run", rancog_scheduler_run(self, 1450, NULL));
    status("advance_time", rancog_scheduler_advance_time(self, 100));
    status("execute_ready_batch", rancog_scheduler_execute_ready_batch(self, 10, outcomes, &count));
    for (i = 0; i < count; i++) {
        printf("outcome\t%llu %llu %llu %u %d %llu\n", (unsigned long long)outcomes[i].task_id, (unsigned long long)outcomes[i].execute_time,
               (unsigned long long)outcomes[i].lateness_ns, (unsigned)outcomes[i].handler, (int)outcomes[i].status, (unsigned long long)outcomes[i].payload);
    }
    json_free("get_queue_status", rancog_scheduler_get_queue_status(self));
    status("restore", rancog_scheduler_restore(self, snapshot + 4, length_of(snapshot)));
    rancog_buffer_free(snapshot);
    json_free("get_queue_status of what was restored", rancog_scheduler_get_queue_status(self));
    rancog_scheduler_destroy(self);
    free(options.bytes);
}

static void loader(const rancog_host *host)
{
    file options = read_file("loader.json"), config = read_file("module.json"), samples = read_file("values.f64");
    rancog_loader *self = rancog_loader_create(options.bytes, options.length, host);
    rancog_module *module = rancog_loader_load_module(self, (const uint8_t *)"temporal", 8, config.bytes, config.length);
    double mean[3];
    json_free("interfaces", rancog_module_interfaces(module));
    json_free("memory", rancog_module_memory(module));
    status("forecast of a module", rancog_temporal_forecast(rancog_module_get_temporal(module), (const double *)(void *)samples.bytes, samples.length / sizeof(double), 3600000000000u, 3, 0.9, mean, NULL, NULL));
    doubles("mean of a module", mean, 3);
    module = rancog_loader_load_module(self, (const uint8_t *)"scheduler", 9, (const uint8_t *)"{\"mode\":\"virtual\"}", 18);
    json_free("get_queue_status of a module", rancog_scheduler_get_queue_status(rancog_module_get_scheduler(module)));
    status("unload_module", rancog_loader_unload_module(self, (const uint8_t *)"scheduler", 9));
    status("a module that is not there", rancog_loader_load_module(self, (const uint8_t *)"wisdom", 6, NULL, 0) == NULL ? rancog_last_status() : 0);
    rancog_loader_destroy(self);
    free(options.bytes), free(config.bytes), free(samples.bytes);
}

static void simd(void)
{
    file numbers = read_file("floats.f32"), weights = read_file("weights.f32");
    const float *a = (const float *)(void *)numbers.bytes, *b = (const float *)(void *)weights.bytes;
    size_t n = numbers.length / sizeof *a, i;
    uint8_t *reached = malloc(n);
    float *products = malloc(n * sizeof *products);
    status("vectorized_pattern_matching", rancog_simd_vectorized_pattern_matching(a, b, b, n, reached));
    printf("reached\t");
    for (i = 0; i < n; i++) {
        printf("%d", reached[i]);
    }
    printf("\n");
    status("parallel_temporal_computation", rancog_simd_parallel_temporal_computation(a, b, n, 5, products));
    floats("products", products, n);
    free(numbers.bytes), free(weights.bytes), free(reached), free(products);
}

static void pool(const rancog_host *host)
{
    file options = read_file("pool.json");
    rancog_pool *self = rancog_pool_create(options.bytes, options.length, host);
    void *first = rancog_pool_allocate(self, 100), *second = rancog_pool_allocate(self, 5000);
    memset(first, 1, 100);
    json_free("get_stats", rancog_pool_get_stats(self));
    status("deallocate", rancog_pool_deallocate(self, first, 100));
    status("a block of the whole budget", rancog_pool_allocate(self, 1 << 20) == NULL ? rancog_last_status() : 0);
    status("deallocate", rancog_pool_deallocate(self, second, 5000));
    json_free("get_stats after it", rancog_pool_get_stats(self));
    rancog_pool_destroy(self);
    free(options.bytes);
}

static void memory_of_situations(const rancog_host *host)
{
    file episodes = read_file("memory_episodes.json"), query = read_file("memory_recall.json"), words = read_file("memory_text.json");
    file update = read_file("memory_update.json"), skills = read_file("memory_skills.json");
    rancog_memory *self = rancog_memory_create(NULL, 0, host);
    json_free("memory store", rancog_memory_store(self, episodes.bytes, episodes.length));
    json_free("memory recall", rancog_memory_recall(self, query.bytes, query.length));
    json_free("memory text", rancog_memory_recall(self, words.bytes, words.length));
    json_free("memory update", rancog_memory_update(self, update.bytes, update.length));
    json_free("memory recall after", rancog_memory_recall(self, query.bytes, query.length));
    json_free("memory analyze", rancog_memory_analyze(self, skills.bytes, skills.length));
    status("memory remove", rancog_memory_remove(self, 2));
    status("memory remove of none", rancog_memory_remove(self, 999));
    json_free("memory stats", rancog_memory_get_stats(self));
    status("memory flush", rancog_memory_flush(self));
    rancog_memory_destroy(self);
    free(episodes.bytes), free(query.bytes), free(words.bytes), free(update.bytes), free(skills.bytes);
}

enum { EPISODES = 16, DIMENSION = 8, HITS = 4 };

static void memory_of_vectors(const rancog_host *host)
{
    static const char options[] = "{\"dimension\":8,\"metric\":\"cosine\"}";
    file vectors = read_file("memory_vectors.f32"), query = read_file("memory_query.f32");
    rancog_memory *self = rancog_memory_create((const uint8_t *)options, sizeof options - 1, host);
    rancog_episode episodes[EPISODES];
    rancog_filter filter;
    rancog_hit hits[HITS];
    uint64_t ids[EPISODES];
    size_t count = HITS, i;
    int32_t done;

    memset(episodes, 0, sizeof episodes);
    for (i = 0; i < EPISODES; i++) {
        episodes[i].struct_size = sizeof episodes[i];
        episodes[i].time_ns = 1500000000000000000u + i;
        episodes[i].cell = (uint8_t *)(i % 2 == 0 ? "c1" : "c2");
        episodes[i].cell_length = 2;
        episodes[i].vector = (float *)(void *)vectors.bytes + i * DIMENSION;
        episodes[i].dimension = DIMENSION;
        episodes[i].reward = (double)i / 10.0;
        episodes[i].success = (int32_t)(i % 2);
    }
    done = rancog_memory_append(self, episodes, EPISODES, -1, ids);
    if (done == RANCOG_OK) {
        printf("memory append\t");
        for (i = 0; i < EPISODES; i++) {
            printf("%s%llu", i == 0 ? "" : " ", (unsigned long long)ids[i]);
        }
        printf("\n");
    } else {
        status("memory append", done);
    }

    memset(&filter, 0, sizeof filter);
    filter.struct_size = sizeof filter;
    filter.flags = RANCOG_FILTER_TIME;
    filter.cell = (uint8_t *)"c1";
    filter.cell_length = 2;
    filter.from_ns = 1500000000000000002u;
    filter.until_ns = 1500000000000000012u;
    done = rancog_memory_search(self, (const float *)(void *)query.bytes, DIMENSION, HITS, &filter, hits, &count);
    if (done == RANCOG_OK) {
        printf("memory search\t");
        for (i = 0; i < count; i++) {
            uint64_t bits;
            memcpy(&bits, &hits[i].distance, sizeof bits);
            printf("%s%llu %016llx", i == 0 ? "" : " ", (unsigned long long)hits[i].id, (unsigned long long)bits);
        }
        printf("\n");
    } else {
        status("memory search", done);
    }
    rancog_memory_destroy(self);
    free(vectors.bytes), free(query.bytes);
}

static void memory_of_a_loader(const rancog_host *host)
{
    static const uint8_t episode[] = "{\"vector\":[1,2,3],\"time_ns\":5}";
    rancog_loader *loader = rancog_loader_create(NULL, 0, host);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"memory", 6, NULL, 0);
    json_free("module memory store", rancog_memory_store(rancog_module_get_memory(module), episode, sizeof episode - 1));
    rancog_loader_destroy(loader);
}

static void memory(const rancog_host *host)
{
    memory_of_situations(host);
    memory_of_vectors(host);
    memory_of_a_loader(host);
}

/* What the story evaluates: + - * only, in the order written, so that every language gives the same bits. */
static void evaluate_mixed(const double *x, double *objectives, double *constraints)
{
    double a = x[0], b = x[1], c = x[2], d = x[3], e = x[4];
    objectives[0] = (a - 0.5) * (a - 0.5) + (b - 2) * (b - 2) + (c - 2) * (c - 2) + d * 3 + (e - 1) * (e - 1);
    constraints[0] = 1 - a - b;
}

static int32_t mixed(const double *x, size_t n, double *objectives, size_t n_objectives, double *constraints, size_t n_constraints, void *unused)
{
    (void)unused;
    if (n != 5 || n_objectives != 1 || n_constraints != 1) {
        return 1;
    }
    evaluate_mixed(x, objectives, constraints);
    return 0;
}

static int32_t front(const double *x, size_t rows, size_t n, double *objectives, size_t n_objectives, double *constraints, size_t n_constraints, void *unused)
{
    size_t i;
    (void)constraints;
    (void)unused;
    if (n != 2 || n_objectives != 2 || n_constraints != 0) {
        return 1;
    }
    for (i = 0; i < rows; i++) {
        double x_i = x[2 * i], y_i = x[2 * i + 1];
        objectives[2 * i] = x_i * x_i + y_i * y_i;
        objectives[2 * i + 1] = x_i + y_i - x_i * y_i;
    }
    return 0;
}

enum { VARIABLES = 5, CAPACITY = 7 };

static void ask_and_tell(rancog_optimization *self, const file *problem)
{
    double x[CAPACITY * VARIABLES], objectives[CAPACITY], constraints[CAPACITY];
    unsigned asks = 0, points = 0;
    size_t rows = 0, i;
    int32_t done = rancog_optimization_begin(self, problem->bytes, problem->length);
    while (done == RANCOG_OK && (done = rancog_optimization_ask(self, x, CAPACITY, &rows)) == RANCOG_OK && rows > 0) {
        asks++;
        points += (unsigned)rows;
        for (i = 0; i < rows; i++) {
            evaluate_mixed(x + i * VARIABLES, objectives + i, constraints + i);
        }
        done = rancog_optimization_tell(self, x, objectives, constraints, rows);
    }
    if (done == RANCOG_OK) {
        printf("optimization ask\t%u %u\n", asks, points);
    } else {
        status("optimization ask", done);
    }
}

static void optimization(const rancog_host *host)
{
    static const char options[] = "{\"seed\":3}";
    file bbob = read_file("optimization_bbob.json"), es = read_file("optimization_es.json"), knobs = read_file("optimization_mixed.json");
    file goals = read_file("optimization_front.json"), network = read_file("optimization_network.json"), bad = read_file("optimization_bad.json");
    rancog_optimization *self = rancog_optimization_create((const uint8_t *)options, sizeof options - 1, host);
    rancog_loader *loader;
    rancog_module *module;
    json_free("optimization bbob", rancog_optimization_optimize(self, bbob.bytes, bbob.length));
    json_free("optimization es", rancog_optimization_optimize(self, es.bytes, es.length));
    json_free("optimization with", rancog_optimization_optimize_with(self, knobs.bytes, knobs.length, mixed, NULL));
    json_free("optimization batch", rancog_optimization_optimize_with_batch(self, goals.bytes, goals.length, front, NULL));
    ask_and_tell(self, &knobs);
    json_free("optimization result", rancog_optimization_result(self));
    json_free("optimization network", rancog_optimization_evaluate_network(self, network.bytes, network.length));
    json_free("optimization bad", rancog_optimization_optimize(self, bad.bytes, bad.length));
    rancog_optimization_destroy(self);

    loader = rancog_loader_create(NULL, 0, host);
    module = rancog_loader_load_module(loader, (const uint8_t *)"optimization", 12, NULL, 0);
    json_free("module optimization network", rancog_optimization_evaluate_network(rancog_module_get_optimization(module), network.bytes, network.length));
    rancog_loader_destroy(loader);
    free(bbob.bytes), free(es.bytes), free(knobs.bytes), free(goals.bytes), free(network.bytes), free(bad.bytes);
}

/* ---- the strange loop ---- */
static int32_t bend(const double *x, size_t n, double *image, void *unused)
{
    (void)unused;
    if (n != 2) {
        return 1;
    }
    image[0] = 0.5 * x[1] * x[1] - 0.25 * x[0] + 0.1;
    image[1] = 0.5 * x[0] + 0.25 * x[1];
    return 0;
}

/* The next object of an array whose texts have no braces in them; its length is 0 after the last. */
static file next_element(const file *array, size_t *at)
{
    file element = {NULL, 0};
    int depth = 0;
    for (; *at < array->length; ++*at) {
        const uint8_t byte = array->bytes[*at];
        if (byte == '{' && depth++ == 0) {
            element.bytes = array->bytes + *at;
        }
        if (byte == '}' && --depth == 0) {
            element.length = (size_t)(array->bytes + ++*at - element.bytes);
            break;
        }
    }
    return element;
}

static void observe_all(rancog_strange_loop *self)
{
    file told = read_file("loop_observations.json"), element;
    uint8_t *reply = NULL;
    size_t at = 0;
    for (element = next_element(&told, &at); element.length > 0; element = next_element(&told, &at)) {
        rancog_buffer_free(reply);
        reply = rancog_strange_loop_observe(self, element.bytes, element.length);
        if (rancog_last_status() != RANCOG_OK) {
            break;
        }
    }
    json_free("loop observe", reply);
    free(told.bytes);
}

static void strange_loop(const rancog_host *host)
{
    static const char options[] = "{\"aci_step\":0.1}";
    file linear = read_file("loop_linear.json"), coupling = read_file("loop_coupling.json"), with = read_file("loop_with.json");
    file conflicts = read_file("loop_conflicts.json"), bad = read_file("loop_bad.json");
    rancog_strange_loop *self = rancog_strange_loop_create((const uint8_t *)options, sizeof options - 1, host), *other;
    rancog_loader *loader;
    rancog_module *module;
    uint8_t *state;
    int32_t done;
    json_free("loop linear", rancog_strange_loop_solve(self, linear.bytes, linear.length));
    json_free("loop coupling", rancog_strange_loop_solve(self, coupling.bytes, coupling.length));
    json_free("loop with", rancog_strange_loop_solve_with(self, with.bytes, with.length, bend, NULL));
    observe_all(self);
    json_free("loop conflicts", rancog_strange_loop_detect_conflicts(self, conflicts.bytes, conflicts.length));
    state = json("loop state", rancog_strange_loop_get_state(self));
    other = rancog_strange_loop_create((const uint8_t *)options, sizeof options - 1, host);
    done = rancog_strange_loop_restore(other, state + 4, length_of(state));
    if (done == RANCOG_OK) {
        json_free("loop restored", rancog_strange_loop_get_state(other));
    } else {
        status("loop restored", done);
    }
    rancog_buffer_free(state);
    rancog_strange_loop_destroy(other);
    json_free("loop bad", rancog_strange_loop_observe(self, bad.bytes, bad.length));
    rancog_strange_loop_destroy(self);

    loader = rancog_loader_create(NULL, 0, host);
    module = rancog_loader_load_module(loader, (const uint8_t *)"strangeLoop", 11, NULL, 0);
    json_free("module loop linear", rancog_strange_loop_solve(rancog_module_get_strange_loop(module), linear.bytes, linear.length));
    rancog_loader_destroy(loader);
    free(linear.bytes), free(coupling.bytes), free(with.bytes), free(conflicts.bytes), free(bad.bytes);
}

/* ---- cognition ---- */
static double times_said(const uint8_t *question, size_t length, const char *word)
{
    const size_t letters = strlen(word);
    double times = 0;
    size_t i;
    for (i = 0; i + letters <= length; i++) {
        times += memcmp(question + i, word, letters) == 0;
    }
    return times;
}

static int32_t what_if(const uint8_t *question, size_t length, double *values, size_t n, void *unused)
{
    const double actions = times_said(question, length, "managedObject");
    size_t i;
    (void)unused;
    for (i = 0; i < n; i++) {
        values[i] = 10 + (double)i + actions;
    }
    return 0;
}

/* A record of one decision, made anew and replayed. */
static void recorded_cognition(const file *problem, const rancog_host *host)
{
    char path[4096], options[sizeof path + 64];
    rancog_cognitive *self;
    snprintf(path, sizeof path, "%s/cognition_record.jsonl", folder);
    snprintf(options, sizeof options, "{\"seed\":7,\"record_to\":\"%s\"}", path);
    remove(path);
    self = rancog_cognitive_create((const uint8_t *)options, strlen(options), host);
    rancog_buffer_free(rancog_cognitive_decide(self, problem->bytes, problem->length, NULL, 0));
    rancog_cognitive_destroy(self);
    json_free("cognition replay", rancog_cognitive_replay((const uint8_t *)path, strlen(path), host));
}

static void cognition(const rancog_host *host)
{
    static const char options[] = "{\"seed\":7}";
    file mro = read_file("cognition_mro.json"), constraints = read_file("cognition_constraints.json"), candidates = read_file("cognition_candidates.json");
    file with = read_file("cognition_with.json"), rows = read_file("cognition_rows.json"), ves = read_file("cognition_ves.json");
    file outcome = read_file("cognition_outcome.json"), bad = read_file("cognition_bad.json");
    rancog_cognitive *self = rancog_cognitive_create((const uint8_t *)options, sizeof options - 1, host);
    rancog_loader *loader;
    rancog_module *module;
    json_free("cognition mro", rancog_cognitive_decide(self, mro.bytes, mro.length, constraints.bytes, constraints.length));
    json_free("cognition candidates", rancog_cognitive_decide(self, candidates.bytes, candidates.length, NULL, 0));
    json_free("cognition with", rancog_cognitive_decide_with(self, with.bytes, with.length, NULL, 0, what_if, NULL));
    json_free("cognition rows", rancog_cognitive_ingest(self, rows.bytes, rows.length));
    json_free("cognition ves", rancog_cognitive_ingest(self, ves.bytes, ves.length));
    json_free("cognition outcome", rancog_cognitive_report_outcome(self, outcome.bytes, outcome.length));
    json_free("cognition rollback", rancog_cognitive_rollback(self, 1));
    json_free("cognition rollback of none", rancog_cognitive_rollback(self, 999));
    json_free("cognition state", rancog_cognitive_get_state(self));
    json_free("cognition bad", rancog_cognitive_decide(self, bad.bytes, bad.length, NULL, 0));
    rancog_cognitive_destroy(self);
    recorded_cognition(&mro, host);

    loader = rancog_loader_create(NULL, 0, host);
    module = rancog_loader_load_module(loader, (const uint8_t *)"cognitive", 9, NULL, 0);
    json_free("module cognition mro", rancog_cognitive_decide(rancog_module_get_cognitive(module), mro.bytes, mro.length, NULL, 0));
    rancog_loader_destroy(loader);
    free(mro.bytes), free(constraints.bytes), free(candidates.bytes), free(with.bytes), free(rows.bytes), free(ves.bytes), free(outcome.bytes), free(bad.bytes);
}

int main(int argc, char **argv)
{
    rancog_host host = fixed_host();
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER-OF-INPUTS\n", argv[0]);
        return 2;
    }
    folder = argv[1];
    library();
    temporal(&host);
    scheduler(&host);
    loader(&host);
    simd();
    pool(&host);
    memory(&host);
    optimization(&host);
    strange_loop(&host);
    cognition(&host);
    number("buffers_outstanding", rancog_buffers_outstanding());
    return 0;
}
