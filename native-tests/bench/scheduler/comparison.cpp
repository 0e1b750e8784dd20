#include "comparison.hpp"

#include <cstdio>
#include <set>

#include "clocks.hpp"
#include "table.hpp"
#include "worker.hpp"

namespace {

constexpr uint64_t first_seed = 20240501;

double time_of(const figures &round, operation what)
{
    switch (what) {
    case operation::schedule: return round[SCHEDULE];
    case operation::cancel: return round[CANCEL];
    case operation::expire: return round[EXPIRE];
    case operation::hold: return round[HOLD];
    case operation::schedule_and_run: return round[SCHEDULE] + round[EXPIRE];
    }
    return none;
}

} // namespace

comparison::comparison(size_t pending, bool with_peers) : pending(pending)
{
    for (const engine_entry &entry : engines()) {
        if (with_peers || (entry.ours && !entry.with_data)) {
            engines_.push_back(&entry);
        }
    }
}

void comparison::run(size_t rounds, double patience_seconds)
{
    std::set<const engine_entry *> left_out;
    for (size_t round = 0; round < rounds; round++) {
        for (const engine_entry *entry : engines_) {
            if (left_out.count(entry)) {
                continue;
            }
            const uint64_t start = wall_ns();
            figures answer = ask_worker({"measure", entry->key, std::to_string(pending), std::to_string(first_seed + round)});
            answer.resize(MEASURED, none);
            rounds_[entry->key].push_back(answer);
            if (!entry->ours && static_cast<double>(wall_ns() - start) > patience_seconds * 1e9) {
                left_out.insert(entry);
            }
        }
    }
}

void comparison::print() const
{
    const std::string title = grouped(pending) + " pending";
    std::printf("\n%-36s  schedule    cancel    expire      hold  schedule+run  out of order  rounds  time\n", title.c_str());
    std::printf("%-36s        ns        ns        ns        ns     M tasks/s   per million\n", "");
    for (const engine_entry *entry : engines_) {
        std::printf("  %-34s", entry->title);
        for (operation what : {operation::schedule, operation::cancel, operation::expire, operation::hold}) {
            put(typical(entry->key, what), 9, 1);
        }
        put(1000 / typical(entry->key, operation::schedule_and_run), 13, 2);
        put(out_of_order(entry->key), 13, 0);
        std::printf(" %7zu  %s\n", rounds_.at(entry->key).size(), entry->time);
    }
    std::fflush(stdout);
}

double comparison::typical(const std::string &engine, operation what) const
{
    figures times;
    for (const figures &round : rounds_.at(engine)) {
        times.push_back(time_of(round, what));
    }
    return median(times);
}

const engine_entry *comparison::best_peer(operation what) const
{
    const engine_entry *best = nullptr;
    for (const engine_entry *entry : engines_) {
        const double time = typical(entry->key, what);
        if (!entry->ours && !std::isnan(time) && (!best || time < typical(best->key, what))) {
            best = entry;
        }
    }
    return best;
}

double comparison::ratio(const std::string &ours, const std::string &peer, operation what) const
{
    const std::vector<figures> &our_rounds = rounds_.at(ours), &peer_rounds = rounds_.at(peer);
    figures ratios;
    for (size_t i = 0; i < std::min(our_rounds.size(), peer_rounds.size()); i++) {
        ratios.push_back(time_of(peer_rounds[i], what) / time_of(our_rounds[i], what));
    }
    return median(ratios);
}

double comparison::out_of_order(const std::string &engine) const
{
    double wrong = 0, checked = 0;
    const auto rounds = rounds_.find(engine);
    if (rounds == rounds_.end()) {
        return none;
    }
    for (const figures &round : rounds->second) {
        if (!std::isnan(round[ORDER_CHECKED])) {
            wrong += round[OUT_OF_ORDER];
            checked += round[ORDER_CHECKED];
        }
    }
    return checked > 0 ? wrong / checked * 1e6 : none;
}
