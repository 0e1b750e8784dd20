// Bad input and objects that are closed, moved or stale: always a clear error, in both ways of telling it.
#include <chrono>
#include <memory>
#include <type_traits>

#include "kit.hpp"
#include "other_file.hpp"

namespace {

using namespace std::chrono_literals;
using kit::fails;
using kit::throws;

template <class Handle>
constexpr bool is_moved_only = std::is_nothrow_move_constructible_v<Handle> && std::is_nothrow_move_assignable_v<Handle> &&
                               !std::is_copy_constructible_v<Handle> && !std::is_copy_assignable_v<Handle>;
static_assert(is_moved_only<rancog::temporal> && is_moved_only<rancog::scheduler> && is_moved_only<rancog::loader> && is_moved_only<rancog::pool>);
static_assert(is_moved_only<rancog::memory> && is_moved_only<rancog::optimization> && is_moved_only<rancog::nothrow::optimization>);
static_assert(is_moved_only<rancog::strange_loop> && is_moved_only<rancog::nothrow::strange_loop>);
static_assert(is_moved_only<rancog::cognitive> && is_moved_only<rancog::nothrow::cognitive>);
static_assert(is_moved_only<rancog::nothrow::temporal> && is_moved_only<rancog::module_ref> && is_moved_only<rancog::buffer>);
static_assert(!std::is_default_constructible_v<rancog::nothrow::temporal>, "there is create() for those that do not throw");

void both_ways_tell_the_librarys_message()
{
    rancog::temporal core;
    rancog::nothrow::temporal checked = core.as_nothrow();
    CHECK(throws(RANCOG_E_INVALID_JSON, "problem: ", [&] { core.expand_subjective_time("{\"id\":"); }));
    CHECK(fails(checked.expand_subjective_time("{\"id\":"), RANCOG_E_INVALID_JSON, "problem: "));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "problem: is NULL", [&] { core.expand_subjective_time({}); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "expansion_factor: 0", [] { rancog::temporal none(0, 1); }));
    CHECK(fails(rancog::nothrow::temporal::create(0), RANCOG_E_INVALID_ARGUMENT, "expansion_factor: 0"));
    CHECK(throws(RANCOG_E_INVALID_JSON, "options: ", [] { rancog::scheduler none("{"); }));
    CHECK(fails(rancog::nothrow::pool::create("[]"), RANCOG_E_INVALID_JSON, "options"));
    CHECK(throws(RANCOG_E_NOT_FOUND, "", [] { rancog::loader().load_module("cognition"); }));
    CHECK(throws(RANCOG_E_INVALID_JSON, "result", [] { rancog::render_report("<"); }));
    try {
        core.set_consciousness_level(std::numeric_limits<double>::quiet_NaN());
        CHECK(false);
    } catch (const std::runtime_error &error) { // for those who know no error of ours
        CHECK(kit::has(error.what(), "level"));
    }
    const rancog::nothrow::temporal again = checked.as_throwing().as_nothrow();
    CHECK(again.raw() == core.raw());
    CHECK(again.get_performance_metrics().has_value());
}

