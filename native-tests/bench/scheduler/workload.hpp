/* The work that every engine does: N timers at random due times, scheduled, cancelled in random order, run down, and held at N.
 *
 * An engine is a class with
 *     static constexpr bool virtual_time   its time moves when step() says so, and due times are absolute; else due times are delays
 *     static constexpr bool cancels        it can take a timer back
 *     static constexpr bool knows_due      its callback can tell when the timer was due, so that the order can be checked
 *     static uint64_t range_ns(N)          due times are spread over this much
 *     engine(N), uint64_t now(), uint64_t schedule(timer, due), void cancel(what schedule gave), void flush(), void step()
 * flush() ends many calls of schedule or cancel: what they left to be done later is done.
 * step() lets time move on a little, if it is virtual, and runs what is due; each timer's callback calls workload<engine>::executed. */
#ifndef SCHEDULER_WORKLOAD_HPP
#define SCHEDULER_WORKLOAD_HPP

#include <cmath>
#include <numeric>

#include "clocks.hpp"
#include "engine.hpp"
#include "prng.h"
#include "resident.hpp"

/* Spreads over virtual time: one timer falls due in each us while N run down, two while N are held. */
constexpr uint64_t virtual_range_ns(size_t pending)
{
    return pending * 1000;
}

/* Over real time: short, so that the engine is never without work. */
constexpr uint64_t real_range_ns(size_t pending)
{
    return pending * 20;
}

/* How far step() moves virtual time: not too small a share of the range, so that moving costs little beside the tasks. */
constexpr uint64_t virtual_step_ns(size_t pending)
{
    return std::min<uint64_t>(256000, virtual_range_ns(pending) / 16);
}

constexpr uint64_t hold_operations = 500000;

