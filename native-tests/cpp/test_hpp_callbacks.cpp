// Callbacks as std::function: how long they live, and exceptions that leave them.
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>

#include "kit.hpp"

extern "C" {
#include "samples.h"
}

namespace {

using kit::fails;
using kit::throws;
using kit::throws_own;

struct own_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string custom(const std::string &name) { return R"({"Custom":")" + name + R"("})"; }

void an_exception_of_a_handler_reaches_the_caller()
{
    rancog::scheduler queue(kit::virtual_time);
    int ran = 0;
    queue.register_handler("throws", [&](const rancog::task &) { throw own_error("no cell " + std::to_string(++ran)); });
    queue.register_handler("counts", [&](const rancog::task &) { ran += 100; });
    const auto schedule_both = [&] {
        queue.schedule_task(0, 0, custom("throws"));
        queue.schedule_task(0, 1, custom("counts"));
    };
    schedule_both();
    CHECK(throws_own<own_error>("no cell 1", [&] { queue.run(rancog::never); }));
    CHECK(ran == 1); // the run ended before the next task, which is still there
    queue.run(rancog::never);
    CHECK(ran == 101);
    schedule_both();
    CHECK(throws_own<own_error>("no cell 102", [&] { queue.execute_ready_tasks(); }));
    CHECK(ran == 202);
    queue.schedule_task(0, 0, custom("throws"));
    CHECK(throws_own<own_error>("no cell 203", [&] { queue.execute_ready_batch(); }));

    const auto checked = queue.as_nothrow();
    queue.schedule_task(0, 0, custom("throws"));
    const auto answer = checked.execute_ready_tasks();
    CHECK(fails(answer, RANCOG_E_CANCELLED, "a callback threw") && answer.error().cause());
    CHECK(throws_own<own_error>("no cell 204", [&] { std::rethrow_exception(answer.error().cause()); }));
    CHECK(throws_own<own_error>("no cell 204", [&] { static_cast<void>(answer.value()); }));
    CHECK(kit::has(queue.get_queue_status().view(), R"("tasks_failed":4)"));
    queue.register_handler("number", [](const rancog::task &) -> int { throw 5; });
    queue.schedule_task(0, 0, custom("number"));
    try {
        queue.run(rancog::never);
        CHECK(false);
    } catch (int number) {
        CHECK(number == 5);
    }
}

// A number that does not fit in a status is none, and no success: its lower half may be 0.
void a_wide_number_of_a_handler_is_no_success()
{
    rancog::scheduler queue(kit::virtual_time);
    const auto answers = [&](auto number) {
        queue.register_handler("a", [number](const rancog::task &) { return number; });
        queue.schedule_task(0, 0, kit::custom_a);
        return queue.execute_ready_tasks();
    };
    CHECK(kit::has(answers(std::uint64_t{1} << 32).view(), R"("success":false)"));
    CHECK(kit::has(answers(-(std::int64_t{1} << 40)).view(), R"("success":false)"));
    CHECK(kit::has(answers(std::uint64_t{0}).view(), R"("success":true)"));
    CHECK(kit::has(answers(std::int8_t{-1}).view(), R"("success":false)"));
}

// The log tells what() as the task's error; one that is tried again throws again.
void the_text_of_an_exception_is_the_tasks_error()
{
    std::string log;
    rancog::host host;
    host.log = [&](std::int32_t, std::string_view line) { log += line; };
    rancog::scheduler queue(kit::virtual_time, std::move(host));
    int tries = 0;
    queue.register_handler("a", [&](const rancog::task &) {
        if (++tries < 3) {
            throw own_error("tilt is locked");
        }
    });
    queue.schedule_task(0, 0, R"({"type":{"Custom":"a"},"retry":{"attempts":3,"backoff_ns":10}})");
    CHECK(throws_own<own_error>("tilt is locked", [&] { queue.run(rancog::never); }));
    CHECK(kit::has(log, "tilt is locked"));
    CHECK(throws_own<own_error>("tilt is locked", [&] { queue.run(rancog::never); }));
    queue.run(rancog::never);
    CHECK(tries == 3);
}

// A handler that calls its own scheduler after another one threw does its work: the exception waits for the outer call.
void an_exception_does_not_reach_other_handlers()
{
    rancog::host host;
    host.log = [](std::int32_t, std::string_view) {};
    rancog::scheduler queue(kit::virtual_time, std::move(host));
    bool scheduled = false;
    queue.register_handler("throws", [](const rancog::task &) { throw own_error("first"); });
    queue.register_handler("works", [&](const rancog::task &) { scheduled = queue.schedule_task(50, 0, custom("works")) != 0; });
    queue.schedule_task(0, 0, custom("throws"));
    queue.schedule_task(0, 1, custom("works"));
    CHECK(throws_own<own_error>("first", [&] { queue.execute_ready_tasks(); }));
    CHECK(scheduled);
}

void exceptions_pass_through_nested_calls()
{
    rancog::scheduler outer(kit::virtual_time), inner(kit::virtual_time);
    inner.register_handler("a", [](const rancog::task &) { throw own_error("deep"); });
    int caught = 0;
    outer.register_handler("a", [&](const rancog::task &) { inner.run(rancog::never); });
    outer.register_handler("catches", [&](const rancog::task &) {
        try {
            inner.run(rancog::never);
        } catch (const own_error &) {
            caught++;
        }
    });
    inner.schedule_task(0, 0, kit::custom_a);
    outer.schedule_task(0, 0, kit::custom_a);
    CHECK(throws_own<own_error>("deep", [&] { outer.run(rancog::never); }));
    inner.schedule_task(0, 0, kit::custom_a);
    outer.schedule_task(0, 0, custom("catches"));
    outer.run(rancog::never);
    CHECK(caught == 1);
}

template <class Set>
void host_throws(const char *what, Set set)
{
    bool armed = false;
    rancog::host host;
    set(host, armed);
    const rancog::temporal core(20, 4, std::move(host));
    armed = true;
    CHECK_CASE(throws_own<own_error>(what, [&] { core.expand_subjective_time(sample_problem_document); }), what);
    const auto answer = core.as_nothrow().expand_subjective_time(sample_problem_document);
    CHECK_CASE(fails(answer, RANCOG_E_CANCELLED, "a callback threw") && answer.error().cause(), what);
    armed = false;
    CHECK_CASE(core.as_nothrow().expand_subjective_time(sample_problem_document).has_value(), what);
}

void exceptions_of_the_hosts_functions_reach_the_caller()
{
    host_throws("clock", [](rancog::host &host, bool &armed) {
        host.now_ns = [&armed]() -> std::uint64_t { return armed ? throw own_error("clock") : 1600000000000000000u; };
    });
    host_throws("random", [](rancog::host &host, bool &armed) {
        host.random_u64 = [&armed]() -> std::uint64_t { return armed ? throw own_error("random") : 4; };
    });
    host_throws("progress", [](rancog::host &host, bool &armed) {
        host.progress = [&armed](double, std::string_view) { return armed ? throw own_error("progress") : true; };
    });
    rancog::host logs;
    logs.log = [](std::int32_t, std::string_view) { throw own_error("log"); };
    rancog::scheduler queue(kit::virtual_time, std::move(logs));
    queue.register_handler("a", [](const rancog::task &) { return 1; });
    queue.schedule_task(0, 0, kit::custom_a);
    CHECK(throws_own<own_error>("log", [&] { queue.run(rancog::never); }));
    rancog::host sleeps;
    sleeps.sleep_ns = [](std::uint64_t) { throw own_error("sleep"); };
    const rancog::scheduler waits(R"({"spin_ns":0})", std::move(sleeps));
    CHECK(throws_own<own_error>("sleep", [&] { waits.run(rancog::nanotime() + 5000000000u); }));
}

void progress_cancels_and_tells()
{
    std::string stages;
    double last = -1;
    rancog::host host;
    bool go_on = true;
    host.progress = [&](double fraction, std::string_view stage) {
        stages += stage;
        last = fraction;
        return go_on;
    };
    const rancog::temporal core(200, 8, std::move(host));
    core.expand_subjective_time(sample_problem_full);
    CHECK(!stages.empty() && last >= 0 && last <= 1);
    go_on = false;
    CHECK(throws(RANCOG_E_CANCELLED, "", [&] { core.expand_subjective_time(sample_problem_full); }));
    const auto answer = core.as_nothrow().expand_subjective_time(sample_problem_full);
    CHECK(!answer && !answer.error().cause());
}

void callbacks_live_as_long_as_the_handle()
{
    auto token = std::make_shared<int>(0);
    {
        rancog::host host;
        host.now_ns = [token]() -> std::uint64_t { return 1600000000000000000u + static_cast<std::uint64_t>(++*token); };
        rancog::scheduler made({}, std::move(host));
        made.register_handler("a", [token](const rancog::task &) {});
        CHECK(token.use_count() == 3);
        made.register_handler("a", [token](const rancog::task &) { return "2"; }); // the first one goes
        CHECK(token.use_count() == 3);
        rancog::scheduler queue(std::move(made)); // the object moves, what the library knows does not
        queue.schedule_task(0, 0, kit::custom_a);
        CHECK(kit::has(queue.execute_ready_tasks().view(), R"("Ok":2)"));
        CHECK(throws(RANCOG_E_INVALID_ARGUMENT, "name", [&] { queue.register_handler("", [token](const rancog::task &) {}); }));
        CHECK(token.use_count() == 3);
        queue.close();
        CHECK(token.use_count() == 2); // handlers are let go of at once
    }
    CHECK(token.use_count() == 1);
}

void handlers_run_on_other_threads_than_they_were_registered_on()
{
    rancog::scheduler queue(kit::virtual_time);
    std::thread::id ran;
    queue.register_handler("a", [&](const rancog::task &) {
        ran = std::this_thread::get_id();
        throw own_error("there");
    });
    queue.schedule_task(0, 0, kit::custom_a);
    bool caught = false, there = false;
    std::thread([&] {
        caught = throws_own<own_error>("there", [&] { queue.run(rancog::never); });
        there = ran == std::this_thread::get_id();
    }).join();
    CHECK(caught && there);
}

// The scheduler's object is destroyed in a handler: what runs goes on, and the call ends as one on a closed scheduler.
void a_handler_may_destroy_its_scheduler()
{
    auto token = std::make_shared<int>(0);
    auto queue = std::make_unique<rancog::scheduler>(kit::virtual_time);
    queue->register_handler("a", [&queue, token](const rancog::task &) {
        queue.reset();
        ++*token;
    });
    queue->schedule_task(0, 0, kit::custom_a);
    queue->schedule_task(1, 0, kit::custom_a);
    const rancog::scheduler &self = *queue;
    CHECK(throws(RANCOG_E_INVALID_HANDLE, "", [&] { self.run(rancog::never); }));
    CHECK(*token == 1 && token.use_count() == 1);

    auto closed = std::make_unique<rancog::scheduler>(kit::virtual_time);
    closed->register_handler("a", [&closed](const rancog::task &) {
        closed->close();
        throw own_error("and throws");
    });
    closed->schedule_task(0, 0, kit::custom_a);
    CHECK(throws_own<own_error>("and throws", [&] { closed->run(rancog::never); }));
}

// A flag that two schedulers share: the exception of one does not end the other.
void an_exception_ends_its_own_run_only()
{
    rancog::scheduler throws_often, other;
    rancog::stop_flag stop;
    std::atomic<int> turns{0};
    std::atomic<bool> over{false};
    throws_often.register_handler("a", [](const rancog::task &) { throw own_error("again"); });
    other.register_handler("a", [&](const rancog::task &) { turns++; });
    other.schedule_recurring_task(std::chrono::milliseconds(1), 0, kit::custom_a);
    std::thread runs([&] {
        other.run(rancog::never, stop);
        over = true;
    });
    const auto wait_for_turns = [&](int more) {
        for (const int before = turns; turns < before + more && !over;) {
            std::this_thread::yield();
        }
    };
    wait_for_turns(1);
    for (std::size_t i = 0; i < check_scale(5000, 20); i++) {
        throws_often.schedule_task(0, 0, kit::custom_a);
        CHECK(throws_own<own_error>("again", [&] { throws_often.run(rancog::nanotime() + 1000000000u, stop); }));
        CHECK(!stop.stop_requested());
    }
    wait_for_turns(2); // it goes on
    CHECK(!over && !stop.stop_requested());
    stop.request_stop();
    runs.join();
    CHECK(stop.stop_requested());
}

void a_loaders_host_serves_its_cores()
{
    rancog::host host;
    bool armed = false;
    host.progress = [&armed](double, std::string_view) { return armed ? throw own_error("shared") : true; };
    const rancog::loader loader({}, std::move(host));
    std::optional<rancog::temporal> core(loader.load_module("temporal").get_temporal());
    armed = true;
    CHECK(throws_own<own_error>("shared", [&] { core->expand_subjective_time(sample_problem_full); }));
    const rancog::scheduler queue = loader.load_module("scheduler", kit::virtual_time).get_scheduler();
    queue.schedule_task(0, 0, "\"TemporalAnalysis\"", sample_problem_full);
    CHECK(throws_own<own_error>("shared", [&] { queue.execute_ready_tasks(); }));
}

} // namespace

int main()
{
    RUN(an_exception_of_a_handler_reaches_the_caller);
    RUN(a_wide_number_of_a_handler_is_no_success);
    RUN(the_text_of_an_exception_is_the_tasks_error);
    RUN(an_exception_does_not_reach_other_handlers);
    RUN(exceptions_pass_through_nested_calls);
    RUN(exceptions_of_the_hosts_functions_reach_the_caller);
    RUN(progress_cancels_and_tells);
    RUN(callbacks_live_as_long_as_the_handle);
    RUN(handlers_run_on_other_threads_than_they_were_registered_on);
    RUN(a_handler_may_destroy_its_scheduler);
    RUN(an_exception_ends_its_own_run_only);
    RUN(a_loaders_host_serves_its_cores);
    return check_finish();
}