void what_the_library_cannot_see_is_refused_before_it()
{
    const rancog::temporal core;
    const std::vector<double> values{1, 2, 3};
    std::vector<double> room(2), more(3);
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "step_ns: is negative", [&] { core.forecast(values, -1s, 2); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "step_ns: is negative", [&] { core.forecast(values, -5, 0.5, room); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "lower: has 3 elements, mean has 2", [&] { core.forecast(values, 1s, 0.5, room, more); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "upper: has 3 elements, mean has 2", [&] { core.forecast(values, 1s, 0.5, room, {}, more); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "scores: has 2 elements, values has 3", [&] { core.score_anomalies(values, 1s, room); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "step_ns: ", [&] { core.score_anomalies(values, -1s); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "step_ns: ", [&] { core.detect_anomalies(values, -1s); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "step_ns: ", [&] { core.detect_change_points(values, -1s); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "horizon_ns: ", [&] { core.predict_future_states("{}", std::chrono::hours(-1)); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "times: has 1 elements, values has 3", [&] { core.observe("n", "m", {1u}, values); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "times: is negative", [&] { core.observe("n", "m", -1, 1.0); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "horizon", [&] { core.forecast(values, 1s, 0); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "horizon", [&] { core.forecast(values, 1s, std::numeric_limits<std::size_t>::max()); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "values", [&] { core.forecast({}, 1s, 1); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "horizon", [&] { core.forecast(values, 1s, 0.5, rancog::span<double>()); }));
    const rancog::scheduler queue(kit::virtual_time);
    const rancog_task task = rancog::batch_task(1, 1);
    std::vector<std::uint64_t> ids(2);
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "ids: has 2 elements, tasks has 1", [&] { queue.schedule_batch({&task, 1}, ids); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "handler", [&] { queue.schedule_batch({&task, 1}); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "execute_time: ", [&] { queue.schedule_task(-1s, 0, kit::custom_a); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "interval: ", [&] { queue.schedule_recurring_task(-1s, 0, kit::custom_a); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "nanoseconds: ", [&] { queue.advance_time(-1s); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "time: ", [&] { queue.reschedule_task(1, -1); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "until_ns: ", [&] { queue.run(-1s); }));
    CHECK(throws(RANCOG_E_NOT_FOUND, "", [&] { queue.cancel_task(9); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "name", [&] { queue.register_handler("", [](const rancog::task &) {}); }));
    CHECK(throws(RANCOG_E_LIMIT, "name", [&] { queue.register_handler(std::string(257, 'x'), [](const rancog::task &) {}); }));
    const rancog::pool pool;
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "size", [&] { static_cast<void>(pool.allocate(0)); }));
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "", [&] { pool.deallocate(&ids, 8); }));
}

void expect_closed(const rancog::temporal &core)
{
    std::vector<double> values{1, 2, 3};
    const std::uint64_t time = 1;
    constexpr const char *why = "self: the temporal is closed or was moved from";
    CHECK(!core && !core.is_open() && core.raw() == nullptr);
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.expand_subjective_time("{}"); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.parallel_temporal_analysis("[]"); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.set_consciousness_level(1); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.get_performance_metrics(); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.analyze_temporal_patterns("{}"); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.predict_future_states("{}", 1s); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.optimize_temporal_expansion("{}"); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.forecast(values, 1s, 1); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.observe("n", "m", {&time, 1}, {values.data(), 1}); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.score_anomalies(values, 1s); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.detect_anomalies(values, 1s); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { core.detect_change_points(values, 1s); }));
    CHECK(fails(core.as_nothrow().get_performance_metrics(), RANCOG_E_INVALID_HANDLE, why));
}

template <class Handle, class Use>
void closed_and_moved(const char *why, Use use)
{
    Handle first, second;
    const auto raw = first.raw();
    second = std::move(first);
    CHECK(second.raw() == raw && !first.is_open());
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { use(first); }));
    first.close(); // once is enough, and nothing is as good
    Handle third(std::move(second));
    Handle &itself = third;
    third = std::move(itself);
    CHECK(third.raw() == raw && third.is_open());
    third.close();
    third.close();
    CHECK(throws(RANCOG_E_INVALID_HANDLE, why, [&] { use(third); }));
    third = Handle();
    use(third);
}

void closed_and_moved_objects_say_so()
{
    rancog::temporal core;
    core.close();
    expect_closed(core);
    rancog::temporal other;
    const rancog::temporal taken(std::move(other));
    expect_closed(other);
    closed_and_moved<rancog::temporal>("the temporal is closed", [](auto &self) { self.get_performance_metrics(); });
    closed_and_moved<rancog::scheduler>("the scheduler is closed", [](auto &self) { self.register_handler("a", [](const rancog::task &) {}); });
    closed_and_moved<rancog::scheduler>("the scheduler is closed", [](auto &self) { self.run(1); });
    closed_and_moved<rancog::memory>("the memory is closed", [](auto &self) { self.get_stats(); });
    closed_and_moved<rancog::optimization>("the optimization is closed", [](auto &self) { self.evaluate_network(R"({"users":{"count":1}})"); });
    closed_and_moved<rancog::strange_loop>("the strange loop is closed", [](auto &self) { self.get_state(); });
    closed_and_moved<rancog::cognitive>("the cognitive core is closed", [](auto &self) { self.get_state(); });
    closed_and_moved<rancog::loader>("the loader is closed", [](auto &self) { self.load_module("temporal"); });
    closed_and_moved<rancog::pool>("the pool is closed", [](auto &self) { self.deallocate(self.allocate(8), 8); });
    rancog::buffer text = taken.get_performance_metrics(), empty;
    empty = std::move(text);
    CHECK(text.empty() && std::string(text.c_str()).empty() && !empty.empty());
    empty.close();
    CHECK(empty.view().empty() && empty.str().empty());
}

void borrowed_objects_own_nothing()
{
    rancog::temporal core;
    {
        const rancog::nothrow::temporal seen = core.as_nothrow();
    }
    rancog::nothrow::temporal seen = core.as_nothrow();
    CHECK(seen.close().has_value() && !seen && core.is_open());
    core.get_performance_metrics();
    seen = core.as_nothrow();
    core.close();
    CHECK(fails(seen.get_performance_metrics(), RANCOG_E_INVALID_HANDLE, "self: "));

    auto loader = std::make_unique<rancog::loader>();
    rancog::module_ref module = loader->load_module("temporal");
    const rancog::temporal lent = module.get_temporal();
    CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "which has no scheduler core", [&] { module.get_scheduler(); }));
    CHECK(module.as_nothrow().interfaces().has_value());
    CHECK(loader->as_nothrow().load_module("temporal").value().raw() == module.raw());
    loader.reset();
    CHECK(throws(RANCOG_E_INVALID_HANDLE, "self: ", [&] { lent.get_performance_metrics(); }));
    CHECK(throws(RANCOG_E_INVALID_HANDLE, "self: ", [&] { module.memory(); }));
}

void results_are_used_as_values()
{
    rancog::result<int> good(5);
    rancog::result<std::string> bad(rancog::error(RANCOG_E_LIMIT, "n: too many"));
    CHECK(good && *good == 5 && good.value() == 5 && std::move(good).value_or(7) == 5);
    CHECK(!bad && bad.error().status() == RANCOG_E_LIMIT && std::string_view(bad.error().name()) == "RANCOG_E_LIMIT" && !bad.error().cause());
    CHECK(throws(RANCOG_E_LIMIT, "n: too many", [&] { static_cast<void>(bad->size()); }));
    CHECK(throws(RANCOG_E_LIMIT, "n: too many", [&] { static_cast<void>(std::move(bad).value()); }));
    CHECK(std::move(bad).value_or("none") == "none");
    CHECK(std::string_view(rancog::status_name(-99)) == "RANCOG_E_?" && std::string_view(rancog::status_name(0)) == "RANCOG_OK");
}

void two_files_use_one_object()
{
    rancog::scheduler queue(kit::virtual_time);
    CHECK(throws(RANCOG_E_INVALID_JSON, "type: ", [&] { other_file::schedule(queue, "{"); }));
    other_file::register_thrower(queue);
    queue.schedule_task(0, 0, kit::custom_a);
    CHECK(kit::throws_own<other_file::own_error>("from the other file", [&] { queue.run(0); }));
    const rancog::optimization core;
    CHECK(kit::throws_own<other_file::own_error>("from the other file", [&] {
        other_file::optimize_with_thrower(core, R"({"variables":[{"name":"x","type":"binary"}],"objectives":[{"name":"f","sense":"min"}]})");
    }));
    const rancog::strange_loop loop;
    CHECK(kit::throws_own<other_file::own_error>("from the other file", [&] { other_file::solve_with_thrower(loop, R"({"x0":[1]})"); }));
    const rancog::cognitive decider;
    CHECK(kit::throws_own<other_file::own_error>("from the other file", [&] {
        other_file::decide_with_thrower(decider, R"({"current_state":{"DRB.UEThpDl":10},"constraints":["DRB.UEThpDl >= 11"]})");
    }));
}

} // namespace

int main()
{
    RUN(both_ways_tell_the_librarys_message);
    RUN(what_the_library_cannot_see_is_refused_before_it);
    RUN(closed_and_moved_objects_say_so);
    RUN(borrowed_objects_own_nothing);
    RUN(results_are_used_as_values);
    RUN(two_files_use_one_object);
    return check_finish();
}