template <class engine> class workload {
public:
    workload(size_t pending, uint64_t seed)
        : pending_(pending), range_(engine::range_ns(pending)), random_(seed), dues_(pending), tickets_(pending), order_(pending)
    {
        std::iota(order_.begin(), order_.end(), 0u);
        for (size_t i = pending - 1; i > 0; i--) {
            std::swap(order_[i], order_[prng_below(&random_, i + 1)]);
        }
        current_ = this;
    }

    /* Each timer comes here when it runs; base is from where the next due time is counted while N are held. */
    __attribute__((noinline)) static void executed(uint32_t timer, uint64_t due, uint64_t base)
    {
        workload &self = *current_;
        self.executions_++;
        self.out_of_order_ += due < self.latest_;
        self.latest_ = std::max(due, self.latest_);
        if (self.holding_) {
            self.engine_->schedule(timer, self.next_due(base));
        }
    }

    /* For engines in real time: when the timer should run by the wall clock, if the order is being checked. */
    static uint64_t promised(uint32_t timer)
    {
        return current_->dues_[timer];
    }

    figures measure()
    {
        const size_t repetitions = std::max<size_t>(1, 100000 / pending_);
        const double clock_cost = static_cast<double>(thread_cpu_cost_ns());
        double schedule = 0, cancel = 0, expire = 0;
        figures result(MEASURED, none);
        if constexpr (!engine::virtual_time) {
            check_order_in_real_time(result);
        }
        engine queue(pending_);
        engine_ = &queue;
        draw_dues();
        fill(); /* warm */
        if constexpr (engine::cancels) {
            cancel_all();
        } else {
            run_down();
        }
        for (size_t i = 0; i < repetitions; i++) {
            draw_dues();
            schedule += timed([this] { fill(); }) - clock_cost;
            if constexpr (engine::cancels) {
                cancel += timed([this] { cancel_all(); }) - clock_cost;
                draw_dues();
                fill();
            }
            expire += run_down() - clock_cost;
        }
        const double operations = static_cast<double>(repetitions) * static_cast<double>(pending_);
        result[SCHEDULE] = schedule / operations;
        result[CANCEL] = engine::cancels ? cancel / operations : none;
        result[EXPIRE] = expire / operations;
        fill_as_held();
        hold(hold_operations / 2); /* warm */
        result[HOLD] = hold(hold_operations);
        if constexpr (engine::virtual_time && engine::knows_due) {
            tell_order(result);
        }
        return result;
    }

    /* Bytes of RAM a pending timer. What the workload itself needs is there before. */
    figures memory()
    {
        const double before = resident_bytes();
        engine queue(pending_);
        engine_ = &queue;
        for (size_t i = 0; i < pending_; i++) {
            queue.schedule(static_cast<uint32_t>(i), next_due(queue.now()));
        }
        queue.flush();
        return {(resident_bytes() - before) / static_cast<double>(pending_)};
    }

    /* Bytes by which the process grows while N are held: in the first million operations, in those that follow. Then ns an operation. */
    figures steady_memory(uint64_t operations)
    {
        engine queue(pending_);
        engine_ = &queue;
        fill_as_held();
        const double before = resident_bytes();
        hold(1000000);
        const double settled = resident_bytes();
        const double spent = hold(operations);
        return {settled - before, resident_bytes() - settled, spent};
    }

private:
    uint64_t next_due(uint64_t base)
    {
        return base + 1 + static_cast<uint64_t>(prng_unit(&random_) * static_cast<double>(range_));
    }

    void draw_dues()
    {
        const uint64_t base = engine_->now();
        for (uint64_t &due : dues_) {
            due = next_due(base);
        }
        latest_ = 0;
    }

    void fill()
    {
        for (size_t i = 0; i < pending_; i++) {
            tickets_[i] = engine_->schedule(static_cast<uint32_t>(i), dues_[i]);
        }
        engine_->flush();
    }

    void cancel_all()
    {
        for (uint32_t timer : order_) {
            engine_->cancel(tickets_[timer]);
        }
        engine_->flush();
    }

    /* CPU time until all have run. */
    double run_down()
    {
        if constexpr (!engine::virtual_time) {
            for (uint64_t end = wall_ns() + range_ + 2000000; wall_ns() < end;) { /* all fall due */
            }
        }
        const uint64_t end = executions_ + pending_;
        return timed([this, end] { run_until(end); });
    }

    /* The delays that are left of N timers which have been held for long: short ones are more frequent, as (1 - x) is for x in 0..1. */
    void fill_as_held()
    {
        const uint64_t base = engine_->now();
        for (uint64_t &due : dues_) {
            due = base + 1 + static_cast<uint64_t>((1 - std::sqrt(prng_unit(&random_))) * static_cast<double>(range_));
        }
        latest_ = 0;
        fill();
    }

    double hold(uint64_t operations)
    {
        const uint64_t start = executions_;
        holding_ = true;
        const double spent = timed([this, start, operations] { run_until(start + operations); });
        holding_ = false;
        return spent / static_cast<double>(executions_ - start);
    }

    void run_until(uint64_t executions)
    {
        while (executions_ < executions) {
            engine_->step();
        }
    }

    /* Timers with known due times, close together. What an engine makes of delays shows here: it cannot be given absolute times. */
    void check_order_in_real_time(figures &result)
    {
        const size_t timers = std::min<size_t>(pending_, 10000);
        engine queue(timers);
        engine_ = &queue;
        for (size_t i = 0; i < timers; i++) {
            const auto delay = static_cast<uint64_t>(prng_unit(&random_) * static_cast<double>(timers * 500));
            dues_[i] = wall_ns() + delay;
            queue.schedule(static_cast<uint32_t>(i), delay);
        }
        run_until(timers);
        tell_order(result);
    }

    void tell_order(figures &result) const
    {
        result[OUT_OF_ORDER] = static_cast<double>(out_of_order_);
        result[ORDER_CHECKED] = static_cast<double>(executions_);
    }

    template <class work> static double timed(work &&run)
    {
        const uint64_t start = thread_cpu_ns();
        run();
        return static_cast<double>(thread_cpu_ns() - start);
    }

    static inline workload *current_ = nullptr;

    const size_t pending_;
    const uint64_t range_;
    uint64_t random_;
    std::vector<uint64_t> dues_;
    std::vector<uint64_t> tickets_;
    std::vector<uint32_t> order_; /* in which timers are cancelled */
    engine *engine_ = nullptr;
    uint64_t executions_ = 0;
    uint64_t out_of_order_ = 0;
    uint64_t latest_ = 0; /* due time of the latest that has run */
    bool holding_ = false;
};

template <class engine> figures measure(size_t pending, uint64_t seed)
{
    return workload<engine>(pending, seed).measure();
}

template <class engine> figures memory(size_t pending, uint64_t seed)
{
    { workload<engine>(1000, seed).memory(); } /* what the first use of a library takes is not the queue's */
    return workload<engine>(pending, seed).memory();
}

template <class engine> figures steady_memory(size_t pending, uint64_t seed, uint64_t operations)
{
    return workload<engine>(pending, seed).steady_memory(operations);
}

template <class engine> engine_entry entry_of(const char *key, const char *title, const char *time, bool ours = false, bool with_data = false)
{
    return {key, title, time, ours, with_data, measure<engine>, memory<engine>, steady_memory<engine>};
}

#endif
