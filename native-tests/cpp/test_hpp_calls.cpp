// Every function of rancognition.h through rancognition.hpp, with errors as exceptions and as values; results are equal to the
// last byte to those of the C functions. Compiled with exceptions and without.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "kit.hpp"

extern "C" {
#include "samples.h"
}

namespace {

using kit::has;
using kit::plain;

constexpr std::uint64_t fixed_now = 1600000000000000000u;

rancog::host fixed_clock()
{
    rancog::host host;
    host.now_ns = [] { return fixed_now; };
    return host;
}

rancog_host fixed_clock_in_c()
{
    rancog_host host{};
    host.struct_size = sizeof host;
    host.now_ns = [](void *) { return fixed_now; };
    return host;
}

const std::uint8_t *bytes(std::string_view text) { return reinterpret_cast<const std::uint8_t *>(text.data()); }

bool same(const rancog::buffer &ours, std::uint8_t *c)
{
    const rancog::buffer theirs(c);
    return !ours.empty() && ours.view() == theirs.view() && has(ours, "{");
}

std::vector<double> kpi(std::size_t n)
{
    std::vector<double> values(n);
    sample_kpi(values.data(), n, 7);
    return values;
}

struct plain_core {
    rancog_temporal *raw;
    plain_core()
    {
        const rancog_host host = fixed_clock_in_c();
        raw = rancog_temporal_create(50, 8, &host);
    }
    plain_core(const plain_core &) = delete;
    plain_core &operator=(const plain_core &) = delete;
    ~plain_core() { rancog_temporal_destroy(raw); }
};

template <class Errors>
void temporal_json_is_that_of_c()
{
    auto core = plain(rancog::basic_temporal<Errors>::create(50, 8, fixed_clock()));
    const plain_core c;
    const std::string_view problem = sample_problem_full, problems = sample_problems, timeline = sample_timeline, constraints = sample_constraints;
    CHECK(same(plain(core.expand_subjective_time(problem)), rancog_temporal_expand_subjective_time(c.raw, bytes(problem), problem.size(), nullptr, 0)));
    CHECK(same(plain(core.expand_subjective_time(problem, constraints)),
               rancog_temporal_expand_subjective_time(c.raw, bytes(problem), problem.size(), bytes(constraints), constraints.size())));
    CHECK(same(plain(core.parallel_temporal_analysis(problems, 2)), rancog_temporal_parallel_temporal_analysis(c.raw, bytes(problems), problems.size(), 2)));
    CHECK(same(plain(core.analyze_temporal_patterns(timeline)), rancog_temporal_analyze_temporal_patterns(c.raw, bytes(timeline), timeline.size())));
    CHECK(same(plain(core.predict_future_states(timeline, std::chrono::hours(4))),
               rancog_temporal_predict_future_states(c.raw, bytes(timeline), timeline.size(), 4u * 3600000000000u)));
    CHECK(same(plain(core.optimize_temporal_expansion(timeline)), rancog_temporal_optimize_temporal_expansion(c.raw, bytes(timeline), timeline.size())));
    CHECK(same(plain(core.get_performance_metrics()), rancog_temporal_get_performance_metrics(c.raw)));
    static_cast<void>(core.set_consciousness_level(0.5));
    CHECK(rancog_last_status() == RANCOG_OK);
    const rancog::buffer page = plain(rancog::nothrow::render_report(sample_result));
    CHECK(same(page, rancog_report_render(bytes(sample_result), std::strlen(sample_result))) && has(page, "<html"));
}

template <class Errors>
void temporal_arrays_are_those_of_c()
{
    auto core = plain(rancog::basic_temporal<Errors>::create());
    const plain_core c;
    std::vector<double> values = kpi(600);
    std::for_each(values.begin() + 300, values.end(), [](double &value) { value += 200; });
    constexpr std::size_t horizon = 24;
    constexpr auto hour = std::chrono::hours(1);
    std::array<double, horizon> mean{}, lower{}, upper{}, mean_here{}, lower_here{}, upper_here{};
    CHECK(rancog_temporal_forecast(c.raw, values.data(), values.size(), SAMPLE_HOUR_NS, horizon, 0.9, mean.data(), lower.data(), upper.data()) == RANCOG_OK);
    const rancog::forecast_result next = plain(core.forecast(values, hour, horizon, 0.9));
    CHECK(std::equal(mean.begin(), mean.end(), next.mean.begin(), next.mean.end()));
    CHECK(std::equal(lower.begin(), lower.end(), next.lower.begin(), next.lower.end()));
    CHECK(std::equal(upper.begin(), upper.end(), next.upper.begin(), next.upper.end()));
    static_cast<void>(core.forecast(values, SAMPLE_HOUR_NS, 0.9, mean_here, lower_here, upper_here));
    CHECK(mean == mean_here && lower == lower_here && upper == upper_here);
    mean_here.fill(0);
    static_cast<void>(core.forecast(values, hour, 0.9, mean_here));
    CHECK(mean == mean_here);

    std::vector<double> scores(values.size()), scores_here(values.size());
    CHECK(rancog_temporal_score_anomalies(c.raw, values.data(), values.size(), SAMPLE_HOUR_NS, scores.data()) == RANCOG_OK);
    CHECK(plain(core.score_anomalies(values, hour)) == scores);
    static_cast<void>(core.score_anomalies(values, hour, scores_here));
    CHECK(scores_here == scores);

    std::vector<std::uint8_t> flags(values.size()), flags_here(values.size(), 9);
    CHECK(rancog_temporal_detect_anomalies(c.raw, values.data(), values.size(), SAMPLE_HOUR_NS, flags.data()) == RANCOG_OK);
    CHECK(plain(core.detect_anomalies(values, hour)) == flags);
    static_cast<void>(core.detect_anomalies(values, hour, flags_here));
    CHECK(flags_here == flags);

    std::array<std::size_t, 600> indices{}, indices_here{};
    std::size_t count = indices.size();
    CHECK(rancog_temporal_detect_change_points(c.raw, values.data(), values.size(), SAMPLE_HOUR_NS, indices.data(), &count) == RANCOG_OK);
    CHECK(count > 0);
    const std::vector<std::size_t> found = plain(core.detect_change_points(values, hour));
    CHECK(std::equal(found.begin(), found.end(), indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(count)));
    CHECK(plain(core.detect_change_points(values, hour, indices_here)) == count && indices_here == indices);
    CHECK(plain(core.detect_change_points(values, hour, rancog::span<std::size_t>())) == count);
}

// A staircase has more change points than the room that is tried first.
template <class Errors>
void all_change_points_are_given_however_many()
{
    auto core = plain(rancog::basic_temporal<Errors>::create());
    std::vector<double> values;
    for (int stair = 0; stair < 40; stair++) {
        for (int i = 0; i < 60; i++) {
            values.push_back(100.0 * (stair % 2) + std::sin(i * 12.9898) * 0.5);
        }
    }
    const std::size_t count = plain(core.detect_change_points(values, 0, rancog::span<std::size_t>()));
    CHECK(count > 16);
    CHECK(plain(core.detect_change_points(values, 0)).size() == count);
}

template <class Errors>
void observed_history_answers_later_problems()
{
    auto core = plain(rancog::basic_temporal<Errors>::create(50, 8));
    const std::string_view problem = R"({"id":"p","network_id":"net","problem_type":"t","current_state":{},"objectives":["minimize m"],"constraints":[]})";
    std::vector<std::uint64_t> times;
    std::vector<double> values;
    for (std::size_t i = 0; i < 30; i++) {
        times.push_back((i + 1) * 1000000000u);
        values.push_back(static_cast<double>(i % 5));
    }
    static_cast<void>(core.observe("net", "m", times, values));
    CHECK(rancog_last_status() == RANCOG_OK);
    static_cast<void>(core.observe("net", "m", std::chrono::seconds(31), 4.0));
    CHECK(rancog_last_status() == RANCOG_OK);
    const std::string answer = plain(core.expand_subjective_time(problem));
    CHECK(has(answer, R"("samples":31)"));
}

template <class Errors>
void a_scheduler_does_what_it_does_in_c()
{
    const auto host = fixed_clock();
    auto queue = plain(rancog::basic_scheduler<Errors>::create(kit::virtual_time));
    using task = rancog::basic_task<Errors>;
    std::vector<std::uint64_t> ran;
    const std::uint32_t a = plain(queue.register_handler("a", [&](const task &given) {
        ran.push_back(given.id());
        return std::string(given.data());
    }));
    const std::uint32_t b = plain(queue.register_handler("b", [&](const task &given) {
        ran.push_back(given.id());
        CHECK(given.raw() != nullptr);
        return given.payload() == 0 ? 0 : 42;
    }));
    CHECK(a == 1 && b == 2);
    CHECK(plain(queue.get_next_execution_time()) == rancog::never);
    const std::uint64_t first = plain(queue.schedule_task(100, 1, kit::custom_a, R"({"x":1})"));
    const std::uint64_t second = plain(queue.schedule_task(rancog::instant(std::chrono::nanoseconds(100)), 0, kit::custom_a));
    const std::uint64_t moved = plain(queue.schedule_task(5, 0, kit::custom_a));
    const std::uint64_t gone = plain(queue.schedule_task(6, 0, kit::custom_a));
    const std::uint64_t series = plain(queue.schedule_recurring_task(std::chrono::nanoseconds(40), 0, R"({"Custom":"b"})", {}, 3));
    static_cast<void>(queue.reschedule_task(moved, 300));
    static_cast<void>(queue.cancel_task(gone));
    CHECK(plain(queue.get_next_execution_time()) == 0);
    static_cast<void>(queue.advance_time(std::chrono::nanoseconds(100)));
    const std::string results = plain(queue.execute_ready_tasks(4));
    CHECK(has(results, R"("data":{"Ok":null})"));
    CHECK((ran == std::vector<std::uint64_t>{series, series + 1, series + 2, second}));
    CHECK(has(std::string(plain(queue.execute_ready_tasks())), R"("data":{"Ok":{"x":1}})"));
    CHECK(ran.back() == first);

    std::vector<rancog_task> batch{rancog::batch_task(b, 200, 0), rancog::batch_task(b, 150, 7), rancog::batch_task(b, 160)};
    std::vector<std::uint64_t> ids(3);
    static_cast<void>(queue.schedule_batch(batch, ids));
    CHECK(ids[2] == ids[0] + 2);
    static_cast<void>(queue.advance_time(60));
    std::array<rancog_task_outcome, 4> outcomes{};
    for (auto &outcome : outcomes) {
        outcome = {};
    }
    CHECK(plain(queue.execute_ready_batch(rancog::span<rancog_task_outcome>(outcomes.data(), 1))) == 1);
    CHECK(outcomes[0].task_id == ids[1] && outcomes[0].status == 42 && outcomes[0].payload == 7);
    CHECK(plain(queue.execute_ready_batch(rancog::span<rancog_task_outcome>())) == 0);
    CHECK(plain(queue.execute_ready_batch()) == 1);
    static_cast<void>(queue.schedule_batch(batch));

    const rancog::buffer saved = plain(queue.snapshot());
    const std::string before = plain(queue.get_queue_status());
    CHECK(has(before, R"("pending_tasks":5)"));
    static_cast<void>(queue.run(rancog::never));
    CHECK(has(std::string(plain(queue.get_queue_status())), R"("pending_tasks":0)"));
    static_cast<void>(queue.restore(saved));
    CHECK(has(std::string(plain(queue.get_queue_status())), R"("pending_tasks":5)"));
    rancog::stop_flag stop;
    stop.request_stop();
    static_cast<void>(queue.run(rancog::never, stop));
    CHECK(has(std::string(plain(queue.get_queue_status())), R"("pending_tasks":5)"));
    stop.reset();
    static_cast<void>(queue.run(rancog::never, stop));
    CHECK(has(std::string(plain(queue.get_queue_status())), R"("pending_tasks":0)"));
}

template <class Errors>
void handlers_answer_in_every_way()
{
    auto queue = plain(rancog::basic_scheduler<Errors>::create(kit::virtual_time));
    using task = rancog::basic_task<Errors>;
    static_cast<void>(queue.register_handler("nothing", [](const task &) {}));
    static_cast<void>(queue.register_handler("status", [](const task &) { return 3; }));
    static_cast<void>(queue.register_handler("view", [](const task &) -> std::string_view { return "7"; }));
    static_cast<void>(queue.register_handler("literal", [](const task &) { return "[1]"; }));
    static_cast<void>(queue.register_handler("pieces", [own = std::make_unique<int>(5)](const task &given) { // an object that is only moved
        static_cast<void>(given.reply("[" + std::to_string((*own)++)));
        static_cast<void>(given.reply("]"));
    }));
    static_cast<void>(queue.register_handler("generic", [](const auto &given) { return std::to_string(given.id()); }));
    const auto answer = [&](const std::string &name) {
        static_cast<void>(plain(queue.schedule_task(0, 0, R"({"Custom":")" + name + R"("})")));
        return plain(queue.execute_ready_tasks()).str();
    };
    CHECK(has(answer("nothing"), R"("Ok":null)"));
    CHECK(has(answer("status"), R"("success":false)"));
    CHECK(has(answer("view"), R"("Ok":7)"));
    CHECK(has(answer("literal"), R"("Ok":[1])"));
    CHECK(has(answer("pieces"), R"("Ok":[5])"));
    CHECK(has(answer("pieces"), R"("Ok":[6])"));
    CHECK(has(answer("generic"), R"("Ok":7)"));
}

template <class Errors>
void a_loader_lends_modules_and_cores()
{
    auto loader = plain(rancog::basic_loader<Errors>::create(sample_loader_options, fixed_clock()));
    auto module = plain(loader.load_module("temporal", sample_temporal_config));
    CHECK(has(std::string(plain(module.interfaces())), "expand_subjective_time"));
    CHECK(has(std::string(plain(module.memory())), R"("module":"temporal")"));
    auto core = plain(module.get_temporal());
    const plain_core c;
    const std::string_view problem = sample_problem_full;
    CHECK(same(plain(core.expand_subjective_time(problem)), rancog_temporal_expand_subjective_time(c.raw, bytes(problem), problem.size(), nullptr, 0)));
    {
        auto queue = plain(plain(loader.load_module("scheduler", kit::virtual_time)).get_scheduler());
        static_cast<void>(queue.register_handler("a", [](const rancog::basic_task<Errors> &) { return "11"; }));
    }
    auto queue = plain(plain(loader.load_module("scheduler")).get_scheduler());
    static_cast<void>(plain(queue.schedule_task(0, 0, kit::custom_a)));
    CHECK(has(std::string(plain(queue.execute_ready_tasks())), R"("Ok":11)")); // the handler outlived the object it came through
    static_cast<void>(loader.unload_module("temporal"));
    CHECK(kit::fails(core.as_nothrow().get_performance_metrics(), RANCOG_E_INVALID_HANDLE, "self: "));
    CHECK(core.is_open());
    static_cast<void>(core.close());
    CHECK(!core.is_open() && rancog_last_status() == RANCOG_E_INVALID_HANDLE); // nothing was called
    static_cast<void>(loader.close());
    CHECK(kit::fails(queue.as_nothrow().get_queue_status(), RANCOG_E_INVALID_HANDLE, "self: "));
}

template <class Errors>
void a_pool_gives_and_takes()
{
    auto pool = plain(rancog::basic_pool<Errors>::create(sample_pool_options));
    void *const block = plain(pool.allocate(100));
    CHECK(block != nullptr && reinterpret_cast<std::uintptr_t>(block) % 16 == 0);
    std::memset(block, 1, 100);
    CHECK(has(std::string(plain(pool.get_stats())), R"("live_blocks":1)"));
    static_cast<void>(pool.deallocate(block, 100));
    CHECK(has(std::string(plain(pool.get_stats())), R"("live_blocks":0)"));
}

void kernels_and_free_functions()
{
    CHECK(rancog::abi_version() == RANCOG_ABI_VERSION && rancog::version() == rancog_version_string());
    CHECK(has(std::string(rancog::nothrow::runtime_info().value()), R"("cpu_level")"));
    const std::uint64_t now = rancog::nothrow::nanotime().value();
    CHECK(now > 1600000000000000000u && rancog::nothrow::nanotime().value() >= now);
    const std::vector<float> patterns{1, 2, 3}, thresholds{2, 2, 2}, factors{1, 1, 0.5f};
    std::array<std::uint8_t, 3> reached{};
    CHECK(rancog::nothrow::simd::vectorized_pattern_matching(patterns, thresholds, factors, reached).has_value());
    CHECK((reached == std::array<std::uint8_t, 3>{0, 1, 0}));
    std::array<float, 3> out{};
    CHECK(rancog::nothrow::simd::parallel_temporal_computation(patterns, factors, 2, out).has_value());
    CHECK((out == std::array<float, 3>{1, 2, 0.75f}));
    CHECK(kit::fails(rancog::nothrow::simd::parallel_temporal_computation(patterns, factors, 2, rancog::span<float>(out.data(), 2)),
                     RANCOG_E_INVALID_ARGUMENT, "not as long as timeline, 3"));
    CHECK(kit::fails(rancog::nothrow::simd::vectorized_pattern_matching(patterns, thresholds, {1.0f}, reached), RANCOG_E_INVALID_ARGUMENT, "not as long"));
    rancog::buffer taken = rancog::nothrow::runtime_info().value();
    CHECK(rancog::buffers_outstanding() == 1);
    std::uint8_t *const given = taken.release();
    CHECK(taken.empty() && std::string_view(taken).empty() && rancog::buffers_outstanding() == 1);
    rancog_buffer_free(given);
    static_cast<void>(rancog::nothrow::render_report("no"));
    CHECK(rancog::last_status() == RANCOG_E_INVALID_JSON && has(rancog::last_error_message(), "result"));
}

template <class Errors>
void run_all()
{
    RUN(temporal_json_is_that_of_c<Errors>);
    RUN(temporal_arrays_are_those_of_c<Errors>);
    RUN(all_change_points_are_given_however_many<Errors>);
    RUN(observed_history_answers_later_problems<Errors>);
    RUN(a_scheduler_does_what_it_does_in_c<Errors>);
    RUN(handlers_answer_in_every_way<Errors>);
    RUN(a_loader_lends_modules_and_cores<Errors>);
    RUN(a_pool_gives_and_takes<Errors>);
}

} // namespace

int main()
{
    run_all<rancog::returning>();
#if defined(__cpp_exceptions)
    run_all<rancog::throwing>();
#endif
    RUN(kernels_and_free_functions);
    return check_finish();
}
