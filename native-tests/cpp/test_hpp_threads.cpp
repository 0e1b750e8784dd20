// Eight threads on one object; closing and destroying while calls are under way.
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "kit.hpp"

namespace {

constexpr std::size_t thread_count = 8;

template <class Function>
void on_threads(Function function)
{
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < thread_count; i++) {
        threads.emplace_back(function, i);
    }
    for (auto &thread : threads) {
        thread.join();
    }
}

void eight_threads_share_a_core()
{
    const rancog::temporal core;
    const std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const rancog::forecast_result expected = core.forecast(values, 0, 4);
    on_threads([&](std::size_t) {
        for (std::size_t i = 0; i < check_scale(300, 5); i++) {
            CHECK(core.forecast(values, 0, 4).mean == expected.mean);
            CHECK(kit::throws(RANCOG_E_INVALID_ARGUMENT, "coverage", [&] { core.forecast(values, 0, 4, 2.0); }));
        }
    });
}

void a_core_is_closed_while_eight_threads_use_it()
{
    for (std::size_t round = 0; round < check_scale(50, 3); round++) {
        rancog::host host;
        host.progress = [token = std::make_shared<int>(1)](double, std::string_view) { return *token == 1; };
        rancog::nothrow::temporal core = rancog::nothrow::temporal::create(20, 4, std::move(host)).value();
        std::atomic<std::size_t> begun{0};
        std::thread closes([&] {
            while (begun < thread_count) {
                std::this_thread::yield();
            }
            CHECK(core.close().has_value());
        });
        on_threads([&](std::size_t) {
            begun++;
            for (;;) {
                const auto answer = core.forecast({1, 2, 3, 4}, 0, 2);
                if (!answer) {
                    CHECK(answer.error().status() == RANCOG_E_INVALID_HANDLE);
                    return;
                }
            }
        });
        closes.join();
    }
}

// Tasks are scheduled and executed by all; handlers are replaced meanwhile; exceptions come out where the task ran.
void eight_threads_schedule_execute_and_register()
{
    rancog::scheduler queue(kit::virtual_time);
    std::atomic<std::size_t> ran{0}, thrown{0}, scheduled{0};
    const auto handler = [&](const rancog::task &task) {
        ran++;
        if (task.payload() % 16 == 0) {
            throw std::runtime_error("every sixteenth");
        }
    };
    const std::uint32_t number = queue.register_handler("a", handler);
    on_threads([&](std::size_t) {
        for (std::size_t i = 0; i < check_scale(500, 20); i++) {
            std::vector<rancog_task> tasks{rancog::batch_task(number, 0, i), rancog::batch_task(number, 0, i + 1)};
            queue.schedule_batch(tasks);
            scheduled += tasks.size();
            try {
                queue.execute_ready_batch();
            } catch (const std::runtime_error &error) {
                CHECK(kit::has(error.what(), "every sixteenth"));
                thrown++;
            }
            if (i % 8 == 0) {
                CHECK(queue.register_handler("a", handler) == number);
            }
        }
    });
    try {
        queue.execute_ready_batch();
    } catch (const std::runtime_error &) {
        thrown++;
    }
    CHECK(ran == scheduled && thrown > 0);
}

void a_scheduler_is_destroyed_while_another_thread_runs_it()
{
    for (std::size_t round = 0; round < check_scale(50, 3); round++) {
        auto token = std::make_shared<std::atomic<int>>(0);
        {
            auto queue = std::make_unique<rancog::scheduler>();
            queue->register_handler("a", [token](const rancog::task &) { ++*token; });
            queue->schedule_recurring_task(std::chrono::microseconds(50), 0, kit::custom_a);
            std::thread runs([&self = *queue] { CHECK(kit::throws(RANCOG_E_INVALID_HANDLE, "", [&] { self.run(rancog::never); })); });
            while (*token == 0) {
                std::this_thread::yield();
            }
            queue.reset();
            runs.join();
        }
        CHECK(token.use_count() == 1);
    }
}

void loaders_are_closed_while_eight_threads_use_their_cores()
{
    for (std::size_t round = 0; round < check_scale(20, 2); round++) {
        rancog::nothrow::loader loader = rancog::nothrow::loader::create().value();
        std::atomic<std::size_t> begun{0};
        std::thread closes([&] {
            while (begun < thread_count) {
                std::this_thread::yield();
            }
            CHECK(loader.close().has_value());
        });
        on_threads([&](std::size_t) {
            begun++;
            for (;;) {
                auto module = loader.load_module("scheduler", kit::virtual_time);
                if (!module) {
                    CHECK(module.error().status() == RANCOG_E_INVALID_HANDLE);
                    return;
                }
                if (auto queue = module->get_scheduler()) {
                    static_cast<void>(queue->register_handler("a", [](const rancog::nothrow::task &) {}));
                    static_cast<void>(queue->schedule_task(0, 0, kit::custom_a));
                    static_cast<void>(queue->execute_ready_batch());
                }
            }
        });
        closes.join();
    }
}

} // namespace

int main()
{
    RUN(eight_threads_share_a_core);
    RUN(a_core_is_closed_while_eight_threads_use_it);
    RUN(eight_threads_schedule_execute_and_register);
    RUN(a_scheduler_is_destroyed_while_another_thread_runs_it);
    RUN(loaders_are_closed_while_eight_threads_use_their_cores);
    return check_finish();
}
