/* The engines side by side at one number of pending timers. */
#ifndef SCHEDULER_COMPARISON_HPP
#define SCHEDULER_COMPARISON_HPP

#include <map>

#include "engine.hpp"

enum class operation { schedule, cancel, expire, hold, schedule_and_run };

class comparison {
public:
    /* Without peers, our scheduler alone, with tasks that have no data. */
    comparison(size_t pending, bool with_peers);

    /* One engine after the other, and that again, so that what the machine does meanwhile touches all of them. A peer that takes longer
     * than the patience in one round is left out of those that follow. */
    void run(size_t rounds, double patience_seconds);

    void print() const;

    /* Median ns; none when it was not measured. */
    double typical(const std::string &engine, operation what) const;

    /* The fastest engine that is not ours; nullptr without peers. */
    const engine_entry *best_peer(operation what) const;

    /* Median over the rounds of the peer's time by ours. */
    double ratio(const std::string &ours, const std::string &peer, operation what) const;

    /* Executions in a million that came after one that was due later; none when not checked. */
    double out_of_order(const std::string &engine) const;

    const size_t pending;

private:
    std::vector<const engine_entry *> engines_;
    std::map<std::string, std::vector<figures>> rounds_;
};

#endif
