#include "hand_over.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>

#include "clocks.hpp"
#include "ours.hpp"
#include "prng.h"

namespace {

constexpr size_t batch_tasks = 256;
constexpr uint64_t spread_ns = 1000000;
constexpr uint64_t patience_ns = 60000000000; /* a lost task ends the run here */

/* Every task has a number, 1..all: each must be executed once, which their count and sum show. */
class ledger {
public:
    explicit ledger(size_t tasks_each) : tasks_each_(tasks_each)
    {
    }

    uint64_t all() const
    {
        return producers * tasks_each_;
    }

    uint64_t first_of(size_t producer) const
    {
        return producer * tasks_each_ + 1;
    }

    /* Called by the running thread only; true when this was the last. */
    bool execute(uint64_t number)
    {
        sum_ += number;
        return ++executed_ == all();
    }

    figures told(uint64_t wall) const
    {
        figures result(HANDED_OVER);
        result[WALL_NS] = static_cast<double>(wall);
        result[SCHEDULED] = static_cast<double>(all());
        result[EXECUTED] = static_cast<double>(executed_);
        result[SUM_RIGHT] = sum_ == all() * (all() + 1) / 2;
        result[REFUSED] = static_cast<double>(refused.load());
        return result;
    }

    std::atomic<uint64_t> refused{0}; /* because the queue was full; tried again */

private:
    const size_t tasks_each_;
    uint64_t executed_ = 0;
    uint64_t sum_ = 0;
};

/* A producer: schedules its numbers in groups, each due within a ms of its group's time. */
template <class schedule> void produce(const ledger &book, size_t producer, size_t tasks_each, uint64_t (*now)(), schedule &&schedule_one)
{
    uint64_t random = producer + 1, time = 0;
    for (size_t i = 0; i < tasks_each; i++) {
        if (i % batch_tasks == 0) {
            time = now();
        }
        schedule_one(time + static_cast<uint64_t>(prng_unit(&random) * static_cast<double>(spread_ns)), book.first_of(producer) + i);
    }
}

template <class work> uint64_t with_producers(work &&produce_as, const std::function<void()> &run)
{
    const uint64_t start = wall_ns();
    std::vector<std::thread> threads;
    for (size_t i = 0; i < producers; i++) {
        threads.emplace_back(produce_as, i);
    }
    run();
    const uint64_t end = wall_ns();
    for (std::thread &thread : threads) {
        thread.join();
    }
    return end - start;
}

/* ---- ours ---- */

struct our_run {
    ledger book;
    int32_t stop;
};

/* The number is the payload of a binary task, or the 8 bytes of data of another. */
int32_t execute(uint64_t, uint64_t payload, const uint8_t *data, size_t length, rancog_reply *, void *user_data)
{
    our_run &run = *static_cast<our_run *>(user_data);
    if (length == sizeof payload) {
        std::memcpy(&payload, data, sizeof payload);
    }
    if (run.book.execute(payload)) {
        __atomic_store_n(&run.stop, 1, __ATOMIC_RELAXED);
    }
    return 0;
}

void full(ledger &book, const char *call)
{
    require(rancog_last_status() == RANCOG_E_LIMIT, call);
    book.refused++;
    std::this_thread::yield();
}

void produce_calls(our_scheduler &scheduler, ledger &book, size_t producer, size_t tasks_each)
{
    produce(book, producer, tasks_each, rancog_nanotime, [&](uint64_t due, uint64_t number) {
        while (scheduler.schedule(due, &number, sizeof number) == 0) {
            full(book, "schedule_task");
        }
    });
}

void produce_batches(our_scheduler &scheduler, ledger &book, size_t producer, size_t tasks_each)
{
    std::vector<rancog_task> tasks;
    const auto hand_in = [&] {
        while (!tasks.empty() && rancog_scheduler_schedule_batch(scheduler.get(), tasks.data(), tasks.size(), nullptr) != RANCOG_OK) {
            full(book, "schedule_batch");
        }
        tasks.clear();
    };
    produce(book, producer, tasks_each, rancog_nanotime, [&](uint64_t due, uint64_t number) {
        tasks.push_back(scheduler.task(due, number));
        if (tasks.size() == batch_tasks) {
            hand_in();
        }
    });
    hand_in();
}

figures ours(size_t tasks_each, void (*produce_as)(our_scheduler &, ledger &, size_t, size_t))
{
    our_run run = {ledger(tasks_each), 0};
    our_scheduler scheduler("\"mode\":\"real\"", 1 << 20, execute, &run);
    const uint64_t wall = with_producers(
        [&](size_t producer) { produce_as(scheduler, run.book, producer, tasks_each); },
        [&] { require(rancog_scheduler_run(scheduler.get(), rancog_nanotime() + patience_ns, &run.stop) == RANCOG_OK, "run"); });
    size_t left = 0; /* a task too many would be executed and counted here */
    require(rancog_scheduler_execute_ready_batch(scheduler.get(), SIZE_MAX, nullptr, &left) == RANCOG_OK, "execute_ready_batch");
    return run.book.told(wall);
}

/* ---- the usual way without us: a queue, a mutex, a condition variable ---- */

struct numbered {
    uint64_t due, number;

    bool operator<(const numbered &other) const
    {
        return due > other.due;
    }
};

figures locked_queue(size_t tasks_each)
{
    ledger book(tasks_each);
    std::priority_queue<numbered> queue;
    std::mutex lock;
    std::condition_variable changed;
    const auto produce_as = [&](size_t producer) {
        produce(book, producer, tasks_each, wall_ns, [&](uint64_t due, uint64_t number) {
            std::unique_lock<std::mutex> locked(lock);
            const bool earliest = queue.empty() || due < queue.top().due;
            queue.push({due, number});
            locked.unlock();
            if (earliest) {
                changed.notify_one();
            }
        });
    };
    const uint64_t wall = with_producers(produce_as, [&] {
        std::unique_lock<std::mutex> locked(lock);
        for (const uint64_t end = wall_ns() + patience_ns; wall_ns() < end;) {
            if (queue.empty()) {
                changed.wait_for(locked, std::chrono::milliseconds(1));
            } else if (queue.top().due > wall_ns()) {
                changed.wait_for(locked, std::chrono::nanoseconds(queue.top().due - wall_ns()));
            } else {
                const uint64_t number = queue.top().number;
                queue.pop();
                locked.unlock(); /* as a callback would run */
                if (book.execute(number)) {
                    return;
                }
                locked.lock();
            }
        }
    });
    return book.told(wall);
}

} // namespace

const std::vector<hand_over_way> &hand_over_ways()
{
    static const std::vector<hand_over_way> ways = {
        {"ours-calls", "RanCognition, one by one", true},
        {"ours-batches", "RanCognition, batches of 256", true},
        {"std", "std::priority_queue, mutex", false},
    };
    return ways;
}

figures hand_over(const std::string &way, size_t tasks_each)
{
    if (way == "ours-calls") {
        return ours(tasks_each, produce_calls);
    }
    if (way == "ours-batches") {
        return ours(tasks_each, produce_batches);
    }
    if (way == "std") {
        return locked_queue(tasks_each);
    }
    return {};
}
